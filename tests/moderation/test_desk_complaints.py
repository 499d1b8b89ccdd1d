"""« Contestations »: authors' and reporters' together, one reporter's with both sides."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from comments.models import Comment
from moderation.models import Complaint
from tests.factories import (
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)
from tests.moderation.complaining import complained, replied
from tests.moderation.contesting import contested, take
from tests.moderation.desk import page

pytestmark = pytest.mark.django_db
LIST = "/moderation/contestations/"


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def address(complaint):
    return reverse("moderation:complaint", args=[complaint.pk])


def sent(shown, outcome, **changes):
    button = shown.find("button", {"name": "outcome", "value": outcome})
    form = button.find_parent("form")
    fields = {
        field["name"]: field.get("value", field.text)
        for field in form.select("input[name], textarea[name]")
    }
    chosen = form.select_one("select option[selected]")
    if chosen:
        fields["reason"] = chosen["value"]
    return form["action"], {**fields, "outcome": outcome, **changes}


def rows(shown):
    return [row["id"] for row in shown.select(".desk-history > li[id]")]


def test_both_kinds_in_one_list_oldest_first(desk, monkeypatch):
    first = contested(text="Un.")
    second = complained(kind="menace")
    third = contested(text="Trois.")
    own = complained(by=ModeratorFactory())
    shown = page(desk.get(LIST))
    assert rows(shown) == [
        f"contestation-{first.pk}",
        f"contestation-lecteur-{second.pk}",
        f"contestation-{third.pk}",
        f"contestation-lecteur-{own.pk}",
    ]
    kinds = [
        row.select_one(".badge").text for row in shown.select(".desk-history > li")
    ]
    assert kinds == ["auteur", "lecteur", "auteur", "lecteur"]
    assert "Menace" in shown.text
    assert shown.select_one("[aria-current] .desk-count").text == "4"
    monkeypatch.setattr("moderation.appeal_views.PAGE_SIZE", 1)
    seen, url = [], LIST
    while url:
        shown = page(desk.get(url))
        seen += rows(shown)
        following = shown.select_one('a[rel="next"]')
        url = following and following["href"]
    assert len(seen) == len(set(seen)) == 4


def test_closed_ones_the_latest_first(desk):
    complaints = [complained() for _each in range(2)]
    for each in complaints:
        replied(each, "kept")
    shown = page(desk.get(LIST, {"vue": "closes"}))
    assert rows(shown) == [f"contestation-lecteur-{c.pk}" for c in reversed(complaints)]
    assert rows(page(desk.get(LIST))) == []


@pytest.mark.parametrize("after", ["x", "1-", "99999999999999999999", "-1", "1-2-3"])
def test_a_bad_cursor_is_the_beginning(desk, after):
    complaint = complained()
    shown = page(desk.get(LIST, {"apres": after}))
    assert rows(shown) == [f"contestation-lecteur-{complaint.pk}"]


def test_it_costs_the_same_however_many(desk, django_assert_max_num_queries):
    for make in (complained, contested):
        make()
    with django_assert_max_num_queries(60) as few:
        desk.get(LIST)
    for make in (complained, contested) * 3:
        make()
    with django_assert_max_num_queries(len(few)):
        desk.get(LIST)


def test_both_sides_and_never_who_reported(desk):
    author = ReaderFactory()
    comment = CommentFactory(
        author=author.commenter, published=True, text="Un texte discuté."
    )
    complaint = complained(
        comment=comment,
        explanation="Il insulte ma sœur.",
        argument="Vous n’avez pas lu.",
        name="Hortense Delamarre",
    )
    shown = page(desk.get(address(complaint))).text
    for words in ("Un texte discuté.", "Il insulte ma sœur.", "Vous n’avez pas lu."):
        assert words in shown
    assert "Hortense" not in shown
    assert complaint.report.email not in shown


def test_hidden_after_all_with_the_reason_that_the_report_names(desk):
    complaint = complained(kind="menace")
    action, fields = sent(page(desk.get(address(complaint))), "hidden")
    assert fields["reason"] == "menace"
    answer = desk.post(action, fields, follow=True)
    assert "Commentaire masqué." in answer.content.decode()
    comment = Comment.objects.get(pk=complaint.report.comment_id)
    assert comment.status == Comment.Status.HIDDEN
    complaint.refresh_from_db()
    assert complaint.reasoning.startswith("Nous avons relu le commentaire")


def test_kept_with_an_answer(desk):
    complaint = complained()
    action, fields = sent(
        page(desk.get(address(complaint))), "kept", reasoning="Voici."
    )
    desk.post(action, fields)
    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.reasoning) == ("kept", "Voici.")
    assert "Voici." in page(desk.get(address(complaint))).text


@pytest.mark.parametrize(
    ("outcome", "changes"),
    [
        ("kept", {"reasoning": ""}),
        ("hidden", {"reason": ""}),
        ("hidden", {"reason": "inconnu"}),
        ("hidden", {"reason": "autre", "note": "court"}),
        ("kept", {"reasoning": "x" * 2001}),
        ("kept", {"revision": ""}),
        ("autre", {}),
    ],
)
def test_what_is_refused_keeps_what_was_typed(desk, outcome, changes):
    complaint = complained()
    shown = page(desk.get(address(complaint)))
    action, fields = sent(shown, "hidden" if outcome != "kept" else "kept")
    fields = {**fields, "reasoning": "Mes mots à moi.", "outcome": outcome, **changes}
    answer = desk.post(action, fields)
    assert answer.status_code == 422
    shown = BeautifulSoup(answer.content, "lxml")
    assert shown.select_one(".errorlist, .notice-error") or "revision" in changes
    if "reasoning" not in changes and outcome != "autre":
        assert "Mes mots à moi." in shown.text
    complaint.refresh_from_db()
    assert complaint.state == "open"


def test_a_stale_view_and_an_own_decision(desk, moderator):
    complaint = complained()
    action, fields = sent(page(desk.get(address(complaint))), "kept")
    take(complaint.report.comment, "hide")
    answer = desk.post(action, fields)
    assert answer.status_code == 409
    own = complained(by=moderator)
    shown = page(desk.get(address(own)))
    assert not shown.select("button[name=outcome]")
    assert "un autre modérateur doit répondre" in shown.text
    fields["revision"] = own.report.comment.revision_id
    answer = desk.post(reverse("moderation:answer_complaint", args=[own.pk]), fields)
    assert answer.status_code == 403
    assert Complaint.objects.get(pk=own.pk).state == "open"


def test_editors_read_it_only(client):
    client.force_login(EditorFactory())
    shown = page(client.get(address(complained())))
    assert not shown.select("button[name=outcome]")
