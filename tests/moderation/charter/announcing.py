"""An important change of the charter, as an editor publishes it."""

from moderation.charter.models import CharterClause, CharterVersion
from moderation.charter.publishing import publish_charter
from tests.moderation.charter.setting import published_charter


def retitled(title: str = "Parler de l’article", *, code: str = "sujet") -> None:
    """What editors keep now, in both languages."""
    clauses = CharterClause.objects.filter(code=code)
    clauses.update(title_fr=title, title_en=f"{title} (en)")


def announced(title: str = "Parler de l’article") -> CharterVersion:
    """The next version, an important one; the first is published before if need be."""
    if not CharterVersion.objects.exists():
        published_charter()
    retitled(title)
    version = publish_charter(by=None, important=True)
    assert version is not None
    return version
