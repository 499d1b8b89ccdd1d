"""Every restriction has one statement of reasons, kept as it was (TRUST L-09, L-21)."""

from io import StringIO

import pytest
from django.core.management import call_command

from comments.models import Comment
from comments.services import PrintedComment, set_status
from moderation.models import Action, Decision, StatementOfReasons
from moderation.reason_details import message_of, reason_details
from moderation.reasons import ReasonCode
from moderation.redress import redress_text
from moderation.services import (
    decide,
    import_comment,
    reimport_comment,
    submit_comment,
    undo,
)
from moderation.statements import standing_statement, write_statements
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
    # Standing, lifted, appeals, flags, reports, charter, stored; who is written to, noted
    with django_assert_num_queries(9):
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
