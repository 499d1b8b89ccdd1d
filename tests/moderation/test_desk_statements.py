"""The desk shows moderators what the author of a hidden comment will read, and reads."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from moderation.models import Action, StatementOfReasons
from moderation.reason_details import message_of
from moderation.reasons import ReasonCode
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db

RUDE = "Quel connard, ce ministre."
QUEUE = "/moderation/"
INJURE = message_of("injure", "fr")


@pytest.fixture
def desk(client):
    client.force_login(ModeratorFactory())
    return client


def submit(text=RUDE, **article):
    author = ReaderFactory().commenter
    return submit_comment(article=ArticleFactory(**article), author=author, text=text)


def page(response):
    return BeautifulSoup(response.content, "lxml")


def hide(desk, comment, **fields):
    fields = {
        "action": "hide",
        "after": comment.decisions.first().pk,
        "revision": comment.revision_id,
        **fields,
    }
    return desk.post(reverse("moderation:decide", args=[comment.pk]), fields)


def stated(comment):
    return StatementOfReasons.objects.get(comment=comment)


def test_form_shows_the_message_of_the_suggested_reason(desk):
    comment = submit()
    card = page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk}")
    field = card.select_one("textarea[name=message]")
    assert field.text.strip() == INJURE
    assert card.select_one(f"label[for={field['id']}]")
    help_text = card.select_one(f"#{field['aria-describedby']}")
    assert "comment contester" in help_text.text
    assert field.find_parent("details").find("summary").text == "Ce que l’auteur lira"


def test_form_without_a_suggestion_is_empty(desk):
    comment = submit("Un avis mesuré.", comment_policy="a_priori")
    card = page(desk.get(QUEUE)).select_one(f"#carte-{comment.pk}")
    assert card.select_one("textarea[name=message]").text.strip() == ""


def test_each_message_can_be_read(desk, client):
    comment = submit()
    for address in (QUEUE, reverse("moderation:comment", args=[comment.pk])):
        shown = page(desk.get(address)).select("#messages [data-message]")
        assert {each["data-message"]: each.text for each in shown} == {
            code: message_of(code, "fr") for code in ReasonCode.values
        }
    client.force_login(EditorFactory())
    assert not page(client.get(QUEUE)).select("#messages, textarea[name=message]")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "injure", "message": INJURE}, INJURE),
        ({"reason": "cri", "message": INJURE}, message_of("cri", "fr")),
        ({"quick_reason": "haine", "message": INJURE}, message_of("haine", "fr")),
        ({"reason": "cri", "message": "  "}, message_of("cri", "fr")),
        ({"reason": "cri"}, message_of("cri", "fr")),
        ({"reason": "cri", "message": f"{INJURE} Merci."}, f"{INJURE} Merci."),
    ],
)
def test_sent_unchanged_the_message_is_that_of_the_chosen_reason(desk, fields, said):
    comment = submit()
    assert hide(desk, comment, **fields).status_code == 302
    assert stated(comment).message_fr == said


def test_too_long_a_message_comes_back_with_all_that_was_typed(desk):
    comment = submit()
    typed = "Trop long. " * 200
    response = hide(desk, comment, reason="cri", note="ma note", message=typed)
    assert response.status_code == 422
    assert not StatementOfReasons.objects.exists()
    form = page(response).select_one(".desk-hide-form")
    field = form.select_one("textarea[name=message]")
    assert field.text.strip() == typed.strip()
    assert field["aria-invalid"] == "true"
    assert field.find_parent("details").has_attr("open")
    assert form.select_one("textarea[name=note]").text == "ma note"


def test_comment_page_shows_what_the_author_reads(desk, django_assert_num_queries):
    comment = submit()
    address = reverse("moderation:comment", args=[comment.pk])
    assert not page(desk.get(address)).select(".statement")
    hide(desk, comment, reason="injure", message="Sans ce mot, il paraîtrait.")
    shown = page(desk.get(address)).select_one(".statement").text
    statement = stated(comment)
    for said in (
        "Sans ce mot, il paraîtrait.",
        "Respecter les personnes",
        "connard",
        statement.facts_fr,
        statement.redress_fr,
        statement.puid,
    ):
        assert said in shown
    decide(
        comment,
        action=Action.PUBLISH,
        by=ModeratorFactory(),
        after=comment.decisions.first().pk,
        revision=comment.revision_id,
    )
    assert not page(desk.get(address)).select(".statement")


def test_message_is_escaped(desk):
    comment = submit()
    hide(desk, comment, reason="cri", message="<script>alert(1)</script>\nligne")
    answer = desk.get(reverse("moderation:comment", args=[comment.pk]))
    assert b"<script>alert" not in answer.content
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;<br>ligne" in answer.content


def test_api_takes_a_message_and_gives_the_statement(desk):
    comment = submit()
    answer = desk.post(
        f"/api/v1/moderation/comments/{comment.pk}/decisions/",
        {
            "action": "hide",
            "reason": "injure",
            "message": "Sans ce mot, il paraîtrait.",
            "after": comment.decisions.first().pk,
            "revision": comment.revision_id,
        },
        content_type="application/json",
    )
    assert answer.status_code == 201
    given = desk.get(f"/api/v1/moderation/comments/{comment.pk}/").json()["statement"]
    assert given["message"] == "Sans ce mot, il paraîtrait."
    assert given["reference"] == stated(comment).puid
    assert given["words"] == ["connard"]
    desk.post(f"/api/v1/moderation/decisions/{comment.decisions.first().pk}/undo/")
    after = desk.get(f"/api/v1/moderation/comments/{comment.pk}/").json()
    assert after["statement"] is None
