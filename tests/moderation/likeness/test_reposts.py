"""A text that a moderator hid comes back: it waits, with the decision beside it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from moderation.likeness.reposts import REPOST_NOTE, WITHIN
from moderation.models import Action, QueueEntry, Repost, StatementOfReasons
from moderation.services import rescreen, undo
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.desk import QUEUE, page, ruled
from tests.moderation.likeness.waves import OTHER, WAVE, post, variants

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Paul", last_name="Nader")


@pytest.fixture
def hidden(moderator):
    return ruled(
        post(author=ReaderFactory().commenter), Action.HIDE, moderator, "arnaque"
    )


def posted(text=WAVE, **kwargs):
    """As where the rules alone decide, and find nothing."""
    kwargs.setdefault("article", ArticleFactory(comment_policy="a_posteriori"))
    return post(text, **kwargs)


def test_the_same_text_waits_wherever_and_whoever_writes_it(hidden):
    assert posted(OTHER).status == "published"
    again = posted(f"  {WAVE.upper()} !!! ")
    assert again.status == "pending"
    assert again.decisions.get().note == REPOST_NOTE
    assert again.repost.decision == hidden.decisions.first()
    assert QueueEntry.objects.filter(pk=again.pk).exists()


def test_a_text_that_is_only_like_it_does_not(hidden):
    assert posted(variants(1)[0]).status == "published"


def test_the_card_shows_the_earlier_decision(client, hidden, moderator):
    again = posted()
    client.force_login(moderator)
    told = page(client.get(QUEUE)).select_one(f"#carte-{again.pk} .desk-repost")
    words = " ".join(told.text.split())
    assert words.startswith("Texte déjà masqué. Même texte qu’un commentaire de")
    assert "masqué par Paul Nader, motif : Arnaque, hameçonnage, à l’instant." in words
    assert told.a["href"] == f"/moderation/commentaires/{hidden.pk}/"
    alone = page(client.get(f"/moderation/commentaires/{again.pk}/"))
    assert alone.select_one(".desk-repost")
    item = client.get("/api/v1/moderation/queue/").json()["results"][0]
    decision = item["same_text_hidden"]
    assert (decision["comment"], decision["reason"]) == (hidden.pk, "arnaque")
    assert decision["moderator"] == "Paul Nader"


def test_it_is_held_and_never_refused(client, hidden):
    reader = ReaderFactory()
    client.force_login(reader)
    article = ArticleFactory(comment_policy="a_posteriori")
    answer = client.post(f"/article/{article.slug}/commenter/", {"text": WAVE})
    assert answer.status_code == 302
    assert article.comments.get().status == "pending"


def test_what_was_restored_may_come_back(hidden, moderator):
    undo(hidden.decisions.first(), by=moderator)
    assert posted().status == "published"


def test_what_only_the_rules_decided_is_no_reason():
    post()  # waits under an article where everything does
    assert posted().status == "published"


def test_after_thirteen_months_it_is_forgotten(hidden):
    with time_machine.travel(timezone.now() + WITHIN - timedelta(days=1), tick=False):
        assert posted().status == "pending"
    with time_machine.travel(timezone.now() + WITHIN + timedelta(days=1), tick=False):
        assert posted().status == "published"


@pytest.mark.parametrize(
    ("text", "same_author", "status"),
    [
        ("N’importe quoi, vraiment !", True, "pending"),
        ("N’importe quoi, vraiment !", False, "published"),
        ("Bravo !", True, "published"),
        ("👍👍", True, "published"),
    ],
)
def test_short_texts_say_something_from_the_same_author_alone(
    moderator, text, same_author, status
):
    author = ReaderFactory().commenter
    ruled(post(text, author=author), Action.HIDE, moderator, "hors_sujet")
    other = author if same_author else ReaderFactory().commenter
    assert posted(text, author=other).status == status


def test_it_waits_too_if_it_could_not_be_screened_at_first(hidden, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("no rule works")

    with monkeypatch.context() as broken:
        broken.setattr("moderation.engine.Engine.screen", fails)
        calm, again = posted(OTHER), posted()
    assert {calm.status, again.status} == {"pending"}
    assert not Repost.objects.exists()
    assert rescreen(calm).status_after == "published"
    assert rescreen(again).status_after == "pending"
    assert Repost.objects.get(comment=again).decision == hidden.decisions.first()


def test_its_author_is_told_that_a_machine_knew_it(hidden, moderator):
    again = posted()
    ruled(again, Action.HIDE, moderator, "arnaque")
    statement = StatementOfReasons.objects.get(comment=again, lifted_by=None)
    assert statement.automated_detection
    assert statement.automated_decision == "AUTOMATED_DECISION_PARTIALLY"
    assert "Une machine y avait reconnu le même texte" in statement.facts_fr
    before = StatementOfReasons.objects.get(comment=hidden, lifted_by=None)
    assert not before.automated_detection
    assert "Une machine" not in before.facts_fr
