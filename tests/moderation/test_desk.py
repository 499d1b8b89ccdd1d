"""Who may open the moderators' desk, what its cards show, filters and pages."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from comments.models import Comment
from moderation.models import Action, Decision, QueueEntry
from moderation.services import decide, submit_comment, undo
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db

RUDE = "Quel <b>connard</b>, ce ministre & ses amis."
QUEUE = "/moderation/"


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def submit(text=RUDE, **kwargs):
    article = kwargs.pop("article", None) or ArticleFactory()
    author = ReaderFactory().commenter
    return submit_comment(article=article, author=author, text=text, **kwargs)


def page(response):
    return BeautifulSoup(response.content, "lxml")


def address(comment):
    return reverse("moderation:decide", args=[comment.pk])


def seen(comment, **fields):
    """What a form sends that was loaded now."""
    latest = comment.decisions.first()
    return {
        "after": latest.pk if latest else "",
        "revision": comment.revision_id,
        **fields,
    }


def hidden_meanwhile(comment):
    return decide(
        comment,
        action=Action.HIDE,
        by=ModeratorFactory(first_name="Paul", last_name="Nader"),
        after=comment.decisions.first().pk,
        revision=comment.revision_id,
        reason="injure",
    )


def status(comment):
    return Comment.objects.get(pk=comment.pk).status


# Who may


def test_each_address_knows_who_may():
    comment = submit()
    decision = comment.decisions.get()
    reading = [
        QUEUE,
        "/moderation/historique/",
        f"/moderation/commentaires/{comment.pk}/",
    ]
    changing = [address(comment), f"/moderation/decisions/{decision.pk}/annuler/"]
    for url in reading + changing:
        answer = Client().post(url) if url in changing else Client().get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/compte/login/?next=/moderation/")
    people = ((ReaderFactory, 403, 403), (EditorFactory, 200, 403))
    for person, may_read, may_change in people:
        client = Client()
        client.force_login(person())
        assert {client.get(url).status_code for url in reading} == {may_read}
        assert {client.post(url).status_code for url in changing} == {may_change}
    assert status(comment) == "pending"
    assert Decision.objects.count() == 1


def test_editors_see_without_buttons(client):
    comment = submit()
    client.force_login(EditorFactory())
    for url in (QUEUE, f"/moderation/commentaires/{comment.pk}/"):
        shown = page(client.get(url))
        assert RUDE in shown.select_one(".desk-text").text
        forms = shown.select("main form[method=post]")  # what only they see changes
        assert [form["action"] for form in forms] == ["/moderation/textes-graves/"]


def test_reading_changes_nothing(desk):
    comment = submit()
    for url in (
        address(comment),
        f"/moderation/decisions/{comment.decisions.get().pk}/annuler/",
    ):
        assert desk.get(url, seen(comment, action="publish")).status_code == 405
        assert desk.head(url).status_code == 405
    assert desk.get(QUEUE, seen(comment, action="publish")).status_code == 200
    assert status(comment) == "pending"


def test_a_decision_needs_its_token(moderator):
    comment = submit()
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    fields = seen(comment, action="publish")
    assert client.post(address(comment), fields).status_code == 403
    assert status(comment) == "pending"
    token = page(client.get(QUEUE)).select_one("[name=csrfmiddlewaretoken]")["value"]
    fields["csrfmiddlewaretoken"] = token
    assert client.post(address(comment), fields).status_code == 302
    assert status(comment) == "published"


def test_no_page_of_the_desk_is_kept(desk):
    assert "no-store" in desk.get(QUEUE)["Cache-Control"]


# What a card shows


def test_card_shows_the_exact_text_and_why(desk):
    article = ArticleFactory(comment_policy="a_posteriori", kicker="À La Une - Budget")
    parent = submit("Premier avis.", article=article)
    comment = submit(article=article, parent=parent)
    response = desk.get(QUEUE)
    card = page(response).select_one(f"#carte-{comment.pk}")
    assert card.select_one(".desk-text").text == RUDE
    flag = comment.revision.flags.get()
    (mark,) = card.select("mark")
    assert (mark.text, mark["data-flags"]) == ("connard", str(flag.pk))
    (told,) = card.select(".desk-flags li")
    assert "insulte, grave" in told.text
    assert flag.explained in told.text
    assert "Premier avis." in card.select_one(".desk-parent").text
    assert comment.author.name in card.h2.text
    assert "À La Une - Budget" in card.text
    assert (
        card.select_one("[data-action=open]")["href"] == f"/commentaires/{comment.pk}/"
    )
    assert card.select_one("[data-action=approve]").text.split() == ["Garder"]
    chosen = card.select_one("select[name=reason] option[selected]")
    assert chosen["value"] == "injure"
    assert len(card.select("select[name=reason] option")) == 38


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ces ministres sont des imbéciles !!!!!!", ["Vise un groupe."]),
        (
            "Tu es un connard. Ces ministres sont des imbéciles !!!!!!",
            [
                "Vise la personne à qui le commentaire parle (1).",
                "Vise un groupe (2).",
            ],
        ),
        ("QUE CELA CESSE ENFIN, CES MENSONGES !!!!!!", []),
    ],
)
def test_card_tells_whom_the_words_hit(desk, text, told):
    comment = submit(text)
    card = page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk}")
    assert card.select(".desk-flags li")
    found = " ".join(p.text for p in card.select(".desk-targets"))
    assert " ".join(found.split()) == " ".join(told)


def test_card_of_a_waiting_comment(desk):
    comment = submit()
    CommentFactory(author=comment.author, hidden=True)
    QueueEntry.objects.update(waiting_since=comment.received_at.replace(year=2020))
    card = page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk}")
    assert card.select_one("[data-action=approve]").text.split() == ["Publier"]
    assert re.search(r"attend depuis \d+.ans?", card.text)
    assert "2 commentaires, 1 masqué" in " ".join(card.text.split())
    assert card.select_one("[data-action=open]")["href"].startswith("/article/")


def test_card_tells_earlier_decisions(desk, moderator):
    comment = submit()
    undo(hidden_meanwhile(comment), by=moderator)
    told = " ".join(page(desk.get(QUEUE)).select_one(".desk-decisions").text.split())
    assert "Paul Nader : masqué, motif : Injure" in told
    assert "Marie Khoury : décision annulée, de nouveau en attente" in told


def test_queries_do_not_grow_with_the_queue(desk, django_assert_num_queries):
    article = ArticleFactory(comment_policy="a_priori")
    parent = submit(article=article)
    for number in range(3):
        submit(f"{RUDE} {number}", article=article, parent=parent)
    desk.get(QUEUE)
    with django_assert_num_queries(25):
        assert len(page(desk.get(QUEUE)).select("[data-card]")) == 4
    for number in range(20):
        submit(f"{RUDE} {number}", article=article, parent=parent)
    with django_assert_num_queries(25):
        assert len(page(desk.get(QUEUE)).select("[data-card]")) == 20


# Filters and pages


def test_filters_live_in_the_address(desk):
    wanted, other = submit(), submit("ASSEZ ! VRAIMENT ASSEZ DE TOUT CELA")
    response = desk.get(QUEUE, {"categorie": "insult", "article": wanted.article_id})
    shown = page(response)
    assert shown.select_one(f"#carte-{wanted.pk}")
    assert not shown.select_one(f"#carte-{other.pk}")
    assert "1 commentaire répond aux filtres." in shown.text
    assert shown.select_one("#id_categorie option[selected]")["value"] == "insult"
    for link in shown.select(".desk-views a")[:3]:
        assert "categorie=insult" in link["href"]
    following = shown.select_one("[name=next]")["value"]
    assert following == f"{QUEUE}?categorie=insult&article={wanted.article_id}"


def test_only_what_waits_can_be_chosen(desk):
    comment = submit()
    ArticleFactory(title="Sans commentaire")
    shown = page(desk.get(QUEUE))
    titles = [option.text for option in shown.select("#id_article option")]
    assert titles == ["tous", f"{comment.article.title} (1)"]
    values = [option["value"] for option in shown.select("#id_categorie option")]
    assert values == ["", "insult"]


def test_a_filter_stays_once_its_last_comment_is_decided(desk):
    comment = submit()
    url = f"{QUEUE}?article={comment.article_id}&regle=lexicon&categorie=insult"
    hidden_meanwhile(comment)
    shown = page(desk.get(url))
    assert "Aucun commentaire ne répond à ces filtres." in shown.text
    assert not shown.select(".desk-filters .errorlist")


@pytest.mark.parametrize(
    "query",
    [
        "article=x",
        "article=-1",
        "article=999999",
        "article=" + "9" * 5000,
        "article=٣",
        "categorie=x",
        "regle=x",
        "regle=%00",
        "gravite=x",
        "etat=x",
        "auteur=%00",
        "auteur=" + "a" * 300,
    ],
)
def test_a_filter_that_means_nothing_is_told_and_ignored(desk, query):
    comment = submit()
    response = desk.get(f"{QUEUE}?{query}")
    assert response.status_code == 200
    shown = page(response)
    assert shown.select_one(f"#carte-{comment.pk}")
    assert len(shown.select(".desk-filters .errorlist li")) == 1


def test_pages_follow_each_other(desk):
    article = ArticleFactory(comment_policy="a_priori")
    comments = [submit(f"{RUDE} {n}", article=article) for n in range(35)]
    first = page(desk.get(QUEUE, {"etat": "attente"}))
    second = page(desk.get(first.select_one("[rel=next]")["href"]))
    shown = [card["id"] for p in (first, second) for card in p.select("[data-card]")]
    assert shown == [f"carte-{c.pk}" for c in comments]
    assert not second.select("[rel=next]")
    counts = first.select_one("[data-count=pending]").text
    assert counts == "35"
