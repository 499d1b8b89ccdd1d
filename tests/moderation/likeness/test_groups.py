"""Groups of comments that wait, through the desk and the API."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation.likeness.groups import card_groups, in_group
from moderation.models import (
    Action,
    Decision,
    DecisionBatch,
    QueueEntry,
    TextBand,
    TextPrint,
)
from moderation.recent import forget
from moderation.services import undo
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.desk import QUEUE, keys, page, ruled, shown
from tests.moderation.desk_pages import confirmed, fields, said
from tests.moderation.likeness.waves import OTHER, WAVE, post, variants
from tests.spaces import spaced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.COMMENTS_PER_MINUTE = 100


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def told(desk, comment):
    """What the card of ``comment`` says of its groups: {sentence: address}."""
    card = page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk}")
    return {" ".join(a.text.split()): a["href"] for a in card.select(".desk-groups a")}


def group_of(comment):
    return QueueEntry.objects.get(pk=comment.pk).likeness


# Nearly the same texts


def test_a_wave_is_told_on_each_card_and_listed_together(desk):
    calm = post(OTHER)
    wave = [post(text) for text in [WAVE, WAVE.upper(), *variants(3)]]
    assert told(desk, calm) == {}
    sentence = "5 commentaires presque identiques en attente"
    found = {tuple(told(desk, comment).items()) for comment in wave}
    assert len(found) == 1
    (((words, address),),) = found
    assert words == sentence
    listed = page(desk.get(address)).select("[data-card]")
    assert [card["id"] for card in listed] == [f"carte-{c.pk}" for c in wave]


def test_the_differences_with_the_first_one_are_shown(desk):
    first, same, other = (post(text) for text in (WAVE, WAVE, variants(1)[0]))
    address = next(iter(told(desk, first).values()))
    listed = page(desk.get(address))
    cards = {c.pk: listed.select_one(f"#carte-{c.pk}") for c in (first, same, other)}
    assert cards[first.pk].select_one(".desk-beside") is None
    assert "Mot pour mot" in cards[same.pk].select_one(".desk-beside").text
    changed = cards[other.pk].select_one(".desk-difference")
    assert "samedi" in changed.select_one("del").text
    assert "vendredi" in changed.select_one("ins").text
    # On whatever page: the first one is not on this one
    second = desk.get(address, {"groupe": address.partition("=")[2], "q": "vendredi"})
    (card,) = page(second).select("[data-card]")
    assert "samedi" in card.select_one("del").text


@pytest.mark.parametrize("text", ["Bravo !", "lol", "Bien dit, merci à vous."])
def test_short_texts_are_together_only_under_one_article_and_from_three_on(desk, text):
    article = ArticleFactory(comment_policy="a_priori")
    here = [post(text, article=article), post(text.upper(), article=article)]
    elsewhere = post(text)
    assert told(desk, here[0]) == told(desk, elsewhere) == {}
    here.append(post(f"{text} …", article=article))
    assert list(told(desk, here[0])) == ["3 commentaires presque identiques en attente"]
    assert told(desk, elsewhere) == {}
    assert group_of(elsewhere) != group_of(here[0])


def test_short_texts_are_never_nearly_the_same():
    article = ArticleFactory(comment_policy="a_priori")
    one, other = (
        post(text, article=article) for text in ("Bravo à vous", "Bravo à nous")
    )
    assert group_of(one) != group_of(other)
    assert not TextBand.objects.exists()


def test_signs_alone_are_in_no_group(desk):
    comments = [post("👍👍👍") for _ in range(3)]
    assert {group_of(comment) for comment in comments} == {None}
    assert told(desk, comments[0]) == {}


def test_a_copy_of_a_copy_is_in_the_group_and_needs_no_bands():
    first, near, copy = (post(t) for t in (WAVE, variants(1)[0], variants(1)[0]))
    assert group_of(first) == group_of(near) == group_of(copy)
    banded = set(TextBand.objects.values_list("text_print", flat=True))
    assert banded == {first.revision_id, near.revision_id}


def test_a_group_lasts_when_its_first_ones_are_decided(moderator):
    first = post()
    key = group_of(first)
    ruled(first, Action.HIDE, moderator, "spam_massif")
    assert group_of(post(variants(1)[0])) == key


def test_what_comes_back_to_the_queue_is_in_its_group_again(moderator):
    first, second = post(), post()
    key = group_of(first)
    ruled(first, Action.PUBLISH, moderator)
    assert not QueueEntry.objects.filter(pk=first.pk).exists()
    undo(Decision.objects.latest("pk"), by=moderator)
    assert group_of(first) == group_of(second) == key


def test_what_readers_report_joins_its_group():
    shown_one = post(WAVE, article=ArticleFactory(comment_policy="a_posteriori"))
    assert not QueueEntry.objects.filter(pk=shown_one.pk).exists()
    waiting = post(variants(1)[0])
    assert TextPrint.objects.get(pk=shown_one.revision_id).likeness is None
    ReportFactory(comment=shown_one)
    assert group_of(shown_one) == group_of(waiting)


def test_the_largest_groups_stand_beside_the_queue(desk):
    for text in [*variants(4), *[OTHER] * 3, "Seul.", "Seuls tous deux, dit-on."]:
        post(text)
    forget()
    listed = page(desk.get(QUEUE)).select("[aria-labelledby=groupes] li")
    counts = [row.select_one(".desk-count").text for row in listed]
    assert counts == ["4", "3"]
    assert len(shown(desk, groupe=listed[1].a["href"].partition("=")[2])) == 3


# Bursts


def test_an_author_who_writes_a_lot_at_once_is_told(desk):
    author = ReaderFactory().commenter
    first = post("Le premier avis.", author=author, ago=60)
    burst = [
        post(t, author=author, ago=a)
        for t, a in (("Un.", 16), ("Deux.", 13), ("Trois.", 10))
    ]
    post("D’un autre.", ago=12)
    assert told(desk, first) == {}
    found = {tuple(told(desk, comment).items()) for comment in burst}
    (((words, address),),) = found
    assert words == "3 commentaires du même auteur en 6 minutes"
    assert shown(desk, groupe=address.partition("=")[2]) == keys(*burst)
    assert not page(desk.get(address)).select(".desk-beside")


def test_two_comments_or_too_long_a_time_are_no_burst(desk):
    author = ReaderFactory().commenter
    for text, ago in (("Un.", 30), ("Deux.", 19), ("Trois.", 8), ("Quatre.", 7)):
        last = post(text, author=author, ago=ago)
    assert told(desk, last) == {}
    third = post("Cinq.", author=author, ago=6)
    assert list(told(desk, third)) == ["3 commentaires du même auteur en 2 minutes"]


def test_in_less_than_a_minute(desk):
    author = ReaderFactory().commenter
    comments = [post(text, author=author) for text in ("Un.", "Deux.", "Trois.")]
    assert list(told(desk, comments[0])) == [
        "3 commentaires du même auteur en moins d’une minute"
    ]


def test_comments_without_a_known_time_are_no_burst(desk):
    author = ReaderFactory().commenter
    for _ in range(3):
        comment = CommentFactory(author=author, created_at=timezone.now())
        type(comment).objects.filter(pk=comment.pk).update(created_at=None)
        comment.refresh_from_db()
        QueueEntry.objects.create(comment=comment, rank=0, waiting_since=timezone.now())
    assert told(desk, comment) == {}


# Deciding


def test_a_group_is_decided_as_it_was_confirmed(desk):
    wave = [post(text) for text in variants(4)]
    calm = post(OTHER)
    address = next(iter(told(desk, wave[0]).values()))
    bar = page(desk.get(address)).select_one(".desk-bulk-all")
    assert "(4 commentaires)" in bar.text
    form = confirmed(desk, bar, "hide")
    late = post(WAVE)
    answer = desk.post(form["action"], {**fields(form), "reason": "spam_massif"})
    assert answer["Location"] == address
    assert "4 commentaires masqués" in said(desk.get(address))
    states = dict(QueueEntry.objects.values_list("pk", "comment__status"))
    assert states == {calm.pk: "pending", late.pk: "pending"}
    batch = DecisionBatch.objects.get()
    assert set(batch.items.values_list("comment", flat=True)) == set(keys(*wave))
    report = page(desk.get(f"/moderation/lots/{batch.pk}/"))
    assert "textes presque identiques" in report.text
    desk.post(f"/moderation/lots/{batch.pk}/annuler/", {"next": address})
    assert set(shown(desk, groupe=address.partition("=")[2])) == set(keys(*wave, late))


def test_a_burst_is_decided_together(desk):
    author = ReaderFactory().commenter
    burst = [post(text, author=author) for text in ("Un.", "Deux.", "Trois.")]
    other = post("D’un autre.")
    address = next(iter(told(desk, burst[0]).values()))
    form = confirmed(
        desk, page(desk.get(address)).select_one(".desk-bulk-all"), "publish"
    )
    assert f"auteur : {author.name}, en dix minutes" in spaced(form.text)
    desk.post(form["action"], fields(form))
    assert list(QueueEntry.objects.values_list("pk", flat=True)) == [other.pk]


def test_one_of_a_group_is_decided_alone(desk):
    wave = [post(text) for text in variants(3)]
    address = next(iter(told(desk, wave[0]).values()))
    card = page(desk.get(address)).select_one(f"#carte-{wave[1].pk}")
    form = card.select_one(".desk-actions form")
    answer = desk.post(form["action"], {**fields(form), "action": "publish"})
    assert answer["Location"].startswith(address)
    assert shown(desk, groupe=address.partition("=")[2]) == keys(wave[0], wave[2])


# Addresses


@pytest.mark.parametrize(
    "key", ["x", "t12", "t" + "0" * 17, "a1", "a-1", "a1-" + "9" * 17, "t0\x00", "é"]
)
def test_an_unknown_group_is_told_and_asks_for_nothing(desk, key):
    comment = post()
    answer = desk.get(QUEUE, {"groupe": key})
    assert page(answer).select_one(".desk-search .errorlist li")
    assert shown(desk, groupe=key) == keys(comment)
    data = {"tout": "1", "groupe": key, "action": "publish"}
    refused = desk.post("/moderation/lots/confirmer/", data)
    assert refused.status_code == 302
    assert not DecisionBatch.objects.exists()


@pytest.mark.parametrize(
    "key", ["t" + "0" * 16, "t" + "f" * 16, "a1-0", "a" + "9" * 18 + "-" + "9" * 16]
)
def test_an_empty_group(desk, key):
    post()
    assert shown(desk, groupe=key) == []
    assert shown(desk, groupe=key, etat="tous") == []


def test_a_group_in_every_state(desk, moderator):
    hidden, waiting = post(), post()
    post(OTHER)
    key = next(iter(told(desk, waiting).values())).partition("=")[2]
    ruled(hidden, Action.HIDE, moderator, "doublon")
    assert shown(desk, groupe=key) == keys(waiting)
    assert shown(desk, groupe=key, etat="tous") == keys(waiting, hidden)
    assert shown(desk, groupe=key, etat="masques") == keys(hidden)


# The API


def test_the_api_tells_groups_and_filters_by_them(client, moderator):
    client.force_login(moderator)
    author = ReaderFactory().commenter
    wave = [post(text, author=author, ago=9 - n) for n, text in enumerate(variants(3))]
    post(OTHER)
    items = client.get("/api/v1/moderation/queue/").json()["results"]
    assert [item["alike"] and item["alike"]["count"] for item in items] == [
        3,
        3,
        3,
        None,
    ]
    burst = items[0]["burst"]
    assert (burst["count"], burst["seconds"]) == (3, 120)
    for group in (items[0]["alike"]["group"], burst["group"]):
        found = client.get("/api/v1/moderation/queue/", {"group": group}).json()
        assert [item["id"] for item in found["results"]] == keys(*wave)
    refused = client.get("/api/v1/moderation/queue/", {"group": "x"})
    assert refused.status_code == 400
    one = client.get(f"/api/v1/moderation/comments/{wave[0].pk}/").json()
    assert one["alike"] == items[0]["alike"]


def test_the_api_decides_a_group(client, moderator):
    client.force_login(moderator)
    wave = [post(text) for text in variants(3)]
    other = post(OTHER)
    group = client.get("/api/v1/moderation/queue/").json()["results"][0]["alike"][
        "group"
    ]
    order = {"action": "publish", "matching": {"group": group, "at_most": 3}}
    made = client.post("/api/v1/moderation/batches/", order, "application/json")
    assert (made.status_code, made.json()["done"]) == (201, len(wave))
    assert list(QueueEntry.objects.values_list("pk", flat=True)) == [other.pk]
    order["matching"]["group"] = "x"
    refused = client.post("/api/v1/moderation/batches/", order, "application/json")
    assert refused.status_code == 400


# What it costs


def test_sizes_cost_two_queries_whatever_their_number(django_assert_num_queries):
    author = ReaderFactory().commenter
    for size in (2, 12):
        for text in variants(size):
            post(text, author=author)
        entries = list(QueueEntry.objects.select_related("comment__revision"))
        with django_assert_num_queries(2):
            assert len(card_groups(entries)) == len(entries)


def test_a_group_is_read_from_its_index(on_postgresql):
    post()
    group = QueueEntry.objects.filter(in_group(f"t{'0' * 16}")).order_by()
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = group.explain()
    assert "queue_alike" in plan or "queue_of_author" in plan


def test_posting_looks_for_its_group_in_few_queries(settings):
    """However large the wave already is."""
    costs = []
    article = ArticleFactory(comment_policy="a_priori")
    for text in [*variants(3), *[WAVE] * 6, variants(1)[0] + " Merci."]:
        author = ReaderFactory().commenter
        with CaptureQueriesContext(connection) as asked:
            post(text, author=author, article=article)
        costs.append(len([q for q in asked if "moderation_text" in q["sql"]]))
    assert max(costs) <= 10, costs
    assert costs[-2] == costs[4], costs


def test_texts_that_waited_long_ago_are_still_compared(moderator):
    first = post(ago=60 * 24 * 30)
    ruled(first, Action.PUBLISH, moderator)
    assert timezone.now() - first.received_at > timedelta(days=29)
    second = post(variants(1)[0])
    prints = TextPrint.objects.in_bulk([first.revision_id, second.revision_id])
    assert len({each.likeness for each in prints.values()}) == 1
