"""The desk's « Sanctions en cours »: what holds now, of all commenters."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from comments.models import Comment
from moderation.models import Sanction
from moderation.sanctions import lift_sanction
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.desk_pages import page
from tests.moderation.sanctioning import sanctioned

pytestmark = pytest.mark.django_db
LIST = "/moderation/sanctions/"


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


def reader(name="Lectrice"):
    return ReaderFactory(commenter=name).commenter


def days(count):
    return timezone.localdate() + timedelta(count)


def listed(desk, **query):
    rows = page(desk.get(LIST, query)).select(".desk-history a[href*='#sanction-']")
    return [int(row["href"].partition("#sanction-")[2]) for row in rows]


def test_what_holds_the_soonest_end_first(desk):
    assert listed(desk) == []
    assert "Aucune sanction n’est en cours." in desk.get(LIST).content.decode()
    author = reader()
    ban = sanctioned(reader("Banni"), "ban")
    late = sanctioned(author, "suspension", until=days(40))
    soon = sanctioned(reader("Bientôt"), "suspension", until=days(2))
    warning = sanctioned(reader("Averti"), "warning")
    lifted = sanctioned(reader("Levé"), "review")
    lift_sanction(lifted, by=ModeratorFactory(), reason="Une erreur.")
    assert listed(desk) == [soon.pk, late.pk, *sorted([ban.pk, warning.pk])]
    shown = page(desk.get(LIST)).select(".desk-history > li")[0]
    text = " ".join(shown.text.split())
    assert "Bientôt" in text
    assert "Suspension" in text
    assert "jusqu’au" in text
    assert (
        shown.a["href"] == f"/moderation/auteurs/{soon.author_id}/#sanction-{soon.pk}"
    )
    with time_machine.travel(timezone.now() + timedelta(3), tick=False):
        desk.force_login(ModeratorFactory())
        assert listed(desk) == [late.pk, *sorted([ban.pk, warning.pk])]


def test_a_review_whose_comments_all_came_in_is_over(desk):
    author = reader()
    review = sanctioned(author, "review", comments=2)
    for left in (2, 1):
        assert listed(desk) == [review.pk]
        shown = " ".join(page(desk.get(LIST)).text.split())
        assert f"encore {left} commentaire" in shown
        submit_comment(article=ArticleFactory(), author=author, text=f"Avis {left}.")
    assert listed(desk) == []
    assert not Sanction.objects.with_held().get(pk=review.pk).stands


def test_what_the_database_finds_is_what_each_row_says(desk):
    for kind in Sanction.Kind.values:
        sanctioned(reader(f"Un {kind}"), kind)
    lift_sanction(
        sanctioned(reader("Levée"), "ban"), by=ModeratorFactory(), reason="Erreur."
    )
    for passed in (0, 8, 12, 181, 366):
        with time_machine.travel(timezone.now() + timedelta(passed), tick=False):
            said = {s.pk for s in Sanction.objects.with_held() if s.stands}
            assert {s.pk for s in Sanction.objects.standing()} == said


def test_filters(desk):
    ban = sanctioned(reader("Émile"), "ban")
    suspension = sanctioned(reader("Zénobie"), "suspension", until=days(2))
    assert listed(desk, genre="ban") == [ban.pk]
    assert listed(desk, auteur="emil") == [ban.pk]
    assert listed(desk, bientot="on") == [suspension.pk]
    assert listed(desk, genre="ban", bientot="on") == []
    answer = desk.get(LIST, {"genre": "ban", "bientot": "on"}).content.decode()
    assert "ne répond à ces filtres" in answer


@pytest.mark.parametrize(
    "query",
    [
        {"genre": "exil"},
        {"auteur": "x" * 101},
        {"auteur": "a\x00b"},
        {"genre": ["ban", "exil"]},
    ],
)
def test_what_is_not_understood_is_said(desk, query):
    made = sanctioned(reader(), "ban")
    answer = desk.get(LIST, query)
    shown = page(answer)
    assert shown.select_one(".errorlist")
    assert listed(desk, **query) == [made.pk]


def test_in_pages(desk, monkeypatch):
    monkeypatch.setattr("moderation.sanction_list.PAGE_SIZE", 2)
    until = days(9)
    made = [
        sanctioned(reader(f"Lecteur {n}"), "suspension", until=until).pk
        for n in range(5)
    ]
    url, found = LIST, []
    while url:
        shown = page(desk.get(url))
        rows = shown.select(".desk-history a[href*='#sanction-']")
        found += [int(row["href"].partition("#sanction-")[2]) for row in rows]
        link = shown.select_one(".pager a")
        url = link["href"] if link else ""
    assert found == made
    assert listed(desk, apres="n’importe quoi") == made[:2]


def test_costs_the_same_however_many(desk, django_assert_num_queries):
    for count in (1, 4):
        for number in range(count):
            author = reader(f"Lecteur {count}-{number}")
            sanctioned(author, "review", comments=3)
            submit_comment(article=ArticleFactory(), author=author, text="Un avis.")
        desk.get(LIST)
        with django_assert_num_queries(6):
            desk.get(LIST)
    assert Comment.objects.count() == 5


def test_the_desk_leads_there(desk):
    author = reader()
    sanctioned(author, "warning")
    for url in (
        "/moderation/",
        "/moderation/historique/",
        "/moderation/contestations/",
        f"/moderation/auteurs/{author.pk}/",
    ):
        assert page(desk.get(url)).select_one(f".desk-places a[href='{LIST}']"), url
