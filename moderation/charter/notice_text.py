"""What editors read of an announcement: whom it goes to, and how far it is."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation.charter.notices import Audience, Progress


def audience_text(audience: Audience) -> str:
    """Whom an important version would be announced to."""
    accounts = ngettext(
        "%(n)s compte actif serait averti en haut des commentaires",
        "%(n)s comptes actifs seraient avertis en haut des commentaires",
        audience.accounts,
    ) % {"n": intcomma(audience.accounts)}
    mailed = ngettext(
        "%(n)s le serait aussi par courriel",
        "%(n)s le seraient aussi par courriel",
        audience.mailed,
    ) % {"n": intcomma(audience.mailed)}
    return _("%(accounts)s ; %(mailed)s.") % {"accounts": accounts, "mailed": mailed}


def published_text(version: str, told: int | None) -> str:
    """That ``version`` is published; ``told`` accounts are, none if it is no news."""
    if told is None:
        return _("%(version)s publiée, sans annonce aux lecteurs.") % {
            "version": version
        }
    return ngettext(
        "%(version)s publiée. %(n)s lecteur est averti.",
        "%(version)s publiée. %(n)s lecteurs sont avertis.",
        told,
    ) % {"version": version, "n": intcomma(told)}


def progress_text(progress: Progress) -> str:
    """How many were told, by mail and on the page."""
    return _(
        "comptes : %(accounts)s ; courriels partis : %(sent)s, à envoyer : %(left)s, "
        "sans adresse qui réponde : %(page_only)s ; charte lue ou annonce fermée : "
        "%(seen)s"
    ) % {
        "accounts": intcomma(progress.accounts),
        "sent": intcomma(progress.sent),
        "left": intcomma(progress.left),
        "page_only": intcomma(progress.page_only),
        "seen": intcomma(progress.seen),
    }
