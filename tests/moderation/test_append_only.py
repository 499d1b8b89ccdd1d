"""The database itself refuses to change or delete a decision (TRUST L-19)."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from moderation.models import Action, Decision
from moderation.services import decide
from tests.factories import CommentFactory, ModeratorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision():
    comment = CommentFactory()
    return decide(
        comment,
        action=Action.PUBLISH,
        by=ModeratorFactory(),
        after=None,
        revision=comment.revision_id,
    )


@pytest.mark.parametrize(
    "tamper",
    [
        lambda d: Decision.objects.filter(pk=d.pk).update(note="réécrit"),
        lambda d: Decision.objects.filter(pk=d.pk).delete(),
        lambda d: Decision.objects.filter(pk=d.pk)._raw_delete("default"),
        lambda d: Decision(pk=d.pk, comment=d.comment, revision=d.revision).save(),
    ],
)
def test_orm_cannot_rewrite_history(decision, tamper):
    with pytest.raises(DatabaseError), transaction.atomic():
        tamper(decision)
    decision.refresh_from_db()
    assert (decision.action, decision.note) == (Action.PUBLISH, "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation_decision SET note = 'réécrit' WHERE id = %s",
        "DELETE FROM moderation_decision WHERE id = %s",
    ],
)
def test_sql_cannot_rewrite_history(decision, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [decision.pk])
    decision.refresh_from_db()
    assert (decision.action, decision.note) == (Action.PUBLISH, "")


def test_correction_is_a_new_row(decision):
    decide(
        decision.comment,
        action=Action.HIDE,
        by=ModeratorFactory(),
        after=decision.pk,
        revision=decision.revision_id,
        reason="injure",
    )
    assert Decision.objects.filter(comment=decision.comment).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("there", [["0006_api_clients"], []], ids=["back", "forth"])
def test_batches_leave_history_append_only_in_both_directions(there):
    """SQLite rebuilds tables, and a rebuilt table has lost its triggers."""
    before = CommentFactory()
    fields = "comment_id, revision_id, action, reason, note, status_before,"
    values = "%s, %s, 'publish', '', '', 'pending', 'published', %s"
    try:
        for name in ["0006_api_clients", *there]:
            migrate(name)
        if not there:
            migrate("0009_decision_batches")
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO moderation_decision ({fields} status_after, created_at)"  # noqa: S608
                f" VALUES ({values})",
                [before.pk, before.revision_id, before.received_at],
            )
        for statement in (
            "UPDATE moderation_decision SET note = 'réécrit'",
            "DELETE FROM moderation_decision",
        ):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
    finally:
        call_command("migrate", "--verbosity", "0")
    assert Decision.objects.count() == 1


def migrate(name):
    call_command("migrate", "moderation", name, "--verbosity", "0")
