"""The second order of the queue on the desk, and its switch in the back office."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from moderation.models import QueueEntry, Ranker, RankerScore
from tests.factories import (
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    RankerFactory,
)

pytestmark = pytest.mark.django_db
QUEUE = "/moderation/"
RANKED = {"ordre": "probable"}


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


@pytest.fixture
def admin_desk(client):
    client.force_login(EditorFactory())
    return client


@pytest.fixture
def ranker():
    return RankerFactory(active=True)


def wait(number, score=None):
    comment = CommentFactory(text=f"Texte numéro {number}.")
    entry = QueueEntry.objects.create(
        comment=comment,
        rank=0,
        waiting_since=comment.received_at + timedelta(minutes=number),
    )
    if score is not None:
        RankerScore.objects.create(
            entry=entry,
            revision=comment.revision,
            ranker=Ranker.objects.active().get(),
            score=score,
        )
    return comment


def page(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "lxml")


def cards(shown):
    return [
        int(card["id"].removeprefix("carte-")) for card in shown.select("[data-card]")
    ]


def test_the_order_is_offered_only_with_a_ranker_in_service(desk):
    oldest, newest = wait(0), wait(1)
    shown = page(desk.get(QUEUE, RANKED))
    assert not shown.select("[name=ordre]")
    assert cards(shown) == [oldest.pk, newest.pk]
    assert "verdict" not in shown.text
    RankerFactory(active=True)
    options = [o.text for o in page(desk.get(QUEUE)).select("#id_ordre option")]
    assert options == ["Plus longue attente d’abord", "Probablement à masquer d’abord"]


@pytest.mark.usefixtures("ranker")
def test_the_order_is_followed_explained_and_kept(desk):
    comments = [wait(0), wait(1, 100_000), wait(2, 900_000)]
    usual = page(desk.get(QUEUE))
    assert cards(usual) == [c.pk for c in comments]
    assert "verdict" not in usual.text
    shown = page(desk.get(QUEUE, {**RANKED, "etat": "attente"}))
    assert cards(shown) == [comments[2].pk, comments[1].pk, comments[0].pk]
    assert "c’est un ordre de lecture, pas un verdict" in shown.text
    assert shown.select_one("#id_ordre option[selected]")["value"] == "probable"
    for link in shown.select(".desk-views a")[:3]:
        assert "ordre=probable" in link["href"]
    filtered = page(desk.get(QUEUE, {**RANKED, "etat": "attente", "auteur": "s"}))
    assert filtered.find("a", string="Ôter les filtres")
    for link in filtered.find_all("a", string="Ôter les filtres"):
        assert link["href"] == f"{QUEUE}?ordre=probable&etat=attente"


@pytest.mark.usefixtures("ranker")
def test_an_order_is_no_filter(desk):
    comment = wait(0)
    assert "répond aux filtres" not in page(desk.get(QUEUE, RANKED)).text
    asked = {**RANKED, "auteur": comment.author.name}
    filtered = page(desk.get(QUEUE, asked))
    assert "1 commentaire répond aux filtres" in filtered.text


@pytest.mark.usefixtures("ranker")
def test_nobody_is_shown_the_score(desk):
    comment = wait(0, 876_543)
    for url in (QUEUE, f"/moderation/commentaires/{comment.pk}/"):
        html = desk.get(url, RANKED).content.decode()
        assert comment.revision.text in html
        html = html.replace("\u00a0", " ").replace("\u202f", " ")
        told = (
            "876543",
            "876 543",
            "876.543",
            "0,876",
            "0.876",
            "0,88",
            "87,6",
            "88 %",
        )
        assert [form for form in told if form in html] == []


@pytest.mark.usefixtures("ranker")
def test_pages_follow_each_other(desk):
    comments = [wait(number, number * 1000) for number in range(35)]
    first = page(desk.get(QUEUE, RANKED))
    second = page(desk.get(first.select_one("[rel=next]")["href"]))
    assert cards(first) + cards(second) == [c.pk for c in reversed(comments)]
    assert not second.select("[rel=next]")
    start = second.find("a", string="Début de la file")["href"]
    assert start == f"{QUEUE}?ordre=probable"


@pytest.mark.usefixtures("ranker")
def test_an_unknown_order_is_told_and_ignored(desk):
    comment = wait(0)
    shown = page(desk.get(QUEUE, {"ordre": "x"}))
    assert cards(shown) == [comment.pk]
    assert len(shown.select(".desk-filters .errorlist li")) == 1


@pytest.mark.usefixtures("ranker")
def test_queries_do_not_grow_with_the_queue(desk, django_assert_num_queries):
    for number in range(4):
        wait(number, number)
    desk.get(QUEUE, RANKED)
    with django_assert_num_queries(24):
        assert len(cards(page(desk.get(QUEUE, RANKED)))) == 4
    for number in range(20):
        wait(number, number if number % 2 else None)
    with django_assert_num_queries(24):
        assert len(cards(page(desk.get(QUEUE, RANKED)))) == 20


# The switch


def change_url(ranker):
    return reverse("admin:moderation_ranker_change", args=[ranker.pk])


def test_what_it_is_worth_stands_beside_the_switch(admin_desk):
    ranker = RankerFactory()
    shown = page(admin_desk.get(change_url(ranker)))
    beside = shown.select_one("#id_active").find_parent("fieldset").text
    assert (
        "Parmi les 10 % de commentaires classés en tête, 7 sur 10 ont été masqués ; au "
        "hasard, 2 sur 10 ; rangés par le nombre et la gravité des relevés, 5 sur 10. "
        "Essai sur 120 décisions."
    ) in beside.replace("\xa0", " ")
    assert "attention" not in beside.casefold()
    measures = [[c.text for c in row.select("td")] for row in shown.select("tbody tr")]
    assert measures == [
        ["0,85", "0,60", "0,70"],
        ["0,70", "0,50", "0,50"],
        ["0,50", "0,20", "0,20"],
    ]


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        ({"auc": 0.49}, "pas mieux que le hasard"),
        ({"top_precision": 0.2}, "pas mieux que le hasard"),
        ({"flags_top_precision": 0.7}, "pas mieux que les relevés"),
    ],
)
def test_a_poor_one_is_told(admin_desk, measured, said):
    ranker = RankerFactory(**measured)
    assert said in page(admin_desk.get(change_url(ranker))).text


@pytest.mark.parametrize(
    ("top", "chance", "flags", "said"),
    [
        (0.7, 0.2, 0.5, ("7 sur 10", "2 sur 10", "5 sur 10")),
        (1, 0, 0.5, ("10 sur 10", "0 sur 10", "5 sur 10")),
        (0.97, 0.2, 0.5, ("97 sur 100", "20 sur 100", "50 sur 100")),
        (0.7, 0.02, 0.5, ("70 sur 100", "2 sur 100", "50 sur 100")),
        (0.32, 0.28, 0.5, ("32 sur 100", "28 sur 100", "50 sur 100")),
        (0.5, 0.2, 0.5, ("5 sur 10", "2 sur 10", "5 sur 10")),
    ],
)
def test_shares_that_an_editor_can_tell_apart(top, chance, flags, said):
    ranker = RankerFactory(
        top_precision=top, base_rate=chance, flags_top_precision=flags
    )
    assert [part for part in said if part not in ranker.worth] == []
    assert ranker.worth.count(" sur ") == 4  # and the size of the trial


def test_switched_on_and_off(admin_desk):
    former, ranker = RankerFactory(active=True), RankerFactory()
    answer = admin_desk.post(change_url(ranker), {"active": "on"}, follow=True)
    assert "rank_queue" in page(answer).text
    assert list(Ranker.objects.active()) == [ranker]
    admin_desk.post(change_url(ranker), {"active": "on", "auc": "1"})
    assert list(Ranker.objects.active()) == [ranker]
    admin_desk.post(change_url(ranker), {})
    assert not Ranker.objects.active().exists()
    former.refresh_from_db()
    assert (former.auc, former.active) == (0.85, False)


def test_damaged_weights_are_refused_beside_the_switch(admin_desk):
    former, ranker = RankerFactory(active=True), RankerFactory(weights=b"rien")
    shown = page(admin_desk.post(change_url(ranker), {"active": "on"}))
    assert "Ses poids sont illisibles" in shown.select_one(".errorlist").text
    assert list(Ranker.objects.active()) == [former]


def test_only_one_out_of_service_can_be_deleted(admin_client):
    """And by a superuser: editors cannot delete any."""
    active, former = RankerFactory(active=True), RankerFactory()
    for ranker, status in ((active, 403), (former, 302)):
        url = reverse("admin:moderation_ranker_delete", args=[ranker.pk])
        assert admin_client.post(url, {"post": "yes"}).status_code == status
    assert list(Ranker.objects.all()) == [active]


class TestTheUsualOrder:
    def told(self, desk, **query):
        return page(desk.get(QUEUE, query)).select_one(".desk-fold [data-order]")

    def test_is_explained_beside_the_filters_and_the_keys(self, desk):
        line = self.told(desk)
        assert "ce qui attend de paraître, ensuite ce qui est paru" in line.text
        assert "ce que des lecteurs signalent passe devant" in line.text
        dialog = page(desk.get(QUEUE)).select_one("dialog [data-order]")
        assert dialog.text == line.text

    def test_but_not_where_another_one_holds(self, desk, ranker):
        wait(1, score=0.5)
        assert self.told(desk) is not None
        assert self.told(desk, **RANKED) is None
        assert self.told(desk, etat="tous") is None
