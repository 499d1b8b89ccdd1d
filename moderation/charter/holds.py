"""Which matches of the engine make a comment wait, and what is remembered of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from comments.models import Comment
from moderation.charter.addresses import clause_address
from moderation.charter.applied import Applied
from moderation.charter.catalog import LANGUAGES, holding_rules, shipped_rules
from moderation.charter.in_force import InForce, charter_in_force
from moderation.charter.models import PostedUnder
from moderation.engine import Screening
from moderation.policy import asks_to_wait
from moderation.rule_models import in_this_language
from moderation.rules.match import Category, Match


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause that made a comment be looked at, as moderators read it."""

    title: str
    address: str


def cited_clauses(comment: Comment) -> list[CitedClause]:
    """Those of ``comment``, whose `posted_under` is loaded, once each."""
    posted = getattr(comment, "posted_under", None)
    return [
        CitedClause(in_this_language(clause), clause_address(code))
        for code, clause in {
            each["clause"]: each for each in (posted.clauses if posted else ())
        }.items()
    ]


def counted(screening: Screening, passed: Collection[Category]) -> list[Match]:
    """The matches that may make a comment wait where ``passed`` do not."""
    return [m for m in screening.matches if m.category not in passed]


def note_charter(
    comment: Comment, applied: Applied, screening: Screening | None
) -> PostedUnder:
    """Remember under which charter ``comment`` was posted, and what it was held to.

    Two queries.
    """
    charter = charter_in_force()
    return PostedUnder.objects.create(
        comment=comment,
        version_id=charter.number,
        clauses=_clauses(applied, screening, charter),
    )


def note_again(comment: Comment, applied: Applied, screening: Screening | None) -> None:
    """After another screening: the clauses alone, the version stays."""
    clauses = _clauses(applied, screening, charter_in_force())
    PostedUnder.objects.filter(comment=comment).update(clauses=clauses)


def _clauses(
    applied: Applied, screening: Screening | None, charter: InForce
) -> list[dict[str, Any]]:
    """What a moderator is shown: the rules whose matches make a comment be looked at."""
    found = counted(screening, applied.passed) if screening else []
    rules = _rules_of(m for m in found if asks_to_wait(m.category, m.severity))
    return [
        {
            "rule": rule,
            "clause": clause,
            **{lang: charter.titles[clause][lang] for lang in LANGUAGES},
        }
        for rule in rules
        for clause in (shipped_rules()[rule].clause,)
    ]


def _rules_of(matches: Iterable[Match]) -> list[str]:
    raised = {holding_rules().get(match.category) for match in matches}
    return [rule for rule in shipped_rules() if rule in raised]
