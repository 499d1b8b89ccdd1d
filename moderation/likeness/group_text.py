"""What the desk says of a group of comments."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.dates import printed_time
from comments.models import Commenter
from moderation.figures import figure
from moderation.likeness.groups import Alike, Burst, author_and_start, is_of_texts


def alike_text(group: Alike) -> str:
    """« 12 commentaires presque identiques en attente »."""
    return ngettext(
        "%(n)s commentaire presque identique en attente",
        "%(n)s commentaires presque identiques en attente",
        group.count,
    ) % {"n": figure(group.count)}


def burst_text(group: Burst) -> str:
    """« 5 commentaires du même auteur en 6 minutes »."""
    minutes = int(group.lasted.total_seconds()) // 60
    if not minutes:
        lasted = _("moins d’une minute")
    else:
        lasted = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    said = ngettext(
        "%(n)s commentaire du même auteur en %(lasted)s",
        "%(n)s commentaires du même auteur en %(lasted)s",
        group.count,
    )
    return said % {"n": figure(group.count), "lasted": lasted}


def group_in_words(key: str) -> str:
    """What the group ``key`` holds, among the filters in use."""
    if is_of_texts(key):
        return _("textes presque identiques")
    author, since = author_and_start(key)
    named = Commenter.objects.filter(pk=author).values_list("name", flat=True)
    return _("auteur : %(name)s, en dix minutes à partir de %(time)s") % {
        "name": named.first() or author,
        "time": printed_time(since),
    }
