"""Many comments decided together on the desk, with forms alone."""

import pytest
from bs4 import BeautifulSoup

from comments.models import Comment
from moderation import batch_views
from moderation.batches import run_chunk
from moderation.models import Action, Decision, DecisionBatch
from moderation.services import submit_comment
from tests.factories import EditorFactory, ModeratorFactory, ReaderFactory
from tests.moderation.batch_worlds import (
    MILD,
    batch_on_all,
    counts,
    decided_by,
    statuses,
    waiting,
)
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


@pytest.fixture
def slowly(monkeypatch):
    """Each request does one chunk of two comments."""
    monkeypatch.setattr(
        batch_views, "run_batch", lambda batch, seconds: run_chunk(batch, size=2)
    )


def page(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "lxml")


def fields(form):
    """What a browser would send, but for the button."""
    sent: dict[str, list[str]] = {}
    for field in form.select("input, textarea, select"):
        if field.get("type") == "checkbox" and not field.has_attr("checked"):
            continue
        chosen = (
            field.select_one("option[selected]") if field.name == "select" else None
        )
        value = chosen["value"] if chosen else field.get("value", field.text)
        sent.setdefault(field["name"], []).append(
            "" if field.name == "select" and not chosen else value
        )
    return sent


def boxes(shown, *comments):
    found = {b["value"].split(".")[0]: b for b in shown.select("[data-choice]")}
    assert all(b["form"] == "lot" for b in found.values())
    return [found[str(comment.pk)]["value"] for comment in comments]


def confirmed(desk, form, action, **more):
    """The page of confirmation's form, after a button of the queue's ``form``."""
    data = {**fields(form), "action": action, **more}
    return page(desk.post(form["action"], data)).select_one("form.desk-batch")


def said(response):
    shown = page(response)
    return " ".join(shown.select_one("#annonces").text.split())


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
        ({"choix": "999999..1"}, "Choisissez d’abord"),
        ({"choix": "\u0661.2.3"}, "Choix illisible"),
        ({"tout": "1", "auteur": "personne de ce nom"}, "Choisissez d’abord"),
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


@pytest.mark.usefixtures("slowly")
def test_chunk_by_chunk_to_the_report(desk):
    comments = waiting(5)
    other = ModeratorFactory(first_name="Rana", last_name="Haddad")
    shown = page(desk.get(QUEUE))
    form = confirmed(
        desk, shown.select_one("#lot"), "hide", choix=boxes(shown, *comments)
    )
    answer = desk.post(form["action"], fields(form) | {"reason": "cri"}, follow=True)
    shown = page(answer)
    bar = shown.select_one("progress")
    assert (bar["value"], bar["max"]) == ("2", "5")
    assert statuses(comments) == {"hidden": 2, "pending": 3}
    # Whoever comes by the queue sees that it is not finished
    assert "Un lot de Marie Khoury n’est pas achevé" in page(desk.get(QUEUE)).text

    decided_by(comments[4], other)
    for _ in range(2):
        go_on = shown.select_one("[data-go-on]")
        answer = desk.post(go_on["action"], fields(go_on), follow=True)
        shown = page(answer)
    assert not shown.select("progress, [data-go-on]")
    report = " ".join(shown.select_one("[data-batch]").text.split())
    assert "4 commentaires masqués. Motif : Majuscules" in report
    assert "traité entre-temps : 1" in report
    assert "Rana Haddad : publié" in report
    undo = shown.select_one("form[action$='/annuler/']")
    assert "pas achevé" not in page(desk.get(QUEUE)).text
    shown = page(desk.post(undo["action"], fields(undo), follow=True))
    assert shown.select_one("progress")["max"] == "4"
    go_on = shown.select_one("[data-go-on]")
    answer = desk.post(go_on["action"], fields(go_on), follow=True)
    assert statuses(comments) == {"pending": 4, "published": 1}
    assert "4 commentaires sont comme avant" in page(answer).text
    assert disagreements() == []


@pytest.mark.usefixtures("slowly")
def test_stopped_in_the_middle(desk, moderator):
    comments = waiting(5)
    batch = run_chunk(batch_on_all(moderator), size=2)
    shown = page(desk.get(f"{LOTS}{batch.pk}/"))
    stop = shown.select_one("form[action$='/arreter/']")
    shown = page(desk.post(stop["action"], fields(stop), follow=True))
    assert "3 commentaires n’ont pas été touchés" in shown.text
    assert statuses(comments) == {"hidden": 2, "pending": 3}
    assert not shown.select("[data-go-on]")
    desk.post(f"{LOTS}{batch.pk}/continuer/")
    assert counts(batch)[:2] == ("cancelled", 2)


@pytest.mark.usefixtures("slowly")
def test_scripts_get_the_pieces(desk, moderator):
    waiting(3)
    batch = batch_on_all(moderator)
    answers = [
        desk.post(
            f"{LOTS}{batch.pk}/continuer/", headers={"accept": "application/json"}
        ).json()
        for _ in range(2)
    ]
    assert [(a["unfinished"], a["text"]) for a in answers] == [
        (True, "2 sur 3"),
        (False, "3 commentaires masqués. Motif : Injure."),
    ]
    assert 'value="2" max="3"' in answers[0]["html"]
    assert "Annuler le lot" in answers[1]["html"]


def test_a_batch_is_one_row_of_the_history(desk, moderator):
    (alone,) = waiting(1)
    decided_by(alone, moderator)
    comments = waiting(4)
    answer = desk.post(
        LOTS,
        {
            "action": "hide",
            "reason": "injure",
            "choix": [
                f"{c.pk}.{c.decisions.get().pk}.{c.revision_id}" for c in comments
            ],
        },
    )
    assert answer.status_code == 302
    batch = DecisionBatch.objects.get()
    rows = page(desk.get(HISTORY)).select("li[id^=decision-]")
    assert len(rows) == 2
    told = " ".join(rows[0].text.split())
    assert "Marie Khoury" in told
    assert "4 commentaires masqués. Motif : Injure." in told
    undo = rows[0].select_one("form")
    assert undo["action"] == f"{LOTS}{batch.pk}/annuler/"
    answer = desk.post(undo["action"], fields(undo), follow=True)
    assert answer.redirect_chain == [(HISTORY, 302)]
    assert statuses(comments) == {"pending": 4}
    rows = page(answer).select("li[id^=decision-]")
    assert len(rows) == 2
    assert "annulé par Marie Khoury" in rows[0].text
    assert not rows[0].select("form")
    # Each comment still tells all that happened to it, and in which batch
    shown = page(desk.get(f"/moderation/commentaires/{comments[0].pk}/"))
    links = shown.select(f'ol.desk-decisions a[href="{LOTS}{batch.pk}/"]')
    assert len(links) == 2


def test_one_decision_of_a_batch_undone_alone_has_its_row(desk, moderator):
    comments = waiting(2)
    desk.post(LOTS, {"action": "publish", "tout": "1"})
    decision = comments[1].decisions.first()
    desk.post(f"/moderation/decisions/{decision.pk}/annuler/")
    assert statuses(comments) == {"published": 1, "pending": 1}
    assert len(page(desk.get(HISTORY)).select("li[id^=decision-]")) == 2


def test_already_undone(desk, moderator):
    waiting(2)
    desk.post(LOTS, {"action": "publish", "tout": "1"})
    url = f"{LOTS}{DecisionBatch.objects.get().pk}/annuler/"
    desk.post(url)
    assert "Ce lot est déjà annulé." in said(desk.post(url, follow=True))


def test_editors_read_without_buttons(client, moderator):
    waiting(2)
    batch = run_chunk(batch_on_all(moderator), size=1)
    client.force_login(EditorFactory())
    for url in (QUEUE, f"{LOTS}{batch.pk}/", HISTORY):
        shown = page(client.get(url))
        assert not shown.select("main form[method=post], [data-choice]")
    for step in ("continuer", "arreter", "annuler"):
        assert client.post(f"{LOTS}{batch.pk}/{step}/").status_code == 403


def test_back_to_this_site_only(desk, moderator):
    waiting(1)
    batch = batch_on_all(moderator)
    shown = page(desk.get(f"{LOTS}{batch.pk}/?next=https://ailleurs.example/"))
    assert "ailleurs.example" not in str(shown.select_one("main"))


@pytest.mark.parametrize("rows", [2, 9])
def test_queries_do_not_grow_with_the_rows(
    desk, moderator, rows, django_assert_num_queries
):
    comments = waiting(rows * 2)
    batch = batch_on_all(moderator, Action.PUBLISH)
    for comment in comments[:rows]:
        decided_by(comment, moderator, Action.HIDE)
    desk.post(f"{LOTS}{batch.pk}/continuer/")
    assert counts(batch)[1:3] == (rows, rows)
    with django_assert_num_queries(9):
        shown = page(desk.get(f"{LOTS}{batch.pk}/"))
    assert len(shown.select(".desk-samples li")) == rows
    waiting(rows)
    data = {"action": "hide", "tout": "1"}
    with django_assert_num_queries(10):
        page(desk.post(f"{LOTS}confirmer/", data))
    assert Comment.objects.pending().count() == rows
