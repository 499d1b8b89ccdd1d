"""What terms, rules and patterns have on record."""

from datetime import UTC, datetime
from typing import Any

import pytest

from comments.models import Comment
from moderation.models import Action, EditorPattern, Flag, Term
from moderation.records import Record, pattern_records, rule_records, term_records
from moderation.services import decide, undo
from tests.factories import CommentFactory, ModeratorFactory

pytestmark = pytest.mark.django_db


def flag(term: str, rule: str = "lexicon", **fields: Any) -> Comment:
    comment = CommentFactory(text="Un avis mesuré.")
    Flag.objects.create(
        revision=comment.revision, rule=rule, rule_version=1, category="insult",
        severity="low", start=3, end=7, text="avis", term=term,
        explanation={"fr": "pour voir"}, **fields,
    )  # fmt: skip
    return comment


def take(comment: Comment, action: Action) -> Any:
    comment.refresh_from_db()
    last = comment.decisions.first()
    return decide(
        comment,
        action=action,
        by=ModeratorFactory(),
        after=last.pk if last else None,
        revision=comment.revision_id,
        reason="injure" if action == Action.HIDE else "",
    )


def test_record_counts_what_moderators_decided(
    django_assert_num_queries: Any,
) -> None:
    term = Term.objects.create(text="zut", kind="insult")
    other = Term.objects.create(text="zut", kind="epithet")
    guard = Term.objects.create(text="zut alors", kind="guard")
    when = datetime(2026, 5, 1, tzinfo=UTC)
    hidden = flag("zut", created_at=when)
    kept = flag("zut", created_at=when)
    held = flag("zut", created_at=when)
    flag("zut", created_at=datetime(2026, 5, 2, tzinfo=UTC))  # nobody has decided
    take(hidden, Action.HIDE)
    take(kept, Action.PUBLISH)
    take(held, Action.HOLD)
    with django_assert_num_queries(1):
        records = term_records([term, other, guard])
    assert records[term.pk] == Record(4, 2, 1, datetime(2026, 5, 2, tzinfo=UTC))
    assert records[term.pk].share == 0.5
    assert records[other.pk] == records[guard.pk] == Record()
    assert Record().share is None


def test_undone_and_later_decisions_settle_the_record() -> None:
    term = Term.objects.create(text="zut", kind="insult")

    def record() -> tuple[int, int]:
        found = term_records([term])[term.pk]
        return found.decided, found.upheld

    comment = flag("zut")
    hiding = take(comment, Action.HIDE)
    assert record() == (1, 1)
    undo(hiding, by=ModeratorFactory())
    assert record() == (0, 0)
    take(comment, Action.HIDE)
    take(comment, Action.PUBLISH)
    assert record() == (1, 0)


def test_records_of_rules_and_patterns(django_assert_num_queries: Any) -> None:
    pattern = EditorPattern.objects.create(
        name="zut", regex="zut+", explanation_fr="Juron."
    )
    take(flag("zut", rule="pattern"), Action.HIDE)
    flag("zut")
    with django_assert_num_queries(1):
        records = rule_records()
    assert (records["lexicon"].raised, records["lexicon"].decided) == (1, 0)
    assert (records["pattern"].raised, records["pattern"].share) == (1, 1.0)
    with django_assert_num_queries(1):
        assert pattern_records([pattern])[pattern.pk] == records["pattern"]
