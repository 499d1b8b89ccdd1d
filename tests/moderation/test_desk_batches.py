"""Many comments decided together on the desk, with forms alone."""

import pytest

from moderation.models import Action, Decision, DecisionBatch
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.batch_worlds import (
    MILD,
    RUDE,
    decided_by,
    statuses,
    waiting,
)
from tests.moderation.desk_pages import boxes, confirmed, fields, page, said
from tests.moderation.ledger import disagreements

pytestmark = pytest.mark.django_db

QUEUE, LOTS, HISTORY = "/moderation/", "/moderation/lots/", "/moderation/historique/"


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Marie", last_name="Khoury")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def test_chosen_ones_are_hidden_and_can_be_undone_from_the_word_on_it(desk):
    first, second, other = comments = waiting(3)
    shown = page(desk.get(QUEUE))
    form = confirmed(
        desk, shown.select_one("#lot"), "hide", choix=boxes(shown, first, second)
    )
    assert form.find_parent().select_one("h1").text == "Masquer 2 commentaires"
    assert statuses(comments) == {"pending": 3}
    samples = form.find_parent().select(".desk-samples .desk-excerpt")
    assert [s.text for s in samples] == [first.revision.text, second.revision.text]
    assert other.revision.text not in form.find_parent().text

    data = {**fields(form), "reason": "injure", "note": "Ensemble."}
    answer = desk.post(form["action"], data, follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert "2 commentaires masqués. Motif : Injure." in said(answer)
    assert statuses(comments) == {"hidden": 2, "pending": 1}
    undo = page(answer).select_one("#annonces form")
    answer = desk.post(undo["action"], fields(undo), follow=True)
    assert "Lot annulé : 2 commentaires sont comme avant." in said(answer)
    assert not page(answer).select("#annonces form")
    assert statuses(comments) == {"pending": 3}
    assert disagreements() == []


def test_the_whole_page_is_chosen_without_scripts(desk):
    comments = waiting(3)
    shown = page(desk.get(QUEUE))
    assert not shown.select("[data-choice][checked]")
    shown = page(desk.get(shown.select_one("[data-choose-all]")["href"]))
    ticked = [box["value"] for box in shown.select("[data-choice][checked]")]
    assert ticked == boxes(shown, *comments)
    none = shown.select_one("[data-choose-all]")
    assert none.text == "Ne rien choisir"
    assert not page(desk.get(none["href"])).select("[data-choice][checked]")


def test_everything_that_matches_the_filters(desk):
    rude, mild = waiting(3), waiting(2, MILD)
    shown = page(desk.get(QUEUE, {"categorie": "insulte"}))
    assert "Toute la file (5 commentaires)" in shown.select_one("#titre-tout").text
    shown = page(desk.get(QUEUE, {"categorie": "insult"}))
    bar = shown.select_one(".desk-bulk-all")
    assert "(3 commentaires)" in bar.text
    form = confirmed(desk, bar, "publish")
    told = " ".join(form.text.split())
    assert "(catégorie : insulte)" in told
    # Arrives after the page of confirmation: not taken, though it matches
    late = submit_comment(
        article=rude[0].article, author=ReaderFactory().commenter, text="Connard."
    )
    answer = desk.post(form["action"], fields(form), follow=True)
    assert answer.redirect_chain == [(f"{QUEUE}?categorie=insult", 302)]
    assert "3 commentaires publiés ou gardés." in said(answer)
    assert statuses(rude) == {"published": 3}
    assert statuses([*mild, late]) == {"pending": 3}
    assert disagreements() == []


def test_more_than_confirmed_asks_again(desk):
    comments = waiting(3)
    form = confirmed(
        desk, page(desk.get(QUEUE)).select_one(".desk-bulk-all"), "publish"
    )
    data = fields(form) | {"nombre": "2"}
    again = page(desk.post(form["action"], data), 409).select_one("form.desk-batch")
    assert (
        "3 commentaires répondent maintenant" in again.select_one("[role=alert]").text
    )
    assert not DecisionBatch.objects.exists()
    desk.post(again["action"], fields(again))
    assert statuses(comments) == {"published": 3}


def test_a_filter_that_is_not_understood_does_not_widen(desk):
    comments = waiting(2)
    for asked in ({"categorie": "rien"}, {"article": "x"}, {"etat": "tout"}):
        data = {"tout": "1", "action": "publish", **asked}
        assert "Filtres inconnus" in said(
            desk.post(f"{LOTS}confirmer/", data, follow=True)
        )
        assert "Filtres inconnus" in said(desk.post(LOTS, data, follow=True))
    assert statuses(comments) == {"pending": 2}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Choisissez d’abord"),
        ({"choix": "x"}, "Choix illisible"),
        ({"choix": ["1.2.3", "1.2"]}, "Choix illisible"),
        ({"choix": "9.9.9", "action": "effacer"}, "Choisissez d’abord"),
        ({"choix": "999999..1"}, "plus rien à décider"),
        ({"choix": "\u0661.2.3"}, "Choix illisible"),
        ({"tout": "1", "auteur": "personne de ce nom"}, "plus rien à décider"),
        ({"tout": "1", "jusque": "-1"}, "Choisissez d’abord"),
        ({"tout": "1", "jusque": "9" * 40}, "Choisissez d’abord"),
    ],
)
def test_nothing_to_decide(desk, data, told):
    comments = waiting(1)
    data = {"action": "publish", **data}
    assert told in said(desk.post(f"{LOTS}confirmer/", data, follow=True))
    desk.post(LOTS, data)
    assert statuses(comments) == {"pending": 1}
    assert not Decision.objects.filter(moderator__isnull=False).exists()


@pytest.mark.parametrize(
    ("reason", "note", "told"),
    [
        ("", "", "Choisissez un motif"),
        ("inconnu", "", "inconnu"),
        ("autre", "court", "20 caractères"),
        ("injure", "x" * 2001, "2000"),
    ],
)
def test_the_form_again_with_what_was_typed(desk, reason, note, told):
    comments = waiting(2)
    shown = page(desk.get(QUEUE))
    form = confirmed(
        desk, shown.select_one("#lot"), "hide", choix=boxes(shown, *comments)
    )
    data = fields(form) | {"reason": reason, "note": note}
    again = page(desk.post(form["action"], data), 422).select_one("form.desk-batch")
    assert told in again.select_one(".errorlist").text
    assert again.select_one("textarea").text == note
    assert statuses(comments) == {"pending": 2}
    desk.post(again["action"], fields(again) | {"reason": "injure", "note": ""})
    assert statuses(comments) == {"hidden": 2}


def test_what_becomes_of_each_is_said_before(desk, moderator):
    pending = waiting(2)
    article = ArticleFactory(comment_policy="a_posteriori")
    shown = [
        submit_comment(article=article, author=ReaderFactory().commenter, text=RUDE)
        for _ in range(2)
    ]
    (hidden,) = waiting(1)
    decided_by(hidden, moderator, Action.HIDE)

    def title(*comments, **query):
        found = page(desk.get(QUEUE, query))
        choice = boxes(found, *comments)
        form = confirmed(desk, found.select_one("#lot"), "publish", choix=choice)
        button = form.select_one("button[type=submit]").text
        assert form.find_parent().select_one("h1").text == button
        return button

    assert title(*pending) == "Publier 2 commentaires"
    assert title(shown[0]) == "Garder 1 commentaire"
    assert title(*pending, shown[0]) == "Publier 2 commentaires, garder 1 commentaire"
    assert title(pending[0], shown[0], hidden, etat="tous") == (
        "Publier 1 commentaire, garder 1 commentaire, rétablir 1 commentaire"
    )
    everything = page(desk.get(QUEUE)).select_one(".desk-bulk-all")
    form = confirmed(desk, everything, "publish")
    assert form.select_one("button[type=submit]").text == (
        "Publier 2 commentaires, garder 2 commentaires"
    )
    assert form.select_one("[name=nombre]")["value"] == "4"


def test_without_scripts_the_bar_says_what_the_view_holds(desk):
    waiting(1)
    article = ArticleFactory(comment_policy="a_posteriori")
    submit_comment(article=article, author=ReaderFactory().commenter, text=RUDE)

    def names(**query):
        found = page(desk.get(QUEUE, query))
        return [b.text for b in found.select(".desk-bulk button[value=publish]")]

    assert names() == ["Publier ou garder…", "Tout publier ou garder…"]
    assert names(etat="attente") == ["Publier…", "Tout publier…"]
    assert names(etat="signales") == ["Garder…", "Tout garder…"]
    assert names(etat="tous") == ["Publier, garder ou rétablir…"]
