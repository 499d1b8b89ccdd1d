"""« Accord » on the desk: what is told of agreement, to whom, and from how many."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from moderation.models import AuditDay
from tests.factories import ModeratorFactory
from tests.moderation.desk_pages import page
from tests.moderation.second_looks.looking import drawn, judged, words

pytestmark = pytest.mark.django_db
PAGE = "/moderation/second-regard/"
AGREEMENT = f"{PAGE}accord/"


def test_is_empty_before_anything_was_judged(desk, first):
    drawn("hide", first)
    shown = page(desk.get(AGREEMENT))
    assert words(shown).count("Rien n’a encore été relu.") == 3
    row = shown.select_one("#motifs tbody tr")
    assert [c.text for c in row.select("td")] == [
        *("0", "0", "0", "0", "–", "trop peu", "–", "–")
    ]


def test_one_who_always_says_the_same_gives_no_kappa(desk, first):
    judge = ModeratorFactory()
    for _ in range(20):
        judged(drawn("hide", first), "hide", by=judge)
    shown = page(desk.get(AGREEMENT))
    row = shown.select_one("#motifs tbody tr")
    assert [c.text for c in row.select("td")] == [
        *("20", "20", "20", "20", "100 %", "–", "–", "–")
    ]
    assert "nan" not in shown.text.casefold()


def test_a_person_s_figures_wait_until_there_are_enough(client, first):
    client.force_login(first)
    judge = ModeratorFactory()
    for number in range(20):
        shown = page(client.get(AGREEMENT)) if number == 19 else None
        action = "hide" if number % 2 else "publish"
        judged(drawn(action, first), action, by=judge)
    cells = [c.text for c in shown.select("#moderateurs tbody tr td")]
    assert cells == ["19", "trop peu", "–", "–", "–", "–", "–"]
    row = page(client.get(AGREEMENT)).select_one("#moderateurs tbody tr")
    assert row.select_one("th").text == "Yara Sfeir"
    assert [c.text for c in row.select("td")] == [
        *("20", "100 %", "84 %", "100 %", "1,00", "–", "–")
    ]


def test_each_reads_himself_alone(desk, client, first):
    judged(drawn("hide", first), "hide")
    assert "Yara Sfeir" not in words(page(desk.get(AGREEMENT)))
    client.force_login(User.objects.create_superuser("chef"))
    assert "Yara Sfeir" in words(page(client.get(AGREEMENT)))


def test_no_cell_is_a_formula(client):
    evil = ModeratorFactory(first_name="=1+1")
    judged(drawn("hide", evil), "hide")
    client.force_login(User.objects.create_superuser("chef"))
    file = client.get(f"{AGREEMENT}moderateurs.csv").content.decode("utf-8-sig")
    assert file.splitlines()[1].startswith("'=1+1,1,trop peu")


def test_costs_a_fixed_number_of_queries(
    desk, moderator, first, django_assert_num_queries
):
    for count in (1, 5):
        for _ in range(count):
            judged(drawn("hide", moderator), "hide")
            judged(drawn("publish", first), "hide")
        AuditDay.objects.create(
            day=timezone.localdate() - timedelta(days=count),
            share=1,
            unflagged=3,
            flagged_hidden=2,
            missed_hidden=1,
        )
        with django_assert_num_queries(11):  # five of them for the account
            assert desk.get(AGREEMENT).status_code == 200


def test_the_dashboard_and_the_queue_lead_here(desk):
    for url in ("/moderation/", "/moderation/tableau/"):
        assert page(desk.get(url)).select_one(f".desk-places a[href='{PAGE}']"), url
    assert page(desk.get(PAGE)).select_one(f"nav a[href='{AGREEMENT}']")
