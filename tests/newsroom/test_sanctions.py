"""Sanctions at the doors: page, API and importer; what they never touch (TRUST L-18)."""

from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from rest_framework.test import APIClient

from comments.models import Comment
from moderation.models import Report
from tests.factories import ArticleFactory, CommentFactory, ReaderFactory
from tests.moderation.sanctioning import sanctioned
from tests.spaces import spaced

pytestmark = pytest.mark.django_db
TEXT = "Un avis  mesuré,\nsur deux lignes."
SEED = Path(__file__).resolve().parents[2] / "fixtures" / "article-syrie.txt"
KINDS = ("warning", "review", "suspension", "ban")
NO_POSTING = ("suspension", "ban")


@pytest.fixture
def reader():
    return ReaderFactory()


@pytest.fixture
def article():
    return ArticleFactory(slug="paru")


def by_form(reader, article, client):
    client.force_login(reader)
    return client.post(reverse("post_comment", args=["paru"]), {"text": TEXT})


def by_api(reader, article, client):
    api = APIClient()
    api.force_login(reader)
    return api.post("/api/v1/articles/paru/comments/", {"text": TEXT})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("door", [by_form, by_api])
def test_each_sanction_at_each_door(kind, door, reader, article, client):
    sanction = sanctioned(reader.commenter, kind)
    answer = door(reader, article, client)
    if kind in NO_POSTING:
        assert answer.status_code == 403
        said = spaced(answer.content.decode())
        for part in ("Motif : Injure.", sanction.puid, "saisir la justice"):
            assert part in said
        assert "jusqu’au" in said
        assert not Comment.objects.exists()
    else:
        assert answer.status_code in (201, 302)
        expected = {"warning": "published", "review": "pending"}[kind]
        assert Comment.objects.get().status == expected


@pytest.mark.parametrize("kind", KINDS)
def test_the_importer_knows_no_sanction(kind):
    """A name printed on a page is no account, even if one signs the same."""
    name = "FAKHOURI"
    sanctioned(ReaderFactory(commenter=name).commenter, kind)
    call_command("import_page", str(SEED), verbosity=0, stdout=StringIO())
    printed = Comment.objects.filter(author__name=name)
    assert {c.status for c in printed} == {"published"}
    assert set(Comment.objects.values_list("status", flat=True)) == {"published"}


def test_api_says_it_in_its_own_shape(reader, article, client):
    sanctioned(reader.commenter, "suspension")
    answer = by_api(reader, article, client).json()
    assert answer["type"] == "client_error"
    assert answer["errors"][0]["code"] == "posting_suspended"


def test_nothing_typed_is_lost(reader, article, client):
    """The form was open before the suspension."""
    sanctioned(reader.commenter, "ban")
    answer = by_form(reader, article, client)
    page = BeautifulSoup(answer.content, "lxml")
    area = page.select_one("#ecrire textarea[name=text]")
    assert area.text.lstrip("\n") == TEXT
    assert area["aria-invalid"] == "true"
    error = page.select_one(f"#{area['aria-describedby'].split()[0]}")
    assert "vous sont fermés" in error.text


def test_a_reply_is_refused_too(reader, client):
    parent = CommentFactory(published=True, article__slug="paru")
    sanctioned(reader.commenter, "suspension")
    client.force_login(reader)
    url = reverse("reply", args=[parent.pk])
    assert b'name="text"' not in client.get(url).content
    sent = {"text": TEXT, "parent": parent.pk}
    answer = client.post(reverse("post_comment", args=["paru"]), sent)
    assert answer.status_code == 403
    assert "sur deux lignes" in answer.content.decode()


def test_the_page_says_it_before_one_types(reader, article, client):
    client.force_login(reader)
    form = b'name="text"'
    assert form in client.get(article.get_absolute_url()).content
    sanctioned(reader.commenter, "warning")
    sanctioned(reader.commenter, "review")
    assert form in client.get(article.get_absolute_url()).content
    sanctioned(reader.commenter, "suspension")
    page = client.get(article.get_absolute_url())
    assert form not in page.content
    assert "Vous ne pouvez pas publier de commentaire" in page.content.decode()
    assert reverse("my_comments") in page.content.decode()


def test_all_the_rest_stays_open(reader, client):
    shown = CommentFactory(published=True)
    own = CommentFactory(author=reader.commenter, text="Mon ancien avis.")
    client.force_login(reader)
    api = APIClient()
    api.force_login(reader)

    def open_to_reader():
        paths = (
            "/",
            shown.article.get_absolute_url(),
            "/recherche/?q=avis",
            "/compte/commentaires/",
            "/compte/signature/",
            reverse("account_email"),
            reverse("account_change_password"),
            reverse("report", args=[shown.pk]),
        )
        found = [client.get(path).status_code for path in paths]
        found.append(api.get("/api/v1/me/comments/").status_code)
        found.append(api.get(f"/api/v1/comments/{own.pk}/").status_code)
        return found

    before = open_to_reader()
    assert set(before) == {200}
    sanctioned(reader.commenter, "ban")
    assert open_to_reader() == before
    objection = {"kind": "injure", "explanation": "Une insulte.", "good_faith": True,
                 "name": "Rita", "email": "rita@journal.example"}  # fmt: skip
    answer = client.post(reverse("report", args=[shown.pk]), objection)
    assert answer.status_code == 302
    assert Report.objects.get().comment == shown
    assert "Mon ancien avis." in client.get("/compte/commentaires/").content.decode()


def test_author_reads_why_on_his_own_page(reader, client):
    client.force_login(reader)
    url = reverse("my_comments")
    assert "Avertissements et sanctions" not in client.get(url).content.decode()
    first = sanctioned(
        reader.commenter, "warning", message="Restez courtois.", note="récidiviste"
    )
    second = sanctioned(reader.commenter, "suspension", reason="haine")
    said = spaced(client.get(url).content.decode())
    for sanction in (first, second):
        assert sanction.puid in said
    assert "Restez courtois." in said
    assert "gérer votre compte" in said
    for secret in ("récidiviste", second.grave_reason, second.moderator.username):
        assert secret not in said
    other = ReaderFactory()
    client.force_login(other)
    assert first.puid not in client.get(url).content.decode()


def test_author_reads_it_in_the_api(reader):
    sanctioned(reader.commenter, "ban", note="récidiviste", reason="terrorisme")
    api = APIClient()
    api.force_login(reader)
    [told] = api.get("/api/v1/me/sanctions/").json()["results"]
    assert (told["kind"], told["stands"], told["reason"]) == ("ban", True, "terrorisme")
    assert told["law"]
    assert not {"note", "grave_reason", "moderator", "lift_reason"} & set(told)
    other = APIClient()
    other.force_login(ReaderFactory())
    assert other.get("/api/v1/me/sanctions/").json()["results"] == []
