"""Import of an uploaded page in the back office."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from articles.models import Article, Section
from comments.models import Comment
from newsroom.importer.decoding import MAX_BYTES
from tests.factories import EditorFactory

pytestmark = pytest.mark.django_db
SEED = settings.BASE_DIR / "fixtures" / "article-syrie.txt"
HTML = settings.BASE_DIR / "fixtures" / "article-syrie.html"


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which an editor has signed in."""
    client.force_login(EditorFactory())
    return client


def upload(desk: Client, data: bytes, zone: str = "Asia/Beirut") -> Any:
    page = SimpleUploadedFile("page.txt", data)
    return desk.post(reverse("admin:import_page"), {"page": page, "zone": zone})


def confirm(desk: Client, token: str) -> Any:
    return desk.post(reverse("admin:import_page"), {"held": token})


def counts() -> tuple[int, int, int]:
    return Article.objects.count(), Section.objects.count(), Comment.objects.count()


@pytest.mark.parametrize("path", [SEED, HTML], ids=["text", "html"])
def test_page_is_shown_then_imported_then_known(desk: Client, path: Any) -> None:
    shown = upload(desk, path.read_bytes())
    assert shown.status_code == 200
    text = shown.content.decode()
    page = shown.context["page"]
    assert page.article.title in text
    assert "5 commentaires" in text
    assert "Nouvel article" in text
    assert counts() == (0, 0, 0)

    answer = confirm(desk, shown.context["held"])
    article = Article.objects.get()
    change = reverse("admin:articles_article_change", args=(article.pk,))
    assert (answer.status_code, answer["Location"]) == (302, change)
    assert counts() == (1, 1, 5)
    assert LogEntry.objects.get().object_id == str(article.pk)
    assert confirm(desk, shown.context["held"]).status_code == 410

    again = upload(desk, path.read_bytes())
    assert "Rien à changer" in again.content.decode()
    confirm(desk, again.context["held"])
    assert counts() == (1, 1, 5)
    assert LogEntry.objects.count() == 1


def test_update_is_announced_before_it_is_made(desk: Client) -> None:
    confirm(desk, upload(desk, SEED.read_bytes()).context["held"])
    lede = Article.objects.get().lede
    changed = SEED.read_text("utf-8").replace(lede, "Un autre chapeau.")
    shown = upload(desk, changed.encode())
    assert "Article mis à jour" in shown.content.decode()
    assert shown.context["report"].changes
    assert Article.objects.get().lede == lede
    confirm(desk, shown.context["held"])
    assert Article.objects.get().lede == "Un autre chapeau."


def test_zone_decides_when_comments_were_written(desk: Client) -> None:
    confirm(desk, upload(desk, SEED.read_bytes(), "Europe/Paris").context["held"])
    newest = Comment.objects.order_by("-created_at").first()
    assert newest is not None
    assert newest.created_at is not None
    assert newest.created_at.isoformat() == "2015-09-18T22:33:00+00:00"


@pytest.mark.parametrize(
    ("data", "zone"),
    [
        (b"", "Asia/Beirut"),
        (b" \n\n", "Asia/Beirut"),
        (bytes(range(256)) * 40, "Asia/Beirut"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "Asia/Beirut"),
        (b"<html><body></body></html>", "Asia/Beirut"),
        (b"une ligne", "Asia/Beirut"),
        (b"x" * (MAX_BYTES + 1), "Asia/Beirut"),
        (b"une ligne", "Lune/Tranquille"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(
    desk: Client, data: bytes, zone: str
) -> None:
    answer = upload(desk, data, zone)
    assert answer.status_code == 422
    field = "zone" if "Lune" in zone else "page"
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["zone"].value() == zone
    assert counts() == (0, 0, 0)


def test_form_without_a_file_says_so(desk: Client) -> None:
    answer = desk.post(reverse("admin:import_page"), {"zone": "UTC"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["page"]


@bounds(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_rubbish_is_refused_or_shown_never_an_error(desk: Client, data: bytes) -> None:
    assert upload(desk, data).status_code in (200, 422)


def test_held_page_is_its_uploaders_and_expires(desk: Client) -> None:
    token = upload(desk, SEED.read_bytes()).context["held"]
    other = Client()
    other.force_login(EditorFactory())
    for browser, held in ((other, token), (desk, token + "x"), (desk, "\x00/../é")):
        answer = confirm(browser, held)
        assert answer.status_code == 410
        assert "n’est plus gardée" in answer.content.decode()
    assert counts() == (0, 0, 0)
    cache.clear()
    assert confirm(desk, token).status_code == 410
    assert counts() == (0, 0, 0)


def test_what_the_page_says_is_escaped(desk: Client) -> None:
    payload = "<script>alert(1)</script>"
    text = SEED.read_text("utf-8")
    author = "FAKHOURI"
    assert author in text
    shown = upload(desk, text.replace(author, payload + author).encode())
    assert shown.status_code == 200
    assert payload not in shown.content.decode()
    assert "&lt;script&gt;alert(1)" in shown.content.decode()


def test_import_is_offered_where_articles_are_kept(desk: Client) -> None:
    link = f'href="{reverse("admin:import_page")}"'
    for page in ("admin:index", "admin:articles_article_changelist"):
        assert link in desk.get(reverse(page)).content.decode()
