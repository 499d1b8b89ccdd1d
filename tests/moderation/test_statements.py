"""Every restriction has one statement of reasons, kept as it was (TRUST L-09, L-21)."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from comments.models import Comment
from comments.services import PrintedComment, set_status
from moderation.models import Action, Decision, Flag, StatementOfReasons
from moderation.reason_details import message_of, reason_details
from moderation.reasons import ReasonCode
from moderation.services import (
    decide,
    import_comment,
    reimport_comment,
    submit_comment,
    undo,
)
from moderation.statements import redress_text, standing_statement, write_statements
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db

POLITE = "Je ne partage pas cette analyse, mais elle est bien écrite."
RUDE = "Quel connard, ce ministre. Quel abruti. Quel connard."
Automation = StatementOfReasons.Automation


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


def test_hiding_states_all_its_reasons():
    comment = submit()
    assert all_of(comment) == []
    decision = take(comment)
    (statement,) = all_of(comment)
    assert statement == standing_statement(comment) == decision.statement
    assert statement.measure == "DECISION_VISIBILITY_CONTENT_DISABLED"
    assert (statement.scope, statement.ends_on) == ("EVERYWHERE", None)
    assert statement.source == "SOURCE_VOLUNTARY"
    assert statement.ground == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert statement.also_illegal
    assert (statement.reason, statement.clause) == ("injure", "personnes")
    assert statement.message_fr == message_of("injure", "fr")
    assert statement.message_en == message_of("injure", "en")
    assert not statement.reworded
    assert statement.words == ["connard", "abruti"]
    assert "3 passages" in statement.facts_fr
    assert "3 passages" in statement.facts_en
    assert statement.puid in statement.redress_fr
    assert statement.puid in statement.redress_en
    assert statement.created_at == decision.created_at


@pytest.mark.parametrize("code", ReasonCode.values)
def test_each_reason_gives_a_complete_statement(code):
    comment = submit(POLITE)
    take(comment, reason=code, note="Une note entre nous, assez longue.")
    (statement,) = all_of(comment)
    details = reason_details()[code]
    legal = details.ground == "I"
    assert (statement.category, statement.keyword) == (
        details.category,
        details.keyword,
    )
    assert (statement.ground == "DECISION_GROUND_ILLEGAL_CONTENT") == legal
    assert (bool(statement.law_fr), bool(statement.law_en)) == (legal, legal)
    assert statement.also_illegal == (details.ground == "T/I")
    assert "(" not in statement.reason_name


@pytest.mark.parametrize(
    ("action", "text"), [(Action.PUBLISH, RUDE), (Action.HOLD, POLITE)]
)
def test_nothing_is_stated_where_nothing_is_hidden(action, text):
    comment = submit(text)
    take(comment, action)
    assert all_of(comment) == []


def test_restoring_lifts_it():
    comment = submit()
    take(comment)
    restoring = take(comment, Action.PUBLISH)
    (statement,) = all_of(comment)
    assert statement.lifted_by == restoring
    assert standing_statement(comment) is None


def test_undoing_lifts_it_and_undoing_what_restored_states_it_again():
    comment = submit()
    moderator = ModeratorFactory()
    take(comment, message="Un mot de trop, relisez-vous.")
    hidden_again = undo(take(comment, Action.PUBLISH), by=moderator)
    first, second = all_of(comment)
    assert first.lifted_by == hidden_again.undoes
    assert (second.decision, second.lifted_by) == (hidden_again, None)
    assert second.message_fr == "Un mot de trop, relisez-vous."
    assert second.automated_decision == first.automated_decision
    assert second.puid != first.puid
    assert second.puid in second.redress_fr
    other = submit()
    undone = undo(take(other), by=moderator)
    (statement,) = all_of(other)
    assert statement.lifted_by == undone


def test_another_reason_replaces_it_and_undoing_that_brings_the_first_back():
    comment = submit()
    take(comment, reason="injure")
    second = take(comment, reason="haine")
    assert [s.reason for s in all_of(comment) if s.lifted_by is None] == ["haine"]
    undone = undo(second, by=ModeratorFactory())
    assert undone.reason == "injure"
    assert standing_statement(comment).reason == "injure"
    assert [s.lifted_by_id for s in all_of(comment)] == [second.pk, undone.pk, None]


def test_comment_hidden_by_no_decision_is_stated_when_hidden_again():
    comment = CommentFactory(hidden=True)
    undo(take(comment, Action.PUBLISH), by=ModeratorFactory())
    (statement,) = all_of(comment)
    assert statement.reason == ReasonCode.AUTRE


def test_page_read_again_lifts_it():
    printed = PrintedComment(
        author=CommenterFactory(),
        text=RUDE,
        created_at=None,
        printed_time="25 h 10",
        source="page",
        external_id="1",
        sorted_at=ArticleFactory().published_at,
        tie=1,
    )
    comment = import_comment(ArticleFactory(), printed)
    take(comment)
    assert standing_statement(comment)
    reimport_comment(comment, POLITE)
    (statement,) = all_of(comment)
    assert statement.lifted_by == comment.decisions.first()
    assert statement.lifted_by.moderator is None


def test_comments_hidden_before_get_theirs_once_and_no_mail(
    django_capture_on_commit_callbacks,
):
    moderator = ModeratorFactory()
    stated, earlier, shown = submit(), submit(), submit(POLITE)
    by_hand = CommentFactory(hidden=True)
    take(stated)
    for comment in (earlier, shown):
        Decision.objects.create(
            comment=comment,
            revision=comment.revision,
            action=Action.HIDE,
            moderator=moderator,
            reason="injure",
            status_before="pending",
            status_after="hidden",
        )
    set_status(earlier, Comment.Status.HIDDEN)
    for said in ("1 exposé", "0 exposé"):
        out = StringIO()
        with django_capture_on_commit_callbacks() as callbacks:
            call_command("state_reasons", stdout=out)
        assert out.getvalue().startswith(said)
        assert callbacks == []
    (statement,) = all_of(earlier)
    assert statement.decision == earlier.decisions.first()
    assert statement.message_fr == message_of("injure", "fr")
    assert len(all_of(stated)) == 1
    assert all_of(shown) == all_of(by_hand) == []


class TestMessage:
    def test_a_moderators_own_words(self):
        comment = submit()
        take(comment, message="  « Abruti » est de trop :\r\nretirez-le. ")
        (statement,) = all_of(comment)
        assert statement.reworded
        assert statement.message_fr == "« Abruti » est de trop :\r\nretirez-le."
        assert statement.message_en == statement.message_fr

    def test_what_the_form_was_filled_with_yields_to_the_reason_chosen(self):
        comment = submit()
        take(comment, reason="cri", message=message_of("injure", "en"))
        (statement,) = all_of(comment)
        assert not statement.reworded
        assert statement.message_fr == message_of("cri", "fr")

    def test_note_stays_between_moderators(self):
        comment = submit()
        moderator = ModeratorFactory(first_name="Zénobie", last_name="Quentin")
        take(comment, by=moderator, note="Signalé par Hortense, h@example.org")
        (statement,) = all_of(comment)
        values = str(StatementOfReasons.objects.filter(pk=statement.pk).values().get())
        for secret in ("Hortense", "h@example", "Zénobie", moderator.username):
            assert secret not in values


class TestAutomation:
    def test_held_by_the_rules_then_hidden(self):
        comment = submit()
        take(comment)
        (statement,) = all_of(comment)
        assert statement.automated_detection
        assert statement.automated_decision == Automation.PARTIALLY

    def test_shown_though_flagged(self):
        comment = submit(policy="a_posteriori")
        take(comment)
        (statement,) = all_of(comment)
        assert statement.automated_detection
        assert statement.automated_decision == Automation.NONE
        assert "qui avait paru" in statement.facts_fr

    def test_no_flag(self):
        comment = submit(POLITE, policy="a_priori")
        take(comment)
        (statement,) = all_of(comment)
        assert not statement.automated_detection
        assert statement.automated_decision == Automation.NONE
        assert statement.words == []
        assert "passage" not in statement.facts_fr

    def test_hints_alone_hold_nothing(self):
        comment = submit("C’est un mollasson.", policy="a_priori")
        assert Flag.objects.filter(revision=comment.revision).exists()
        take(comment)
        (statement,) = all_of(comment)
        assert statement.automated_detection
        assert statement.automated_decision == Automation.NONE

    def test_held_by_a_moderator(self):
        comment = submit(policy="a_posteriori")
        take(comment, Action.HOLD)
        take(comment)
        assert standing_statement(comment).automated_decision == Automation.NONE

    def test_held_by_the_rules_whatever_was_undone_since(self):
        comment = submit()
        undo(take(comment, Action.HOLD), by=ModeratorFactory())
        undo(take(comment, Action.PUBLISH), by=ModeratorFactory())
        take(comment)
        assert standing_statement(comment).automated_decision == Automation.PARTIALLY

    def test_flags_of_an_earlier_text_do_not_count(self):
        comment = submit()
        comment.refresh_from_db()
        reimport_comment(comment, POLITE)
        take(comment)
        statement = standing_statement(comment)
        assert not statement.automated_detection
        assert statement.words == []

    def test_a_machine_alone(self):
        """No rule hides today; if one does, its statement says so."""
        comment = submit()
        decision = Decision.objects.create(
            comment=comment,
            revision=comment.revision,
            action=Action.HIDE,
            reason="injure",
            status_before="pending",
            status_after="hidden",
        )
        (statement,) = write_statements([decision])
        assert statement.automated_decision == Automation.FULLY
        assert "Un modérateur" not in statement.facts_fr


def test_source_can_be_a_report_and_stays_so():
    comment = submit()
    take(comment, source=StatementOfReasons.Source.NOTICE)
    assert standing_statement(comment).source == "SOURCE_ARTICLE_16"
    undo(take(comment, Action.PUBLISH), by=ModeratorFactory())
    assert standing_statement(comment).source == "SOURCE_ARTICLE_16"


@pytest.mark.parametrize("count", [1, 12])
def test_as_many_queries_for_one_as_for_many(count, django_assert_num_queries):
    moderator = ModeratorFactory()
    comments = [submit() for _ in range(count)]
    for comment in comments:
        take(comment)
    decisions = [
        Decision.objects.create(
            comment=comment,
            revision=comment.revision,
            action=Action.HIDE,
            moderator=moderator,
            reason="haine",
            status_before="hidden",
            status_after="hidden",
        )
        for comment in comments
    ]
    with django_assert_num_queries(4):  # standing, lifted, flags, stored
        written = write_statements(decisions)
    assert len(written) == count
    assert StatementOfReasons.objects.standing().count() == count


def test_reference_suits_the_european_database():
    comment = submit()
    take(comment)
    (statement,) = all_of(comment)
    assert set(statement.puid) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(statement.puid.replace("-", "")) == 16


def test_redress_names_the_contact(settings):
    settings.CONTACT_EMAIL = "recours@journal.example"
    comment = submit()
    take(comment)
    (statement,) = all_of(comment)
    assert "recours@journal.example" in statement.redress_fr
    assert redress_text(statement) == statement.redress_fr
    assert "saisir la justice" in statement.redress_fr


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
