"""The database keeps statements of reasons whole, and as they were written."""

import pytest
from django.db import DatabaseError, connection, transaction

from comments.models import Comment
from moderation.models import Action, Decision, StatementOfReasons
from moderation.services import decide, submit_comment
from moderation.statements import standing_statement
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

pytestmark = pytest.mark.django_db

RUDE = "Quel connard, ce ministre. Quel abruti. Quel connard."


def submit(text=RUDE, policy="flagged_first"):
    return submit_comment(
        article=ArticleFactory(comment_policy=policy),
        author=ReaderFactory().commenter,
        text=text,
    )


def take(comment, action=Action.HIDE, **kwargs):
    """A moderator's decision on the comment as it stands now."""
    comment.refresh_from_db()
    last = comment.decisions.first()
    if action == Action.HIDE:
        kwargs.setdefault("reason", "injure")
    return decide(
        comment,
        action=action,
        by=kwargs.pop("by", None) or ModeratorFactory(),
        after=last.pk if last else None,
        revision=comment.revision_id,
        **kwargs,
    )


def all_of(comment):
    return list(StatementOfReasons.objects.filter(comment=comment).order_by("pk"))


@pytest.fixture
def statement():
    comment = submit()
    take(comment)
    return standing_statement(comment)


EVERY = [
    field.attname
    for field in StatementOfReasons._meta.concrete_fields
    if field.name != "lifted_by"
]


class TestKept:
    @pytest.mark.parametrize("column", EVERY)
    def test_no_column_can_be_changed(self, statement, column):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                f"UPDATE moderation_statementofreasons SET {column} = {OTHER(column)}, "  # noqa: S608
                "lifted_by_id = decision_id WHERE id = %s",
                [statement.pk],
            )
        kept = StatementOfReasons.objects.get(pk=statement.pk)
        assert getattr(kept, column) == getattr(statement, column)
        assert kept.lifted_by is None

    def test_it_cannot_be_deleted(self, statement):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            StatementOfReasons.objects.filter(pk=statement.pk)._raw_delete("default")
        assert StatementOfReasons.objects.filter(pk=statement.pk).exists()

    def test_what_lifted_it_is_noted_once(self, statement):
        lifting = take(statement.comment, Action.PUBLISH)
        for value in (statement.decision_id, None):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
            ):
                StatementOfReasons.objects.filter(pk=statement.pk).update(
                    lifted_by=value
                )
        statement.refresh_from_db()
        assert statement.lifted_by == lifting


def OTHER(column: str) -> str:  # noqa: N802
    """SQL for a value that ``column`` does not have."""
    field = next(
        f for f in StatementOfReasons._meta.concrete_fields if f.attname == column
    )
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return f"NOT {column}"
    if kind == "JSONField":
        return "'[]'"
    if kind == "DateField":
        return "'2030-01-01'"
    if kind == "DateTimeField":
        return "'2030-01-01 00:00:00'"
    if kind in ("BigAutoField", "ForeignKey", "OneToOneField"):
        return f"{column} + 1000"
    return "'x'"


@pytest.mark.parametrize(
    "column",
    [
        field.name
        for field in StatementOfReasons._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField")
        and field.name not in ("law_fr", "law_en", "keyword_text")
    ],
)
def test_no_part_may_be_empty(column):
    """Nor may an incomplete statement let its decision pass: they stand or fall together."""
    comment = submit()
    take(comment)
    statement = standing_statement(comment)
    other = submit()
    decision = take(other, Action.PUBLISH)
    statement.pk, statement.comment, statement.decision = None, other, decision
    statement.puid = "une-autre"
    setattr(statement, column, "")
    with pytest.raises(DatabaseError), transaction.atomic():
        statement.save(force_insert=True)
    assert all_of(other) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"ground": "DECISION_GROUND_ILLEGAL_CONTENT"},
        {"law_fr": "une loi", "law_en": "a law"},
        {"keyword": "KEYWORD_OTHER", "keyword_text": ""},
    ],
)
def test_ground_and_keyword_are_whole(fields):
    comment = submit()
    take(comment)
    statement = standing_statement(comment)
    other = submit()
    statement.pk, statement.comment = None, other
    statement.decision, statement.puid = take(other, Action.PUBLISH), "une-autre"
    for name, value in fields.items():
        setattr(statement, name, value)
    with pytest.raises(DatabaseError), transaction.atomic():
        statement.save(force_insert=True)


def test_one_stands_at_a_time():
    comment = submit()
    take(comment)
    statement = standing_statement(comment)
    statement.pk, statement.puid = None, "une-autre"
    statement.decision = comment.decisions.last()
    with pytest.raises(DatabaseError), transaction.atomic():
        statement.save(force_insert=True)


def test_decision_without_its_statement_is_no_decision(monkeypatch):
    comment = submit()
    before = Decision.objects.count()
    monkeypatch.setattr("moderation.statements.redress_text", lambda statement: "")
    with pytest.raises(DatabaseError), transaction.atomic():
        take(comment)
    comment.refresh_from_db()
    assert comment.status == Comment.Status.PENDING
    assert Decision.objects.count() == before
