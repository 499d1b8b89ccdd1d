"""What a machine did is derived from flags and decisions, never asked (TRUST L-21)."""

import pytest

from moderation.models import Action, Decision, Flag, StatementOfReasons
from moderation.services import decide, reimport_comment, submit_comment, undo
from moderation.statements import standing_statement, write_statements
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory

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
