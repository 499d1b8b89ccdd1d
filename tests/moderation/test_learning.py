"""Which decisions are learned from."""

from datetime import UTC, datetime

import pytest

from comments.services import add_revision, set_status
from moderation.learning import NOT_IN_THE_WORDS, decided_texts, examples
from moderation.models import Action, Decision
from moderation.reasons import ReasonCode
from moderation.scores import Attribute
from moderation.services import decide, submit_comment, undo
from moderation.suggested_scores import keep_suggestion
from tests.factories import (
    ApiClientFactory,
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def taken(moderator):
    """Take the next decision on a comment."""

    def take(comment, action, reason="injure", note=""):
        latest = comment.decisions.first()
        return decide(
            comment,
            action=action,
            by=moderator,
            after=latest.pk if latest else None,
            revision=comment.revision_id,
            reason=reason if action == Action.HIDE else "",
            note=note,
        )

    return take


def learned():
    return {example.text: example.hidden for example in decided_texts()}


def test_hidden_and_published_texts(taken):
    taken(CommentFactory(text="Masqué."), Action.HIDE)
    taken(CommentFactory(text="Publié."), Action.PUBLISH)
    assert learned() == {"Masqué.": True, "Publié.": False}


def test_the_rules_teach_nothing():
    for text in ("Quel connard.", "Merci."):
        submit_comment(
            article=ArticleFactory(), author=ReaderFactory().commenter, text=text
        )
    assert Decision.objects.count() == 2
    assert learned() == {}


def test_the_last_decision_that_stands(taken, moderator):
    comment = CommentFactory(text="Revu.")
    taken(comment, Action.PUBLISH)
    hiding = taken(comment, Action.HIDE)
    assert learned() == {"Revu.": True}
    undo(hiding, by=moderator)
    assert learned() == {"Revu.": False}


def test_an_undone_decision_alone_is_none(taken, moderator):
    undo(taken(CommentFactory(text="Erreur."), Action.HIDE), by=moderator)
    assert Decision.objects.count() == 2
    assert learned() == {}


def test_on_hold_again_is_no_judgement(taken):
    comment = CommentFactory(text="À revoir.")
    taken(comment, Action.PUBLISH)
    assert learned() == {"À revoir.": False}
    taken(comment, Action.HOLD)
    assert learned() == {}


def test_each_text_has_its_own_judgement(taken):
    comment = CommentFactory(text="Premier texte.")
    taken(comment, Action.HIDE)
    add_revision(comment, "Second texte.")
    assert learned() == {"Premier texte.": True}
    taken(comment, Action.PUBLISH)
    assert learned() == {"Premier texte.": True, "Second texte.": False}


@pytest.mark.parametrize("reason", ReasonCode)
def test_reasons_that_are_not_in_the_words(taken, reason):
    taken(
        CommentFactory(text="Texte."),
        Action.HIDE,
        reason,
        note="Vingt signes au moins.",
    )
    expected = {} if reason in NOT_IN_THE_WORDS else {"Texte.": True}
    assert learned() == expected


def test_what_its_author_deleted_is_forgotten(taken):
    comment = CommentFactory(text="Retiré.")
    taken(comment, Action.PUBLISH)
    assert learned() == {"Retiré.": False}
    set_status(comment, comment.Status.DELETED)
    assert learned() == {}


def test_since_a_day(taken, time_machine):
    for day in (1, 2, 3):
        time_machine.move_to(datetime(2026, 3, day, 12, tzinfo=UTC))
        taken(CommentFactory(text=f"Jour {day}"), Action.PUBLISH)
    texts = [example.text for example in examples(datetime(2026, 3, 2, tzinfo=UTC))]
    assert texts == ["Jour 3", "Jour 2"]
    assert len(list(examples())) == 3


def test_only_the_newest_if_there_are_too_many(taken, monkeypatch):
    monkeypatch.setattr("moderation.learning.MOST", 2)
    for number in range(4):
        taken(CommentFactory(text=f"Texte {number}"), Action.HIDE)
    assert [example.text for example in examples()] == ["Texte 3", "Texte 2"]


def test_judgements_received_count_among_the_newest(taken, monkeypatch, time_machine):
    """However many a client sends, training holds so many texts and no more."""
    monkeypatch.setattr("moderation.learning.MOST", 3)
    client = ApiClientFactory()
    for day in (1, 3, 5):
        time_machine.move_to(datetime(2026, 3, day, 12, tzinfo=UTC))
        taken(CommentFactory(text=f"Décidé {day}"), Action.PUBLISH)
        time_machine.move_to(datetime(2026, 3, day + 1, 12, tzinfo=UTC))
        keep_suggestion(
            client=client,
            text=f"Reçu {day + 1}",
            values={Attribute.TOXICITY: 1},
            client_token="",
            community_id="",
        )
    texts = [example.text for example in examples()]
    assert texts == ["Reçu 6", "Décidé 5", "Reçu 4"]
