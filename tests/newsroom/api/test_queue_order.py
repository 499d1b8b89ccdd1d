"""The learned order of the queue, asked of the API."""

import pytest

from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    ModeratorFactory,
    RankerFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db
QUEUE = "/api/v1/moderation/queue/"
RANKED = f"{QUEUE}?order=likely_hidden"


@pytest.fixture
def moderator(signed_in):
    return signed_in(ModeratorFactory())


def waiting(text):
    article = ArticleFactory(comment_policy="a_priori")
    return submit_comment(article=article, author=ReaderFactory().commenter, text=text)


def pages(client, url):
    seen = []
    while url:
        answer = client.get(url)
        assert answer.status_code == 200
        seen.append([item["id"] for item in answer.json()["results"]])
        url = answer.json()["next"]
    return seen


def test_both_orders_and_their_pages(moderator):
    unscored = waiting("Saperlipopette.")
    RankerFactory(active=True)
    polite, mixed, rude = (
        waiting(text)
        for text in ("Merci bien.", "Merci, saperlipopette.", "Saperlipopette !")
    )
    usual = [c.pk for c in (unscored, polite, mixed, rude)]
    assert pages(moderator, QUEUE) == [usual]
    assert pages(moderator, f"{QUEUE}?order=longest_wait") == [usual]
    ranked = pages(moderator, f"{RANKED}&page_size=2&state=pending")
    assert ranked == [[rude.pk, mixed.pk], [polite.pk, unscored.pk]]


def test_no_score_in_the_answer(moderator):
    RankerFactory(active=True)
    waiting("Saperlipopette.")
    [item] = moderator.get(RANKED).json()["results"]
    assert item == moderator.get(QUEUE).json()["results"][0]
    assert "score" not in item


def test_refused_without_a_ranker_in_service(moderator):
    waiting("Merci.")
    RankerFactory()
    answer = moderator.get(RANKED)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert (error["code"], error["attr"]) == ("invalid", "order")
    assert error["detail"] == "Aucun classement appris n’est en service."


@pytest.mark.parametrize("order", ["x", "behind", "%00"])
def test_an_unknown_order_is_refused(moderator, order):
    answer = moderator.get(f"{QUEUE}?order={order}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "order"


def test_a_cursor_serves_one_order_only(moderator):
    RankerFactory(active=True)
    for number in range(3):
        waiting(f"Merci {number}.")
    for one, other in ((QUEUE + "?", RANKED + "&"), (RANKED + "&", QUEUE + "?")):
        following = moderator.get(f"{one}page_size=1").json()["next"]
        cursor = following.split("cursor=")[1].split("&")[0]
        answer = moderator.get(f"{other}cursor={cursor}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == "cursor"
