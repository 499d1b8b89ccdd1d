"""The author's page at the desk: at a glance, sanctioned, noted, and without scripts."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moderation.author_notes import add_note
from moderation.models import Action, AuthorNote, Sanction
from moderation.sanctions import lift_sanction
from tests.factories import (
    CommenterFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
)
from tests.moderation.desk import ruled
from tests.moderation.desk_pages import fields, page, said
from tests.moderation.sanctioning import GRAVE, sanctioned
from tests.spaces import spaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def author():
    return ReaderFactory(commenter="Nadia Abou Rjeily").commenter


def url(author):
    return reverse("moderation:author", args=[author.pk])


def text_of(tag):
    return spaced(" ".join(tag.text.split()))


def form_of(shown):
    return shown.select_one("form.sanction-form")


def test_each_card_leads_to_its_author(desk, author):
    CommentFactory(author=author, published=True)
    card = page(desk.get("/moderation/?etat=tous")).select_one("[data-card]")
    link = card.select_one(".desk-card-record a")
    assert link["href"] == url(author)
    assert "Nadia Abou Rjeily" in text_of(link)
    assert page(desk.get(url(author))).h1.text == "Nadia Abou Rjeily"


def test_each_card_tells_what_holds_of_its_author(desk, author):
    comment = CommentFactory(author=author, published=True)
    other = CommentFactory(published=True)

    def told(about):
        for path in ("/moderation/?etat=tous", f"/moderation/commentaires/{about.pk}/"):
            card = page(desk.get(path)).select_one(f"#carte-{about.pk}")
            yield [text_of(b) for b in card.select(".desk-card-record .badge")]

    assert list(told(comment)) == [[], []]
    sanctioned(author, "warning")
    lift_sanction(sanctioned(author, "ban"), by=ModeratorFactory(), reason="Erreur.")
    sanctioned(author, "review")
    held = ["relecture des prochains commentaires", "avertissement"]
    assert list(told(comment)) == [held, held]
    assert list(told(other)) == [[], []]


def test_author_at_a_glance(desk, author, moderator):
    def facts():
        shown = page(desk.get(url(author))).select_one(".desk-facts")
        return {text_of(d.dt): text_of(d.dd) for d in shown.select("div")}

    before = facts()
    assert (before["Commentaires"], before["Masqués"]) == ("0", "0")
    assert "Motifs, le dernier d’abord" not in before
    for reason in ("injure", "haine", "injure"):
        ruled(CommentFactory(author=author), Action.HIDE, moderator, reason)
    CommentFactory(author=author, published=True)
    waiting = CommentFactory(author=author)
    ReportFactory(comment=CommentFactory(author=author, published=True))
    twin = CommenterFactory(name="NADIA ABOU RJEILY", name_key=author.name_key)
    CommentFactory(author=twin, published=True)
    after = facts()
    assert after["Commentaires"] == "6"
    assert (after["Parus"], after["En attente"]) == ("2", "1")
    assert after["Masqués"] == "3 (60 % de ce qui est décidé)"
    assert after["Motifs, le dernier d’abord"].startswith("Injure (2), Provocation")
    assert after["Signalements de lecteurs"].endswith("ouverts : 1")
    assert after["Même signature, ou presque"] == "NADIA ABOU RJEILY (importé)"
    assert waiting.author == author


def test_comments_page_by_page(desk, author):
    comments = [CommentFactory(author=author, published=True) for _ in range(12)]
    other = CommentFactory(published=True)
    shown = page(desk.get(url(author)))

    def keys(found):
        return [int(c["id"].split("-")[1]) for c in found.select("[data-card]")]

    first = keys(shown)
    older = shown.select_one(".pager a")["href"]
    second = keys(page(desk.get(url(author) + older.partition("#")[0])))
    assert first + second == [c.pk for c in reversed(comments)]
    assert other.pk not in first + second
    assert desk.get(url(author) + "?avant=hier").status_code == 404


def test_cards_decide_and_come_back(desk, author):
    comment = CommentFactory(author=author)
    card = page(desk.get(url(author))).select_one(f"#carte-{comment.pk}")
    form = card.select_one("form[action$='/decider/']")
    answer = desk.post(form["action"], {**fields(form), "action": "publish"})
    assert answer.url == url(author)
    comment.refresh_from_db()
    assert comment.status == "published"


@pytest.mark.parametrize("kind", Sanction.Kind.values)
def test_sanctioned_after_reading_what_is_sent(
    desk, author, kind, django_capture_on_commit_callbacks
):
    until = timezone.localdate() + timedelta(9)
    form = form_of(page(desk.get(url(author))))
    chosen = {
        "kind": kind,
        "reason": "haine",
        "until": until.isoformat(),
        "comments": "3",
        "message": "Vous avez visé un groupe.",
        "note": "Vu avec la rédaction.",
        "grave": "on",
        "grave_reason": GRAVE,
    }
    confirming = page(desk.post(form["action"], fields(form) | chosen))
    text = text_of(confirming.select_one(".sanction-text"))
    assert "Vous avez visé un groupe." in text
    assert "Vu avec la rédaction." not in text
    assert not author.sanctions.exists()
    again = confirming.select_one("form.desk-batch")
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(again["action"], {**fields(again), "confirmer": "1"})
    sanction = author.sanctions.get()
    assert answer.url == url(author)
    assert (sanction.kind, sanction.reason) == (kind, "haine")
    assert sanction.comments_to_review == (3 if kind == "review" else None)
    [message] = mail.outbox
    assert spaced(" ".join(message.body.split())) == text.replace("…", sanction.puid)
    shown = page(desk.get(url(author)))
    row = shown.select_one(f"#sanction-{sanction.pk}")
    assert "standing" in row["class"]
    assert "Vu avec la rédaction." in text_of(row)


def test_nothing_typed_is_lost_on_the_way(desk, author):
    form = form_of(page(desk.get(url(author))))
    typed = {
        "kind": "suspension",
        "message": "Un message réfléchi.",
        "note": "Une note.",
        "until": "demain",
    }

    def kept(shown):
        found = fields(form_of(shown))
        area = form_of(shown).select_one("[name=message]").text
        assert area.strip() == "Un message réfléchi."
        assert found["note"][0].strip() == "Une note."
        chosen = form_of(shown).select_one("[name=kind][checked]")
        assert chosen["value"] == "suspension"

    wrong = page(desk.post(form["action"], fields(form) | typed), 422)
    kept(wrong)
    assert wrong.select_one("#id_until[aria-invalid=true]")
    assert wrong.select_one("details#sanctionner").has_attr("open")
    typed |= {"until": timezone.localdate().isoformat(), "reason": "injure"}
    unwarned = page(desk.post(form["action"], fields(form) | typed), 422)
    kept(unwarned)
    assert "n’a pas été averti" in text_of(form_of(unwarned))
    typed |= {"grave": "on", "grave_reason": GRAVE}
    confirming = page(desk.post(form["action"], fields(form) | typed))
    again = confirming.select_one("form.desk-batch")
    kept(page(desk.post(again["action"], {**fields(again), "corriger": "1"})))
    assert not author.sanctions.exists()


def test_a_colleague_was_faster(desk, author):
    form = form_of(page(desk.get(url(author))))
    sent = {**fields(form), "kind": "warning", "reason": "injure", "confirmer": "1"}
    sanctioned(author, "warning")
    answer = page(desk.post(form["action"], sent), 409)
    assert "entre-temps" in text_of(form_of(answer))
    assert author.sanctions.count() == 1
    # What is shown now is what the next try has seen
    again = {**fields(form_of(answer)), "kind": "warning", "confirmer": "1"}
    assert desk.post(form["action"], again).status_code == 302
    assert author.sanctions.count() == 2


def test_lifted_with_a_reason(desk, author):
    sanction = sanctioned(author, "ban")
    row = page(desk.get(url(author))).select_one(f"#sanction-{sanction.pk}")
    form = row.select_one("form.author-lift")
    refused = page(desk.post(form["action"], fields(form)), 422)
    assert "Dites pourquoi" in text_of(refused.select_one(f"#sanction-{sanction.pk}"))
    done = desk.post(form["action"], fields(form) | {"reason": "Une erreur."})
    assert "levée" in said(desk.get(done.url))
    row = page(desk.get(url(author))).select_one(f"#sanction-{sanction.pk}")
    assert "Une erreur." in text_of(row)
    assert not row.select_one("form")
    late = desk.post(form["action"], fields(form) | {"reason": "Encore."})
    assert "déjà pris fin" in said(desk.get(late.url))


def test_what_no_database_stores_is_refused(desk, author):
    sanction = sanctioned(author, "warning")
    lift = reverse("moderation:lift_sanction", args=[sanction.pk])
    for address, typed in (
        (lift, {"reason": "une\x00erreur"}),
        (lift, {"reason": "é" * 2001}),
        (f"{url(author)}notes/", {"text": "vu\x00"}),
        (f"{url(author)}sanctionner/", {"kind": "ban", "message": "x\x00"}),
    ):
        shown = page(desk.post(address, typed), 422)
        assert shown.select(".errorlist")
    assert author.sanctions.in_force().get() == sanction
    assert not AuthorNote.objects.exists()


def test_who_has_no_form(desk, author, moderator, client):
    assert form_of(page(desk.get(url(author))))
    printed = page(desk.get(url(CommenterFactory())))
    assert not form_of(printed)
    assert "page importée" in printed.text
    assert not form_of(page(desk.get(url(moderator.commenter))))
    client.force_login(EditorFactory())
    assert not form_of(page(client.get(url(author))))


def test_as_many_queries_for_many(desk, author):
    def grow():
        for _ in range(3):
            comment = CommentFactory(author=author, published=True)
            ReportFactory(comment=comment)
            hidden = CommentFactory(author=author)
            ruled(hidden, Action.HIDE, ModeratorFactory(), "injure")
            sanctioned(author, "warning")
            sanctioned(author, "suspension")
            add_note(author, by=ModeratorFactory(), text="Vu.")
            CommenterFactory(name_key=author.name_key)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(url(author)).status_code == 200
        return len(captured)

    grow()
    queries()  # what is kept from now on
    few = queries()
    grow()
    assert queries() == few
