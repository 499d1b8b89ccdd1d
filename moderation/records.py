"""What each term, rule and pattern has done so far: flags raised, and what became of them.

A flag is decided once a moderator has published or hidden the revision it judged, and
upheld if it was hidden. Only the latest decision that stands counts: neither one that
was undone nor the undoing itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from moderation.models import Action, Decision, EditorPattern, Flag, Term
from moderation.rules.lexicon import Kind

PATTERN_RULE = "pattern"
RULE_OF_KIND: Mapping[str, str] = {
    **dict.fromkeys((Kind.INSULT, Kind.LABEL, Kind.FIGURE, Kind.VERB), "lexicon"),
    **dict.fromkeys((Kind.EPITHET, Kind.NAME, Kind.NOUN, Kind.PUPPET), "epithet"),
    **dict.fromkeys((Kind.THREAT, Kind.VIOLENCE), "threat"),
}
"""{kind of term: the rule that flags it}; terms of other kinds only help or prevent."""


@dataclass(frozen=True, slots=True)
class Record:
    """Flags raised, those decided by a moderator and those upheld; the last one's time.

    ``last_used`` is UTC, None if no flag was ever raised.
    """

    raised: int = 0
    decided: int = 0
    upheld: int = 0
    last_used: datetime | None = None

    @property
    def share(self) -> float | None:
        """The share upheld, 0 to 1; None while no flag is decided."""
        return self.upheld / self.decided if self.decided else None


def term_records(terms: Iterable[Term]) -> dict[int, Record]:
    """{key of the term: its record}, for all of ``terms``. One query.

    A flag knows its term by its text: terms that share text and rule share a record.
    """
    terms = list(terms)
    texts = {term.text for term in terms if term.kind in RULE_OF_KIND}
    flags = Flag.objects.filter(term__in=texts, rule__in=set(RULE_OF_KIND.values()))
    counted = _counted(flags, "term", "rule")
    return {
        term.pk: counted.get((term.text, RULE_OF_KIND.get(term.kind, "")), Record())
        for term in terms
    }


def with_flag_total(terms: QuerySet[Term]) -> QuerySet[Term]:
    """``terms`` with ``flag_total``, the flags each raised, to sort and filter by."""
    kinds: dict[str, list[str]] = {}
    for kind, rule in RULE_OF_KIND.items():
        kinds.setdefault(rule, []).append(kind)
    flagging = Case(
        *(When(kind__in=found, then=Value(rule)) for rule, found in kinds.items()),
        default=Value(""),
        output_field=CharField(),
    )
    counted = (
        Flag.objects.filter(term=OuterRef("text"), rule=OuterRef("flagging_rule"))
        .order_by()
        .values("term")
        .annotate(total=Count("pk"))
        .values("total")
    )
    return terms.annotate(flagging_rule=flagging).annotate(
        flag_total=Coalesce(Subquery(counted), 0)
    )


def pattern_records(patterns: Iterable[EditorPattern]) -> dict[int, Record]:
    """{key of the pattern: its record}, for all of ``patterns``. One query."""
    patterns = list(patterns)
    names = {pattern.name for pattern in patterns}
    flags = Flag.objects.filter(rule=PATTERN_RULE, term__in=names)
    counted = _counted(flags, "term")
    return {p.pk: counted.get((p.name,), Record()) for p in patterns}


def rule_records() -> dict[str, Record]:
    """{name of the rule: its record}, for every rule that ever raised a flag. One query."""
    counted = _counted(Flag.objects.all(), "rule")
    return {rule: record for (rule,), record in counted.items()}


def _counted(flags: QuerySet[Flag], *by: str) -> dict[tuple[str, ...], Record]:
    """{values of the fields ``by``: record of the flags that have them}."""
    rows = (
        flags.order_by()
        .values_list(*by)
        .annotate(
            raised=Count("pk"),
            decided=Count(
                "pk",
                filter=Q(revision__in=decided_texts(Action.PUBLISH, Action.HIDE)),
            ),
            upheld=Count("pk", filter=Q(revision__in=decided_texts(Action.HIDE))),
            last_used=Max("created_at"),
        )
    )
    return {row[: len(by)]: Record(*row[len(by) :]) for row in rows}


def decided_texts(*actions: Action, **among: Any) -> QuerySet:
    """The revisions whose latest standing decision by a moderator is one of ``actions``.

    Of the decisions ``among`` those. Read once for all flags: a look at each flag's own
    decisions would be far slower.
    """
    latest = (
        Decision.objects.filter(
            moderator__isnull=False, undoes=None, undone_by=None, **among
        )
        .order_by()
        .values("revision")
        .annotate(last=Max("pk"))
        .values("last")
    )
    return (
        Decision.objects.filter(pk__in=latest, action__in=actions)
        .order_by()
        .values("revision")
    )
