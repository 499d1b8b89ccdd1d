"""The version of the charter that holds now, or held at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from moderation.charter.catalog import Texts, shipped_clauses
from moderation.charter.models import CharterVersion
from moderation.rule_models import in_this_language


@dataclass(frozen=True, slots=True)
class InForce:
    """Its number, null before the first was published, and {clause: its titles}."""

    number: int | None
    titles: Mapping[str, Texts]

    def title(self, code: str) -> str:
        """The title of a clause in the active language."""
        return in_this_language(self.titles[code])


def charter_in_force() -> InForce:
    """What statements and refusals cite. One query; before `prepare`, as shipped."""
    shipped = {code: clause.title for code, clause in shipped_clauses().items()}
    latest = CharterVersion.objects.values_list("number", "titles").first()
    if latest is None:
        return InForce(None, shipped)
    number, titles = latest
    return InForce(number, shipped | titles)


def number_at(moment: datetime) -> int | None:
    """The number of the version in force at ``moment``; none before the first."""
    published = CharterVersion.objects.filter(published_at__lte=moment)
    return published.values_list("number", flat=True).first()


def number_when(made: str) -> Subquery:
    """`number_at` the moment that the column ``made`` of each row holds, as SQL."""
    published = CharterVersion.objects.filter(published_at__lte=OuterRef(made))
    return Subquery(published.values("number")[:1])
