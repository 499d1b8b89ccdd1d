"""Decisions taken at the desk, by its forms and by its script."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from comments.models import Comment
from comments.services import add_revision
from moderation.models import Action
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db

RUDE = "Quel <b>connard</b>, ce ministre & ses amis."
QUEUE = "/moderation/"
JSON = {"Accept": "application/json"}


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


# Deciding without scripts


def test_published_then_undone(desk):
    comment = submit()
    form = page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk} form")
    fields = {i["name"]: i.get("value", "") for i in form.select("input")}
    done = desk.post(form["action"], fields | {"action": "publish"}, follow=True)
    assert done.redirect_chain == [(QUEUE, 302)]
    assert status(comment) == "published"
    said = page(done).select_one("[role=status]")
    assert f"Commentaire de {comment.author.name} publié." in said.text
    form = said.select_one("form")
    assert form.button.text.split() == ["Annuler"]
    undone = desk.post(form["action"], {"next": QUEUE}, follow=True)
    assert status(comment) == "pending"
    assert "Décision annulée" in page(undone).select_one("[role=status]").text
    assert page(undone).select_one(f"#carte-{comment.pk}")


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "haine", "note": "Provocation."},
        {"quick_reason": "haine", "reason": "injure", "note": "Provocation."},
    ],
)
def test_hidden_with_a_reason(desk, moderator, fields):
    comment = submit()
    done = desk.post(
        address(comment), seen(comment, action="hide", **fields), follow=True
    )
    assert status(comment) == "hidden"
    decision = comment.decisions.first()
    assert (decision.reason, decision.note) == ("haine", "Provocation.")
    assert (decision.moderator, decision.revision) == (moderator, comment.revision)
    assert "Motif\u00a0: Provocation à la haine" in page(done).text


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "", "note": "Ce que j’ai tapé."},
        {"reason": "inconnu", "note": "Ce que j’ai tapé."},
        {"reason": "autre", "note": "Ce que j’ai tapé."},
    ],
)
def test_a_refused_form_comes_back_with_what_was_typed(desk, fields):
    comment = submit()
    answer = desk.post(address(comment), seen(comment, action="hide", **fields))
    assert answer.status_code == 422
    shown = page(answer)
    assert shown.select_one("details[open] .errorlist")
    assert shown.select_one("textarea").text == "Ce que j’ai tapé."
    assert status(comment) == "pending"


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "delete"},
        {"action": ""},
        {"action": "publish", "revision": "x"},
        {"action": "publish", "after": "x"},
        {"action": ["publish", "x"]},
        {"action": "hide", "reason": "injure", "note": "x" * 3000},
        {"action": "hide", "reason": "injure", "note": "a\x00b"},
    ],
)
def test_a_form_that_means_nothing_changes_nothing(desk, fields):
    comment = submit()
    assert desk.post(address(comment), seen(comment) | fields).status_code == 422
    assert status(comment) == "pending"


def test_fields_that_no_form_has_change_nothing(desk, moderator):
    comment = submit()
    forged = {"moderator": 1, "status_after": "hidden", "created_at": "2001-01-01"}
    desk.post(address(comment), seen(comment, action="publish", **forged))
    decision = comment.decisions.first()
    assert (decision.moderator, decision.status_after) == (moderator, "published")
    assert decision.created_at.year > 2001


def test_what_another_moderator_did_is_told_not_overwritten(desk):
    comment = submit()
    fields = seen(comment, action="publish")
    first = hidden_meanwhile(comment)
    answer = desk.post(address(comment), fields)
    assert answer.status_code == 409
    told = " ".join(page(answer).select_one(".notice-error").text.split())
    assert "Votre décision n’a pas été enregistrée." in told
    assert "Paul Nader : masqué, motif : Injure" in told
    assert status(comment) == "hidden"
    assert comment.decisions.first() == first


def test_a_text_changed_meanwhile_is_not_approved(desk):
    comment = submit()
    fields = seen(comment, action="publish")
    add_revision(comment, "Un texte que personne n’a vu.")
    answer = desk.post(address(comment), fields)
    assert answer.status_code == 409
    assert "L’auteur a modifié ce commentaire" in page(answer).text
    assert "Un texte que personne n’a vu." in page(answer).select_one(".desk-text").text
    assert status(comment) == "pending"


@pytest.mark.parametrize(
    "wanted", ["https://ailleurs.example/", "//ailleurs.example", ""]
)
def test_never_sent_to_another_site(desk, wanted):
    comment = submit()
    fields = seen(comment, action="publish", next=wanted)
    assert desk.post(address(comment), fields)["Location"] == QUEUE


def test_unknown_comments_and_decisions(desk):
    for url in ("commentaires/99999/decider/", "decisions/99999/annuler/"):
        assert desk.post(QUEUE + url).status_code == 404
    assert desk.get(f"{QUEUE}commentaires/{10**30}/").status_code == 404


# The same for the desk's script


def test_script_gets_the_pieces(desk):
    comment = submit()
    answer = desk.post(address(comment), seen(comment, action="publish"), headers=JSON)
    pieces = answer.json()
    assert answer.status_code == 200
    assert pieces["comment"] == comment.pk
    assert pieces["counts"] == {"pending": "0", "flagged": "0", "reported": "0"}
    assert "publié" in pieces["notice"]
    assert "data-done" in pieces["card"]
    undone = f"/moderation/decisions/{comment.decisions.first().pk}/annuler/"
    assert undone in pieces["notice"]
    pieces = desk.post(undone, headers=JSON).json()
    assert pieces["counts"] == {"pending": "1", "flagged": "0", "reported": "0"}
    assert "data-card" in pieces["card"]
    assert not page(desk.get(QUEUE)).select(".desk-notice")  # nothing is told twice


def test_script_is_told_of_a_conflict_and_of_errors(desk):
    comment = submit()
    fields = seen(comment, action="publish")
    answer = desk.post(address(comment), seen(comment, action="hide"), headers=JSON)
    assert answer.status_code == 422
    assert "Choisissez un motif" in answer.json()["notice"]
    hidden_meanwhile(comment)
    answer = desk.post(address(comment), fields, headers=JSON)
    assert answer.status_code == 409
    assert "Paul Nader" in answer.json()["card"]
