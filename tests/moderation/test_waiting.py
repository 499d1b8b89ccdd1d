"""How long comments wait: the line above the queue, and what lies beside it."""

import math
import random
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from moderation.models import Action, Decision, QueueEntry, WatchedArticle
from moderation.recent import forget
from moderation.services import decide, undo
from moderation.waiting import Delays, delays, oldest_wait
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReportFactory,
)

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def wait(hours=0, **kwargs):
    comment = CommentFactory(**kwargs)
    QueueEntry.objects.create(
        comment=comment, rank=0, waiting_since=timezone.now() - timedelta(hours=hours)
    )
    return comment


def page(desk):
    forget()
    return BeautifulSoup(desk.get(QUEUE).content, "lxml")


def line(desk):
    """{what is told: its words}."""
    told = page(desk).select_one(".desk-waiting")
    return {
        dt.text: " ".join(dd.text.split())
        for dt, dd in zip(told.select("dt"), told.select("dd"), strict=True)
    }


def decided(comment, at, waited, by, **fields):
    return Decision(
        comment=comment,
        revision=comment.revision,
        action="publish",
        moderator=by,
        status_before="pending",
        status_after="published",
        waiting_since=None if waited is None else at - waited,
        created_at=at,
        **fields,
    )


@pytest.mark.parametrize("seed", range(4))
def test_percentiles_equal_a_recount(moderator, seed):
    dice = random.Random(seed)  # noqa: S311
    comment = CommentFactory()
    made = []
    for _ in range(dice.choice([1, 2, 10, 137])):
        at = NOON + timedelta(minutes=dice.randint(-3000, 3000))
        waited = timedelta(microseconds=dice.randint(0, 10 ** dice.randint(1, 11)))
        made.append(decided(comment, at, waited, moderator))
    Decision.objects.bulk_create(
        [
            *made,
            decided(comment, NOON + timedelta(1), timedelta(0), None),  # the rules
            decided(comment, NOON + timedelta(1), None, moderator),  # did not wait
        ]
    )
    waits = sorted(d.created_at - d.waiting_since for d in made if d.created_at >= NOON)

    def least_within(share):
        return waits[math.ceil(share * len(waits)) - 1] if waits else None

    assert delays(since=NOON) == Delays(
        len(waits), least_within(0.5), least_within(0.9)
    )


def test_an_undo_is_no_decision_of_its_own(moderator):
    comment = wait(hours=2)
    first = decide(
        comment,
        action=Action.PUBLISH,
        by=moderator,
        after=None,
        revision=comment.revision_id,
    )
    undo(first, by=moderator)
    found = delays(since=timezone.now() - timedelta(hours=1))
    assert found.decisions == 1
    assert timedelta(hours=2) < found.median < timedelta(hours=2, minutes=1)


def test_the_longest_wait_is_one_before_or_behind_what_readers_reported():
    assert oldest_wait() is None
    ReportFactory(comment=CommentFactory(published=True))
    assert oldest_wait() is None  # online: nobody waits to read it
    reported, behind = wait(hours=3), wait(hours=2)
    ReportFactory(comment=reported)
    assert oldest_wait() == reported.queue_entry.waiting_since
    wait(hours=1)
    older = wait(hours=5)
    assert oldest_wait() == older.queue_entry.waiting_since
    QueueEntry.objects.filter(pk__in=[reported.pk, older.pk]).delete()
    assert oldest_wait() == behind.queue_entry.waiting_since


def test_the_line_tells_waits_of_a_day_and_of_a_week(desk, moderator):
    assert line(desk) == {
        "Plus longue attente": "aucune",
        "Délai, 24 h": "rien de décidé",
        "Délai, 7 jours": "rien de décidé",
    }
    wait(hours=5)
    wait(hours=1)
    comment, now = CommentFactory(), timezone.now()
    Decision.objects.bulk_create(
        decided(comment, now - ago, waited, moderator)
        for ago, waited in (
            (timedelta(hours=1), timedelta(minutes=12)),
            (timedelta(days=3), timedelta(hours=2)),
            (timedelta(days=3), timedelta(hours=3)),
            (timedelta(days=8), timedelta(days=9)),
        )
    )
    assert line(desk) == {
        "Plus longue attente": "5\xa0heures".replace("\xa0", " "),
        "Délai, 24 h": "12 minutes (9 sur 10 en 12 minutes)",
        "Délai, 7 jours": "2 heures (9 sur 10 en 3 heures)",
    }


def test_articles_with_most_to_decide(desk):
    busy, calm = ArticleFactory(title="Agité"), ArticleFactory(title="Calme")
    wait(article=calm)
    wait(article=busy, hours=3)
    wait(article=busy)
    rows = page(desk).select("[aria-labelledby=retard] li")
    told = [(row.a.text, row.select_one(".desk-count").text) for row in rows]
    assert told == [("Agité", "2"), ("Calme", "1")]
    assert "depuis 3" in rows[0].text
    assert rows[0].a["href"] == f"{QUEUE}?article={busy.pk}"


# Articles to watch


def test_an_article_is_pinned_on_one_s_own_desk(desk, client, moderator):
    article = wait().article
    assert not page(desk).select("[aria-labelledby=suivis]")
    form = page(desk).select_one("[aria-labelledby=retard] form")
    for _ in range(2):  # sent twice
        answer = desk.post(form["action"], {"suivre": "1", "next": f"{QUEUE}?q=x"})
        assert answer["Location"] == f"{QUEUE}?q=x"
    (row,) = page(desk).select("[aria-labelledby=suivis] li")
    assert (row.a.text, row.select_one(".desk-count").text) == (article.title, "1")
    assert not page(desk).select("[aria-labelledby=retard] form")
    QueueEntry.objects.all().delete()
    (row,) = page(desk).select("[aria-labelledby=suivis] li")
    assert row.select_one(".desk-count").text == "0"
    client.force_login(ModeratorFactory())
    assert not page(client).select("[aria-labelledby=suivis]")
    client.post(row.form["action"], {"suivre": "0"})
    assert WatchedArticle.objects.get().moderator == moderator
    client.force_login(moderator)
    client.post(row.form["action"], {"suivre": "0"})
    assert not page(client).select("[aria-labelledby=suivis]")


def test_watching_ends_on_this_site(desk):
    article = ArticleFactory()
    url = f"/moderation/articles/{article.pk}/suivre/"
    answer = desk.post(url, {"next": "https://exemple.org/"})
    assert answer["Location"] == QUEUE
    assert desk.get(url).status_code == 405
    assert desk.post("/moderation/articles/999999/suivre/").status_code == 404


def test_queries_do_not_grow_with_what_is_watched(
    desk, moderator, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(100) as asked:
            page(desk)
        return len(asked)

    WatchedArticle.objects.create(article=wait().article, moderator=moderator)
    page(desk)
    before = cost()
    for _ in range(4):
        WatchedArticle.objects.create(article=wait().article, moderator=moderator)
    assert cost() == before


def test_the_article_that_is_read_can_be_pinned(desk, moderator):
    article = wait().article
    query = {"article": article.pk}
    seen = BeautifulSoup(desk.get(QUEUE, query).content, "lxml")
    form = seen.select_one(".desk-list form[method=post][action$='/suivre/']")
    assert form.button.text == "Suivre cet article"
    fields = {"suivre": form.button["value"], "next": form.select("input")[1]["value"]}
    assert (
        desk.post(form["action"], fields)["Location"] == f"{QUEUE}?{urlencode(query)}"
    )
    assert WatchedArticle.objects.get().article == article
    seen = BeautifulSoup(desk.get(QUEUE, query).content, "lxml")
    assert "Suivre cet article" not in seen.text
