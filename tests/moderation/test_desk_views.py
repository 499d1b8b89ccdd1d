"""The desk's search, its views and their counts, and what its page costs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import number_format

from articles.models import Article
from comments.models import Comment
from moderation import waiting
from moderation.models import Action, QueueEntry
from moderation.recent import forget
from moderation.services import submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.desk import QUEUE, keys, page, ruled, shown, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


# Search


def test_search_finds_what_readers_never_find(desk):
    texts = {
        status: CommentFactory(text=f"Un coquelicot {status}.", status=status)
        for status in ("pending", "published", "hidden", "deleted")
    }
    QueueEntry.objects.create(
        comment=texts["pending"], rank=0, waiting_since=timezone.now()
    )
    CommentFactory(text="Une pivoine.", hidden=True)
    found = shown(desk, q="coquelicots", etat="tous")
    assert set(found) == {c.pk for s, c in texts.items() if s != "deleted"}
    assert shown(desk, q="coquelicots") == keys(texts["pending"])
    assert shown(desk, q="coquelicot", etat="masques") == keys(texts["hidden"])
    public = Client().get("/recherche/", {"q": "coquelicot"}).content.decode()
    assert "</mark> published" in public
    for status in ("pending", "hidden", "deleted"):
        assert f"</mark> {status}" not in public


def test_search_by_words_and_phrases(desk):
    wanted = CommentFactory(text="Qui va payer la dette de l’État ?", hidden=True)
    CommentFactory(text="La dette, il faut la payer un jour.", hidden=True)
    assert len(shown(desk, q="payer dette", etat="tous")) == 2
    assert shown(desk, q="« payer la dette »", etat="tous") == keys(wanted)
    assert shown(desk, q="payer inconnu", etat="tous") == []
    assert len(shown(desk, q="!?", etat="tous")) == 2


def test_the_text_of_today_is_searched(desk, moderator):
    article = ArticleFactory(comment_policy="a_priori")
    comment = submit_comment(
        article=article, author=ReaderFactory().commenter, text="Un coquelicot."
    )
    assert shown(desk, q="coquelicot") == keys(comment)
    ruled(comment, Action.HIDE, moderator, "injure")
    assert shown(desk, q="coquelicot") == []
    assert shown(desk, q="coquelicot", etat="masques") == keys(comment)


# What the page tells


def test_views_and_their_counts(desk, moderator):
    wait()
    ReportFactory(comment=wait(rank=QueueEntry.Rank.FLAGGED))
    CommentFactory(published=True)
    ruled(wait(), Action.HIDE, moderator, "injure")
    CommentFactory(status="deleted")
    seen = page(desk.get(QUEUE))
    counts = {c["data-count"]: c.text for c in seen.select("[data-count]")}
    assert counts == {
        "pending": "1",
        "flagged": "1",
        "reported": "1",
        "mine": "1",
        "appeals": "0",
        "all": "4",
    }
    assert seen.select_one(".desk-views [aria-current]").text == "Toute la file"
    for link in seen.select(".desk-views a")[:6]:
        here = page(desk.get(link["href"]))
        (current,) = here.select(".desk-views [aria-current=page]")
        assert current.text == link.text
        count = link.select_one("[data-count]")
        assert len(here.select("[data-card]")) == int(count.text if count else 2)


def test_large_counts_are_bounded(desk, moderator, monkeypatch):
    monkeypatch.setattr(waiting, "COUNTED", 2)
    monkeypatch.setattr(waiting, "COUNTED_IN_TEXTS", 1)
    monkeypatch.setattr(waiting, "COUNTED_LIVE", 2)
    for _ in range(4):
        ruled(wait(), Action.HOLD, moderator)
    seen = page(desk.get(QUEUE, {"nouveaux": 1}))
    assert "2+ commentaires répondent aux filtres." in seen.text
    counts = {c["data-count"]: c.text for c in seen.select("[data-count]")}
    assert counts == {
        "pending": "4",
        "flagged": "0",
        "reported": "0",
        "mine": "2+",
        "appeals": "0",
        "all": "4",
    }
    assert "1+ commentaire répond" in page(desk.get(QUEUE, {"q": "avis"})).text


def test_choices_tell_how_many_wait(desk):
    wait(flags=[("insult", "high", "lexicon"), ("insult", "low", "lexicon")])
    comment = wait(flags=[("insult", "high", "lexicon")])
    seen = page(desk.get(QUEUE))

    def options(name):
        return [o.text for o in seen.select(f"#id_{name} option")][1:]

    assert options("categorie") == ["insulte (2)"]
    assert options("gravite") == ["faible (1)", "grave (2)"]
    assert f"{comment.article.section.name} (1)" in options("rubrique")
    assert options("par") == ["moi", "Marie Khoury"]


def test_filters_are_folded_but_counted(desk):
    wait()
    seen = page(desk.get(QUEUE, {"q": "avis", "nouveaux": 3}))
    assert seen.select_one("#filtres .desk-count").text == "2"
    assert not seen.select_one(".desk-fold").has_attr("open")
    assert seen.select_one("#id_q")["value"] == "avis"
    refused = page(desk.get(QUEUE, {"nouveaux": "x"}))
    assert refused.select_one(".desk-fold").has_attr("open")
    assert len(refused.select(".desk-filters .errorlist li")) == 1


def test_pages_of_every_comment_follow_each_other(desk):
    same = timezone.now() - timedelta(days=1)
    made = [CommentFactory(hidden=True, received_at=same).pk for _ in range(60)]
    seen, url = [], f"{QUEUE}?etat=masques"
    while url:
        here = page(desk.get(url))
        seen += [
            int(c["id"].removeprefix("carte-")) for c in here.select("[data-card]")
        ]
        following = here.select_one("[rel=next]")
        url = following["href"] if following else ""
    assert seen == sorted(made, reverse=True)
    assert shown(desk, etat="masques", apres="x") == seen[:20]


def test_a_decision_brings_back_to_the_same_filters(desk, moderator):
    comment = CommentFactory(text="Un coquelicot.", hidden=True)
    seen = page(desk.get(QUEUE, {"q": "coquelicot", "etat": "tous"}))
    form = seen.select_one(f"#carte-{comment.pk} form")
    fields = {i["name"]: i.get("value", "") for i in form.select("input")}
    assert fields["next"] == f"{QUEUE}?q=coquelicot&etat=tous"
    answer = desk.post(form["action"], {**fields, "action": "publish"})
    assert answer["Location"] == fields["next"]
    assert Comment.objects.get(pk=comment.pk).status == "published"


# What it costs

FILTERED = [
    {},
    {"etat": "attente", "categorie": "insult", "gravite": "high", "regle": "lexicon"},
    {"article": "1", "rubrique": "1", "auteur": "s", "nouveaux": "9", "lien": "on"},
    {"q": "avis", "par": "moi", "depuis": "2020-01-01T00:00"},
    {"etat": "tous", "q": "avis"},
    {"etat": "tous", "par": "moi"},
    {"etat": "masques", "categorie": "insult"},
]


@pytest.mark.parametrize("query", FILTERED, ids=str)
@pytest.mark.parametrize("warm", [True, False], ids=["warm", "cold"])
def test_queries_are_as_many_whatever_is_found(
    desk, moderator, query, warm, django_assert_max_num_queries
):
    article = Article.objects.first() or ArticleFactory()
    query = query | ({"article": article.pk} if "article" in query else {})
    query |= {"rubrique": article.section_id} if "rubrique" in query else {}

    def grow(count):
        for number in range(count):
            flags = [("insult", "high", "lexicon")]
            text = f"Un avis sur https://exemple.org/{number}"
            held = ruled(
                wait(article=article, flags=flags, text=text), Action.HOLD, moderator
            )
            hidden = wait(article=article, flags=flags, text=text, parent=held)
            ruled(hidden, Action.HIDE, moderator, "injure")

    def cost():
        if not warm:
            forget()
        with django_assert_max_num_queries(100) as asked:
            cards = len(page(desk.get(QUEUE, query)).select("[data-card]"))
        assert cards
        return cards, len(asked)

    grow(2)
    desk.get(QUEUE, query)
    few, before = cost()
    grow(4)
    many, after = cost()
    assert many > few
    assert after == before <= (27 if warm else 41)


def test_numbers_are_written_as_people_read_them(desk, monkeypatch):
    monkeypatch.setattr(waiting, "_not_deleted", lambda: 1_000_000)
    seen = page(desk.get(QUEUE)).select_one("[data-count=all]").text
    assert seen == number_format(1_000_000, force_grouping=True)
    assert seen != "1000000"
