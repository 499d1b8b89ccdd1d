"""Writing a comment from a page: form, preview, confirmation, replies."""

import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article, CommentPolicy
from comments.models import Comment
from comments.services import set_status
from moderation.models import Action
from moderation.services import decide
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
POLITE = "Merci pour cet article, clair et mesuré."


@pytest.fixture
def article():
    return ArticleFactory()


@pytest.fixture
def reader(client):
    reader = ReaderFactory()
    client.force_login(reader)
    return reader


def address(article):
    return reverse("post_comment", args=[article.slug])


def post(client, article, text=POLITE, **fields):
    return client.post(address(article), {"text": text, **fields})


def hold(article):
    Article.objects.filter(pk=article.pk).update(comment_policy=CommentPolicy.A_PRIORI)


def text_of(comment):
    assert comment.revision is not None
    return comment.revision.text


class TestForm:
    def test_is_for_who_may_comment(self, client, article):
        assertNotContains(client.get(article.get_absolute_url()), "<textarea")
        client.force_login(ReaderFactory())
        response = client.get(article.get_absolute_url())
        assertContains(response, 'data-limit="3000"')
        assertContains(response, 'aria-describedby="comment-rules"')
        assertContains(response, "csrfmiddlewaretoken")

    def test_anonymous_reader_is_sent_to_sign_in_and_back(self, client, article):
        response = client.get(article.get_absolute_url())
        link = (
            f"{reverse('account_login')}?next={article.get_absolute_url()}"
            "%23commentaires"
        )
        assertContains(response, f'href="{link}">Connectez-vous pour commenter')

    def test_reader_without_signature_is_shown_the_way(self, client, article):
        user = User.objects.create(username="sans-signature")
        user.groups.add(Group.objects.get(name="reader"))
        client.force_login(user)
        response = client.get(article.get_absolute_url())
        assertNotContains(response, "<textarea")
        assertContains(response, reverse("signature"))

    def test_account_without_the_right_is_told(self, client, article, reader):
        assertContains(client.get(article.get_absolute_url()), "<textarea")
        reader.groups.clear()
        response = client.get(article.get_absolute_url())
        assertNotContains(response, "<textarea")
        assertContains(response, "ne permet pas de commenter")

    def test_each_page_has_its_own_submission_key(self, client, article, reader):
        keys = set()
        for _visit in range(2):
            page = client.get(article.get_absolute_url()).content.decode()
            found = re.search(r'name="submission_key" value="([0-9a-f-]{36})"', page)
            assert found
            keys.add(found[1])
        assert len(keys) == 2


class TestPublishing:
    def test_polite_comment_appears_with_a_word(self, client, article, reader):
        assertNotContains(client.get(article.get_absolute_url()), POLITE)
        response = post(client, article)
        comment = Comment.objects.get()
        assert response.status_code == 302
        assert response.url == f"{article.get_absolute_url()}#comment-{comment.pk}"
        page = client.get(response.url)
        assertContains(page, "Votre commentaire est publié.")
        assertContains(page, POLITE)
        assertContains(Client().get(article.get_absolute_url()), POLITE)
        assertNotContains(client.get(response.url), "Votre commentaire est publié.")

    def test_waiting_comment_is_shown_to_its_author_alone(
        self, client, article, reader
    ):
        hold(article)
        response = post(client, article)
        page = client.get(response.url)
        assertContains(page, "attend un modérateur")
        assertContains(page, "En attente de modération")
        assertContains(page, POLITE)
        other = Client()
        assertNotContains(other.get(article.get_absolute_url()), POLITE)
        other.force_login(ReaderFactory())
        assertNotContains(other.get(article.get_absolute_url()), POLITE)
        comment = Comment.objects.get()
        decide(
            comment,
            action=Action.PUBLISH,
            by=ModeratorFactory(),
            after=comment.decisions.latest("pk").pk,
            revision=comment.revision_id,
        )
        assertContains(other.get(article.get_absolute_url()), POLITE)
        assertNotContains(
            client.get(article.get_absolute_url()), "En attente de modération"
        )

    @pytest.mark.parametrize(
        "text",
        [
            "  deux espaces  ",
            "\n\navant",
            "après\n\n\n",
            "l\u2019œil\u00a0!",
            "e\u0301",
        ],
    )
    def test_text_is_kept_code_point_for_code_point(
        self, client, article, reader, text
    ):
        post(client, article, text=text.replace("\n", "\r\n"))
        assert text_of(Comment.objects.get()) == text

    def test_address_shows_the_article_on_get(self, client, article, reader):
        response = client.get(address(article))
        assert response.url == f"{article.get_absolute_url()}#commentaires"


class TestTwice:
    def test_same_form_sent_twice_makes_one_comment(self, client, article, reader):
        key = str(uuid4())
        answers = [post(client, article, submission_key=key) for _try in range(3)]
        assert Comment.objects.count() == 1
        assert len({(a.status_code, a.url) for a in answers}) == 1

    def test_form_taken_back_and_changed_makes_another(self, client, article, reader):
        key = str(uuid4())
        post(client, article, submission_key=key)
        post(client, article, text="Tout autre chose.", submission_key=key)
        texts = {text_of(c) for c in Comment.objects.select_related("revision")}
        assert texts == {POLITE, "Tout autre chose."}

    @pytest.mark.parametrize("key", ["", "x", "\x00", "1" * 5000])
    def test_broken_key_does_not_lose_the_text(self, client, article, reader, key):
        assert post(client, article, submission_key=key).status_code == 302
        assert text_of(Comment.objects.get()) == POLITE


class TestPreview:
    def test_shows_the_text_and_stores_nothing(self, client, article, reader):
        response = post(client, article, text="Un <b>avis</b>\n\nlong", preview="1")
        assertContains(response, "Rien n’est encore publié")
        assertContains(response, '<p dir="auto">Un &lt;b&gt;avis&lt;/b&gt;</p>')
        assertContains(response, "Un &lt;b&gt;avis&lt;/b&gt;\n\nlong</textarea>")
        assert not Comment.objects.exists()

    def test_of_an_empty_text_is_refused(self, client, article, reader):
        assertContains(
            post(client, article, text=" ", preview="1"), "est vide", status_code=422
        )


class TestReply:
    def test_page_shows_what_is_answered_and_the_form(self, client, article):
        comment = CommentFactory(article=article, text="La question.", published=True)
        page = reverse("reply", args=[comment.pk])
        response = client.get(page)
        assert response.url == f"{reverse('account_login')}?next={page}"
        client.force_login(ReaderFactory())
        response = client.get(page)
        assertContains(response, "La question.")
        assertContains(
            response,
            f'<input type="hidden" name="parent" value="{comment.pk}" id="id_parent">',
            html=True,
        )

    def test_stands_below_the_comment(self, client, article, reader):
        comment = CommentFactory(article=article, published=True)
        response = post(client, article, text="La réponse.", parent=comment.pk)
        reply = Comment.objects.get(parent=comment)
        assert response.url.endswith(f"#comment-{reply.pk}")
        page = client.get(article.get_absolute_url()).content.decode()
        start = page.index(f'id="comment-{comment.pk}"')
        assert page.index('<ol class="replies">', start) < page.index("La réponse.")

    @pytest.mark.parametrize("status", ["pending", "hidden", "deleted"])
    def test_no_page_for_a_comment_readers_cannot_see(
        self, client, article, reader, status
    ):
        comment = CommentFactory(article=article, published=True)
        page = reverse("reply", args=[comment.pk])
        assert client.get(page).status_code == 200
        Comment.objects.filter(pk=comment.pk).update(status=status)
        assert client.get(page).status_code == 404

    def test_to_a_comment_withdrawn_meanwhile_keeps_the_text(
        self, client, article, reader
    ):
        comment = CommentFactory(article=article, published=True)
        set_status(comment, Comment.Status.HIDDEN)
        response = post(client, article, parent=comment.pk)
        assertContains(response, "a été retiré", status_code=422)
        assertContains(response, POLITE, status_code=422)
        assertNotContains(response, 'name="parent"', status_code=422)
        assert not Comment.objects.filter(parent=comment).exists()

    @pytest.mark.parametrize("parent", ["x", "\x00", "9" * 30, "-1"])
    def test_to_nothing(self, client, article, reader, parent):
        response = post(client, article, parent=parent)
        assertContains(response, POLITE, status_code=422)
        assertNotContains(response, 'name="parent"', status_code=422)
        assert not Comment.objects.exists()

    def test_to_another_article_s_comment(self, client, article, reader):
        elsewhere = CommentFactory(published=True)
        response = post(client, article, parent=elsewhere.pk)
        assert response.status_code == 422
        assert not Comment.objects.filter(parent=elsewhere).exists()

    def test_refused_reply_stays_on_its_page(self, client, article, reader):
        comment = CommentFactory(article=article, text="La question.", published=True)
        response = post(client, article, text=" ", parent=comment.pk)
        assertContains(response, "est vide", status_code=422)
        assertContains(response, "La question.", status_code=422)


def test_moderators_and_others_may_comment_by_permission(client, article):
    for user in (ModeratorFactory(), UserFactory(groups=["editor"])):
        client.force_login(user)
        assert post(client, article, text=f"Avis de {user.pk}").status_code == 302
