"""What all pages share: nothing personal, nothing unescaped, useful errors, files."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import RelatedLink
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db


class TestAnonymous:
    """An anonymous page is the same for all: it can be served from memory."""

    def test_nothing_of_one_reader(self, client):
        comment = CommentFactory(published=True)
        article = comment.article
        CommentFactory(article=article, text="En attente, chut.")
        for address in (
            "/",
            article.get_absolute_url(),
            article.section.get_absolute_url(),
            "/nulle-part/",
        ):
            first = client.get(address)
            assert not first.cookies
            assertNotContains(
                first, "csrfmiddlewaretoken", status_code=first.status_code
            )
            assertNotContains(first, "En attente, chut.", status_code=first.status_code)
            assertNotContains(first, 'method="post"', status_code=first.status_code)
            assert first.content == Client().get(address).content

    def test_a_reader_sees_own_account_only_signed_in(self, client):
        assertContains(client.get("/"), "Se connecter")
        client.force_login(ReaderFactory())
        response = client.get("/")
        assertContains(response, "Mon compte")
        assertNotContains(response, "Se connecter")
        assertNotContains(response, "Modération")
        client.force_login(ModeratorFactory())
        assertContains(client.get("/"), "Modération")


class TestEscaping:
    PAYLOAD = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&"

    def test_whatever_people_type_stays_text(self, client):
        section = SectionFactory(name=self.PAYLOAD)
        article = ArticleFactory(
            section=section,
            title=self.PAYLOAD,
            topic=self.PAYLOAD,
            lede=self.PAYLOAD,
            byline=self.PAYLOAD,
            image_caption=self.PAYLOAD,
            image_credit=self.PAYLOAD,
            paragraphs=[self.PAYLOAD],
        )
        RelatedLink.objects.create(article=article, position=1, title=self.PAYLOAD)
        author = CommenterFactory(name=self.PAYLOAD)
        comment = CommentFactory(
            article=article, author=author, text=self.PAYLOAD, published=True
        )
        client.force_login(ReaderFactory())
        for address in (
            "/",
            section.get_absolute_url(),
            article.get_absolute_url(),
            reverse("reply", args=[comment.pk]),
            "/nulle-part/",
        ):
            page = client.get(address).content.decode()
            assert "&lt;script&gt;alert(" in page
            assert "<script>alert(" not in page
            assert "<img src=x" not in page

    def test_direction_of_a_comment_stays_inside_it(self, client):
        author = CommenterFactory(name="سمير\u202e")
        comment = CommentFactory(author=author, text="رأي\u202eevil", published=True)
        page = client.get(comment.article.get_absolute_url()).content.decode()
        assert f'<bdi class="comment-author">{author.name}</bdi>' in page
        assert '<p dir="auto"' in page


class TestErrors:
    def test_unknown_address_offers_ways_on(self, client, django_assert_num_queries):
        articles = ArticleFactory.create_batch(3)
        with django_assert_num_queries(2):  # newest articles, masthead
            response = client.get("/nulle/part/")
        assert response.status_code == 404
        for article in articles:
            assertContains(response, article.title, status_code=404)
        assertContains(response, 'action="/recherche/"', status_code=404)

    def test_error_of_ours_needs_no_database(self, client, monkeypatch, settings):
        from newsroom.views import front

        def fail(*args):
            raise RuntimeError("broken")

        monkeypatch.setattr(front, "front_page", fail)
        client.raise_request_exception = False
        response = client.get("/")
        assertContains(response, "de notre côté", status_code=500)
        assertContains(response, settings.NEWSPAPER_NAME, status_code=500)

    def test_huge_form_is_refused_in_words(self, client, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
        article = ArticleFactory()
        client.force_login(ReaderFactory())
        response = client.post(
            reverse("post_comment", args=[article.slug]), {"text": "x" * 200}
        )
        assertContains(response, "bien trop long", status_code=400)


class TestFiles:
    def test_health_touches_nothing(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = client.get("/sante/")
        assert response.content == b"ok\n"
        assert not response.cookies

    def test_uploaded_picture_runs_nothing(self, client, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        (tmp_path / "images").mkdir()
        (tmp_path / "images" / "a.svg").write_text("<svg xmlns='x'/>")
        response = client.get("/media/images/a.svg")
        assert response.status_code == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert "immutable" in response.headers["Cache-Control"]
        response.close()

    @pytest.mark.parametrize("path", ["images/", "../settings.py", "%2e%2e/manage.py"])
    def test_nothing_else_is_served(self, client, settings, tmp_path, path):
        settings.MEDIA_ROOT = tmp_path
        (tmp_path / "images").mkdir()
        assert client.get(f"/media/{path}").status_code in {400, 404}
