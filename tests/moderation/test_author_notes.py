"""Notes on a commenter: who writes, reads and deletes them; what a form keeps."""

import pytest
from django.test import Client
from django.urls import reverse

from moderation.models import AuthorNote
from tests.factories import ModeratorFactory, ReaderFactory, UserFactory
from tests.moderation.desk_pages import fields, page
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
    return ReaderFactory().commenter


def url(author):
    return reverse("moderation:author", args=[author.pk])


def text_of(tag):
    return spaced(" ".join(tag.text.split()))


def test_notes_are_their_writer_s(desk, author, client, moderator):
    shown = page(desk.get(url(author)))
    form = shown.select_one(f"form[action^='{url(author)}notes/']")
    too_long = {**fields(form), "text": "é" * 2001}
    assert "2000" in text_of(page(desk.post(form["action"], too_long), 422))
    desk.post(form["action"], {**fields(form), "text": " S’est excusée. "})
    note = AuthorNote.objects.get()
    assert (note.text, note.written_by) == ("S’est excusée.", moderator)
    remove = reverse("moderation:remove_note", args=[note.pk])

    def offered():
        return page(client.get(url(author))).select(f"form[action='{remove}']")

    client.force_login(ModeratorFactory())
    assert "S’est excusée." in page(client.get(url(author))).text
    assert not offered()
    assert client.post(remove).status_code == 403
    client.force_login(UserFactory(is_superuser=True))
    assert offered()
    client.force_login(moderator)
    assert offered()
    assert client.post(remove).status_code == 302
    assert not AuthorNote.objects.exists()


@pytest.mark.parametrize(
    ("form", "field"), [("sanctionner", "message"), ("notes", "text")]
)
def test_an_old_form_gives_its_text_back(moderator, author, form, field):
    """Its token is no longer good: what took time to write is shown, to be copied."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(moderator)
    answer = browser.post(f"{url(author)}{form}/", {field: "Écrit avec soin."})
    assert answer.status_code == 403
    assert "Écrit avec soin." in answer.content.decode()
