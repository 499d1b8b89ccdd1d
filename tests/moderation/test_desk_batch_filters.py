"""« Everything » is what the page's filters show, in every view of the desk."""

import json
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from comments.models import Comment
from moderation.batches import run_batch, undo_batch
from moderation.errors import InvalidDecision
from moderation.filters import QueueFilters
from moderation.models import Action, Decision, DecisionBatch, QueueEntry
from moderation.selections import all_matching, in_words
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    ModeratorFactory,
    ReportFactory,
    SectionFactory,
)
from tests.moderation.batch_worlds import RUDE, batch_on_all, waiting
from tests.moderation.desk import QUEUE, keys, page, ruled, shown, wait
from tests.moderation.desk_pages import boxes, confirmed, fields, said
from tests.moderation.ledger import disagreements

pytestmark = pytest.mark.django_db

LOTS = "/moderation/lots/"
ELSEWHERE = "On décide d’un coup de ce qui attend seulement"


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def world(moderator):
    """{name: what filters ask}: each is met by two or three comments of seven."""
    section = SectionFactory(name="Société")
    article = ArticleFactory(section=section, title="Un titre")
    known, new = CommenterFactory(name="Zoé"), CommenterFactory(name="Nour")
    CommentFactory.create_batch(2, author=known, published=True)
    flags = [("insult", "high", "lexicon")]
    wait(article=article, author=known, flags=flags, text="Un coquelicot.", days=9)
    wait(article=article, author=new, text="Voir https://exemple.org/a", days=8)
    wait(author=new, flags=flags, text="Un coquelicot, voir www.exemple.org")
    flagged = QueueEntry.Rank.FLAGGED
    for rank in (flagged, flagged, QueueEntry.Rank.PENDING):
        ReportFactory(comment=wait(rank, author=known))
    ruled(wait(author=known, days=7), Action.HOLD, moderator)
    ruled(wait(author=known, days=6), Action.HOLD, moderator)
    moment = timezone.localtime() - timedelta(days=5)
    return {
        "nothing": {},
        "pending": {"etat": "attente"},
        "flagged": {"etat": "signales"},
        "reported": {"lecteurs": "oui"},
        "reported and flagged": {"lecteurs": "oui", "etat": "signales"},
        "article": {"article": article.pk},
        "section": {"rubrique": section.pk},
        "flags": {"categorie": "insult", "gravite": "high", "regle": "lexicon"},
        "author": {"auteur": "zoe"},
        "newcomers": {"nouveaux": 2},
        "since": {"depuis": f"{moment:%Y-%m-%dT%H:%M}"},
        "until": {"avant": f"{moment:%Y-%m-%dT%H:%M}"},
        "link": {"lien": "on"},
        "words": {"q": "coquelicots"},
        "mine": {"par": "moi"},
        "someone’s": {"par": moderator.pk},
        "order": {"ordre": "probable"},
    }


NAMES = [
    "nothing",
    "pending",
    "flagged",
    "reported",
    "reported and flagged",
    "article",
    "section",
    "flags",
    "author",
    "newcomers",
    "since",
    "until",
    "link",
    "words",
    "mine",
    "someone’s",
    "order",
]


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_what_the_page_shows(desk, world, name):
    query = world[name]
    wanted = set(shown(desk, **query))
    others = set(QueueEntry.objects.values_list("pk", flat=True)) - wanted
    assert wanted
    assert bool(others) == (name not in ("nothing", "order"))
    bar = page(desk.get(QUEUE, query)).select_one(".desk-bulk-all")
    assert f"({len(wanted)} commentaire" in bar.text
    form = confirmed(desk, bar, "hide")
    data = {**fields(form), "reason": "injure"}
    assert desk.post(form["action"], data).status_code == 302
    batch = DecisionBatch.objects.get()
    assert (batch.state, batch.total, batch.skipped) == ("done", len(wanted), 0)
    assert set(batch.items.values_list("comment", flat=True)) == wanted
    assert set(QueueEntry.objects.values_list("pk", flat=True)) == others
    assert len(in_words(batch.filters)) == (
        0 if name in ("nothing", "order") else max(1, len(query))
    )
    assert disagreements() == []


@pytest.mark.parametrize("state", ["tous", "publies", "masques"])
def test_what_does_not_wait_is_not_decided_as_everything(desk, moderator, state):
    waits = wait()
    CommentFactory(published=True)
    ruled(wait(), Action.HIDE, moderator, "injure")
    before = list(Comment.objects.order_by("pk").values_list("pk", "status"))
    decided = Decision.objects.count()
    seen = page(desk.get(QUEUE, {"etat": state}))
    assert seen.select("[data-card]")
    assert not seen.select(".desk-bulk-all")
    data = {"tout": "1", "action": "hide", "reason": "injure", "etat": state}
    for url in (f"{LOTS}confirmer/", LOTS):
        assert ELSEWHERE in said(desk.post(url, data, follow=True))
        again = {**data, "jusque": "999", "nombre": "9"}
        assert ELSEWHERE in said(desk.post(url, again, follow=True))
    assert not DecisionBatch.objects.exists()
    assert Decision.objects.count() == decided
    assert list(Comment.objects.order_by("pk").values_list("pk", "status")) == before
    assert QueueEntry.objects.get().comment == waits


def test_those_chosen_among_all_are_decided_and_no_others(desk, moderator):
    waits, online, other = wait(), CommentFactory(published=True), wait()
    ruled(hidden := wait(), Action.HIDE, moderator, "injure")
    seen = page(desk.get(QUEUE, {"etat": "tous"}))
    choice = boxes(seen, online, waits)
    form = confirmed(desk, seen.select_one("#lot"), "hide", choix=choice)
    desk.post(form["action"], {**fields(form), "reason": "injure"})
    states = dict(Comment.objects.values_list("pk", "status"))
    assert states == {
        waits.pk: "hidden",
        online.pk: "hidden",
        other.pk: "pending",
        hidden.pk: "hidden",
    }
    assert disagreements() == []


def test_services_refuse_it_too():
    with pytest.raises(InvalidDecision, match=ELSEWHERE):
        all_matching(QueueFilters(everywhere=True, status="hidden"))


def test_filters_are_told_as_they_were_stored(moderator):
    article = ArticleFactory(title="Un autre titre")
    asked = QueueFilters(
        article=article.pk,
        section=article.section_id,
        reported=True,
        since=timezone.now(),
        until=timezone.now(),
        link=True,
        newcomers=3,
        decided_by=moderator.pk,
        words="la « dette »",
    )
    filters = all_matching(asked).filters
    stored = json.loads(json.dumps(filters, cls=DjangoJSONEncoder))
    told = in_words(stored)
    assert told == in_words(filters)
    assert "auteur\u00a0: moins de 3 parus" in told
    assert "décidés par\u00a0: Marie Khoury" in told
    assert "dans les textes\u00a0: la « dette »" in told
    assert f"rubrique\u00a0: {article.section.name}" in told
    assert len(told) == 9


def test_everything_comes_in_the_order_of_the_queue(desk):
    first, second = wait(days=3), wait(days=2)
    reported = wait(days=1)
    ReportFactory(comment=reported)
    in_order = keys(reported, first, second)
    assert shown(desk) == in_order
    selection = all_matching(QueueFilters())
    assert [seen.comment for seen in selection.all()] == in_order
    assert [comment.pk for comment in selection.comments()] == in_order


def test_what_decisions_put_in_the_queue_is_filtered_like_the_rest(desk, moderator):
    comments = waiting(3, RUDE)
    copies = ("pk", "article", "author", "marks", "author_published")
    before = list(QueueEntry.objects.order_by("pk").values_list(*copies))
    assert all("insult." in row[3] for row in before)
    for action in (Action.HIDE, Action.HOLD):
        batch = run_batch(batch_on_all(moderator, action))
        run_batch(undo_batch(batch, by=moderator))
        after = list(QueueEntry.objects.order_by("pk").values_list(*copies))
        assert after == before
    ruled(comments[0], Action.PUBLISH, moderator)
    ruled(comments[0], Action.HOLD, moderator)
    assert set(shown(desk, categorie="insult")) == set(keys(*comments))
    article = comments[0].article_id
    assert set(shown(desk, article=article)) == {
        c.pk for c in comments if c.article_id == article
    }
