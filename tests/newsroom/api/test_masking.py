"""Masking through the API: the rules of the desk, in the API's shape."""

import pytest
from django.conf import settings

from comments.models import Comment
from moderation.models import Masking
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.masking import NUMBER, TEXT, masked

pytestmark = pytest.mark.django_db

START = TEXT.index(NUMBER)
SPAN = {"start": START, "end": START + len(NUMBER), "kind": "phone"}


@pytest.fixture
def reader():
    return ReaderFactory()


@pytest.fixture
def held(reader):
    article = ArticleFactory(comment_policy="a_priori")
    return submit_comment(article=article, author=reader.commenter, text=TEXT)


@pytest.fixture
def moderator(signed_in):
    return signed_in(ModeratorFactory(first_name="Rima", last_name="Khoury"))


def address(comment):
    return f"/api/v1/moderation/comments/{comment.pk}/maskings/"


def order(comment, **more):
    seen = {"after": comment.decisions.first().pk, "revision": comment.revision_id}
    return {"spans": [SPAN], **seen, **more}


def test_masked_published_read_and_lifted(moderator, anonymous, held):
    made = moderator.post(address(held), order(held, publish=True, note="Le sien."))
    assert made.status_code == 201
    told = made.json()
    assert (told["spans"], told["words"]) == ([SPAN], [NUMBER])
    assert (told["moderator"], told["lifted_by"]) == ("Rima Khoury", None)
    assert told["measure"] == "DECISION_VISIBILITY_OTHER"
    public = anonymous.get(f"/api/v1/comments/{held.pk}/").json()
    assert NUMBER not in public["text"] + public["html"]
    assert "[numéro de téléphone masqué par la rédaction]" in public["text"]
    anonymous.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = anonymous.get(f"/api/v1/comments/{held.pk}/").json()
    for shown in (english["text"], english["html"]):
        assert "[telephone number masked by the newsroom]" in shown
    desk = moderator.get(f"/api/v1/moderation/comments/{held.pk}/").json()
    assert desk["text"] == TEXT
    assert desk["masks"] == [SPAN]
    assert desk["maskings"] == [told]
    lift = f"/api/v1/moderation/maskings/{told['id']}/lift/"
    lifted = moderator.post(lift)
    assert lifted.status_code == 200
    assert lifted.json()["lifted_by"] == "Rima Khoury"
    assert moderator.post(lift).status_code == 409
    assert anonymous.get(f"/api/v1/comments/{held.pk}/").json()["text"] == TEXT


def test_its_author_reads_the_whole_and_why(signed_in, reader, held):
    masking = masked(held, note="Le sien.")
    own = signed_in(reader).get("/api/v1/me/comments/").json()["results"][0]
    assert own["text"] == TEXT
    assert NUMBER not in own["html"]
    assert own["maskings"][0]["reference"] == masking.puid
    assert "note" not in own["maskings"][0]
    assert "moderator" not in own["maskings"][0]


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"spans": []}, "spans"),
        ({"spans": None}, "spans"),
        ({"spans": [{**SPAN, "kind": "inconnu"}]}, "spans.0.kind"),
        ({"spans": [{**SPAN, "start": -1}]}, "spans.0.start"),
        ({"spans": [{**SPAN, "start": "3"}]}, "spans.0.start"),
        ({"spans": [{**SPAN, "end": 9999}]}, "spans"),
        ({"spans": [{**SPAN, "end": START}]}, "spans"),
        ({"note": "x" * 2001}, "note"),
        ({"publish": "oui"}, "publish"),
        ({"revision": None}, "revision"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said(moderator, held, change, attr):
    answer = moderator.post(address(held), {**order(held), **change}, format="json")
    assert answer.status_code == 400
    assert attr in {error["attr"] for error in answer.json()["errors"]}
    assert not Masking.objects.exists()


def test_a_stale_view_gets_a_409(moderator, held):
    asked = order(held)
    masked(held, publish=True)
    answer = moderator.post(address(held), asked, format="json")
    assert answer.status_code == 409
    assert answer.json()["decision"]["action"] == "publish"
    assert Comment.objects.get(pk=held.pk).status == Comment.Status.PUBLISHED
