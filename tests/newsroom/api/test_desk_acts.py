"""What the desk does beside deciding, through the API: watching, taking, owning."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.alerts.owners import take_charge
from moderation.models import QueueEntry, Taking, WatchedArticle
from moderation.recent import forget
from moderation.takings import EXPIRES, take
from moderation.watching import watch
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReportFactory,
    SectionFactory,
)
from tests.moderation.batch_worlds import waiting
from tests.moderation.masking import TEXT, masked

pytestmark = pytest.mark.django_db
BASE = "/api/v1/moderation/"


@pytest.fixture
def account():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def other():
    return ModeratorFactory(first_name="Paul", last_name="Nader")


@pytest.fixture
def moderator(signed_in, account):
    return signed_in(account)


def queued(**kwargs):
    comment = CommentFactory(**kwargs)
    QueueEntry.objects.create(comment=comment, rank=0, waiting_since=timezone.now())
    return comment


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


class TestWatched:
    URL = f"{BASE}watched/"

    def test_watched_listed_and_no_more(self, moderator, account, other):
        article = ArticleFactory(slug="la-lune", title="La lune")
        queued(article=article)
        queued(article=article)
        watch(ArticleFactory(), by=other)
        assert moderator.get(self.URL).json() == {"next": None, "results": []}
        made = moderator.put(f"{self.URL}la-lune/")
        assert made.status_code == 200
        row = made.json()
        assert row["article"] == {"slug": "la-lune", "title": "La lune"}
        assert row["waiting"] == 2
        assert moderator.put(f"{self.URL}la-lune/").json() == row
        assert moderator.get(self.URL).json()["results"] == [row]
        for _twice in range(2):
            assert moderator.delete(f"{self.URL}la-lune/").status_code == 204
            assert moderator.get(self.URL).json()["results"] == []
        assert WatchedArticle.objects.get().moderator == other

    def test_in_pages_and_in_a_fixed_number_of_queries(self, moderator, account):
        made = [ArticleFactory(slug=f"a{n}") for n in range(5)]
        counts = []
        for some in (made[:1], made[1:]):
            for article in some:
                watch(article, by=account)
                queued(article=article)
            counts.append(queries_of(moderator, self.URL))
        assert counts == [5, 5]
        url, found = f"{self.URL}?page_size=2", []
        while url:
            answer = moderator.get(url).json()
            found += [row["article"]["slug"] for row in answer["results"]]
            url = answer["next"]
        assert found == ["a4", "a3", "a2", "a1", "a0"]
        assert moderator.get(self.URL, {"cursor": "x"}).status_code == 400


class TestTakings:
    URL = f"{BASE}takings/"

    def test_who_is_first_keeps_it(self, moderator, account, other, signed_in):
        (comment,) = waiting(1)
        assert moderator.get(self.URL).json() == {"results": []}
        url = f"{BASE}comments/{comment.pk}/taking/"
        mine = moderator.post(url).json()
        assert mine["mine"] is True
        taking = mine["taking"]
        assert taking["comment"] == comment.pk
        assert taking["moderator"] == {"id": account.pk, "name": "Marie Khoury"}
        lasts = datetime.fromisoformat(taking["ends_at"]) - datetime.fromisoformat(
            taking["taken_at"]
        )
        assert lasts == EXPIRES
        theirs = signed_in(other).post(url)
        assert theirs.status_code == 200
        assert theirs.json() == {"mine": False, "taking": taking}
        assert moderator.get(self.URL).json() == {"results": [taking]}
        Taking.objects.update(taken_at=timezone.now() - EXPIRES - timedelta(seconds=1))
        assert moderator.get(self.URL).json() == {"results": []}
        assert signed_in(other).post(url).json()["mine"] is True

    def test_deleted_comments_are_nobody_s(self, moderator):
        comment = CommentFactory(status="deleted")
        for path in ("taking/", "charge/"):
            answer = moderator.post(f"{BASE}comments/{comment.pk}/{path}", {"of": None})
            assert answer.status_code == 404

    def test_cost_the_same_however_many(self, moderator):
        counts = []
        for comment in waiting(3):
            take(comment, by=ModeratorFactory())
            counts.append(queries_of(moderator, self.URL))
        assert counts == [5, 5, 5]


class TestCharge:
    def test_taken_handed_over_and_left(self, moderator, account, other, signed_in):
        (comment,) = waiting(1)
        url, seen = f"{BASE}comments/{comment.pk}/charge/", f"{BASE}comments/"
        (row,) = moderator.get(seen).json()["results"]
        assert row["owner"] is None
        made = moderator.post(url, {"of": None})
        assert made.status_code == 200
        owner = {"id": account.pk, "name": "Marie Khoury"}
        assert made.json() == {"comment": comment.pk, "owner": owner}
        for path in ("comments/", "queue/"):
            (row,) = moderator.get(BASE + path).json()["results"]
            assert row["owner"] == owner
        late = signed_in(other).post(url, {"of": None})
        assert late.status_code == 409
        [error] = late.json()["errors"]
        assert error["code"] == "changed_hands"
        assert late.json()["decision"] is None
        assert signed_in(other).delete(url).status_code == 204  # not his to leave
        assert QueueEntry.objects.get().owner == account
        assert signed_in(other).post(url, {"of": account.pk}).status_code == 200
        assert QueueEntry.objects.get().owner == other
        assert signed_in(other).delete(url).status_code == 204
        assert QueueEntry.objects.get().owner is None

    def test_what_does_not_wait_has_no_owner(self, moderator):
        comment = CommentFactory(published=True)
        url = f"{BASE}comments/{comment.pk}/charge/"
        assert moderator.post(url, {"of": None}).status_code == 409
        assert moderator.delete(url).status_code == 204

    @pytest.mark.parametrize("asked", [{}, {"of": "3"}, {"of": 0}, {"of": True}])
    def test_what_is_not_understood_is_a_400(self, moderator, asked):
        (comment,) = waiting(1)
        answer = moderator.post(f"{BASE}comments/{comment.pk}/charge/", asked)
        assert answer.status_code == 400
        assert [e["attr"] for e in answer.json()["errors"]] == ["of"]

    def test_owners_cost_the_queue_no_query(self, moderator):
        counts = []
        for comment in waiting(3):
            take_charge(comment, by=ModeratorFactory(), of=None)
            counts.append(queries_of(moderator, f"{BASE}queue/"))
        assert len(set(counts)) == 1


class TestCounts:
    URL = f"{BASE}counts/"

    def test_the_numbers_of_the_page(self, moderator, client, account):
        waiting(2)
        ReportFactory(comment=CommentFactory(published=True))
        told = moderator.get(self.URL).json()
        client.force_login(account)
        page = client.get("/moderation/comptes/").json()["counts"]
        assert {name: str(told[name]) for name in page} == page
        assert (told["pending"], told["flagged"], told["reported"]) == (2, 1, 1)
        assert (told["new"], told["new_more"], told["mine_more"]) == (0, False, False)

    def test_unchanged_ones_are_not_sent_again(self, moderator):
        first = moderator.get(self.URL)
        assert "no-store" in first["Cache-Control"]
        again = moderator.get(self.URL, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        waiting(1)
        forget()
        changed = moderator.get(self.URL, headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert changed.json()["pending"] == 1

    def test_what_is_new_meets_the_filters(self, moderator):
        waiting(1)
        newest = moderator.get(self.URL).json()["newest"]
        queued(article=ArticleFactory(section=SectionFactory(slug="monde")))
        waiting(1)
        asked = {"newer_than": newest}
        assert moderator.get(self.URL, asked).json()["new"] == 2
        told = moderator.get(self.URL, {**asked, "section": "monde"}).json()
        assert told["new"] == 1
        for wrong in ("x", "-1", "1.5", str(2**63)):
            answer = moderator.get(self.URL, {"newer_than": wrong})
            assert answer.status_code == 400, wrong
            assert [e["attr"] for e in answer.json()["errors"]] == ["newer_than"]

    def test_cost_the_same_however_many(self, moderator):
        counts = []
        for _more in range(3):
            waiting(2)
            forget()
            counts.append(queries_of(moderator, f"{self.URL}?newer_than=1"))
        assert len(set(counts)) == 1


def test_overview_names_what_can_be_asked_for(moderator, account):
    told = moderator.get(f"{BASE}overview/").json()
    assert (told["articles"], told["oldest"]) == ([], None)
    monde = SectionFactory(slug="monde", name="Monde")
    article = ArticleFactory(slug="la-lune", title="La lune", section=monde)
    queued(article=article)
    forget()
    told = moderator.get(f"{BASE}overview/").json()
    [row] = told["articles"]
    assert (row["article"], row["title"], row["waiting"]) == ("la-lune", "La lune", 1)
    assert row["oldest"] == told["oldest"] is not None
    assert told["sections"] == [{"section": "monde", "name": "Monde", "waiting": 1}]
    assert told["late"] == {"comments": 0, "appeals": 0}
    assert told["delays_week"] == {"decisions": 0, "median": None, "ninetieth": None}
    assert told["moderators"] == [{"id": account.pk, "name": "Marie Khoury"}]


def test_overview_costs_the_same_however_many(moderator):
    counts = []
    for _more in range(3):
        waiting(2)
        queued(article=ArticleFactory(section=SectionFactory()))
        forget()
        counts.append(queries_of(moderator, f"{BASE}overview/"))
    assert counts == [17, 17, 17]


def test_large_groups(moderator):
    url = f"{BASE}groups/"
    assert moderator.get(url).json() == {"results": []}
    made = [queued(text="Le même texte, mot pour mot, sous un article.") for _ in "abc"]
    QueueEntry.objects.update(likeness=7)
    queued()
    forget()
    [group] = moderator.get(url).json()["results"]
    assert group["count"] == 3
    assert group["text"] == "Le même texte, mot pour mot, sous un article."
    rows = moderator.get(f"{BASE}queue/", {"group": group["group"]}).json()["results"]
    assert [row["id"] for row in rows] == [c.pk for c in made]


def test_maskings_the_latest_first(moderator, account):
    url = f"{BASE}maskings/"
    assert moderator.get(url).json() == {"next": None, "results": []}
    comments = [CommentFactory(text=TEXT, published=True) for _ in range(3)]
    made = [masked(comments[0], by=account), masked(comments[1])]
    counts = [queries_of(moderator, url)]
    made.append(masked(comments[2]))
    counts.append(queries_of(moderator, url))
    assert counts[0] == counts[1]
    for query, expected in (
        ({}, [made[2], made[1], made[0]]),
        ({"by": "me"}, [made[0]]),
        ({"comment": comments[1].pk}, [made[1]]),
    ):
        rows = moderator.get(url, query).json()["results"]
        assert [row["id"] for row in rows] == [m.pk for m in expected], query
    assert moderator.get(url, {"by": "x"}).status_code == 400
