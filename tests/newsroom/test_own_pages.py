"""A reader's own comments and signature."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from articles.dates import printed_time
from comments.models import Comment, Commenter
from moderation.models import Action, StatementOfReasons
from moderation.services import decide, submit_comment, undo
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    ReaderFactory,
)

pytestmark = pytest.mark.django_db


def hide(comment, moderator, **kwargs):
    latest = comment.decisions.first()
    return decide(
        comment,
        action=Action.HIDE,
        by=moderator,
        after=latest.pk if latest else None,
        revision=comment.revision_id,
        reason="injure",
        **kwargs,
    )


class TestMyComments:
    def test_is_for_oneself(self, client):
        address = reverse("my_comments")
        response = client.get(address)
        assert response.url == f"{reverse('account_login')}?next={address}"
        mine, other = ReaderFactory(), ReaderFactory()
        CommentFactory(author=mine.commenter, text="À moi.")
        CommentFactory(author=other.commenter, text="À l’autre.")
        client.force_login(mine)
        response = client.get(address)
        assertContains(response, "À moi.")
        assertNotContains(response, "À l’autre.")

    def test_each_state_and_the_reason(self, client):
        reader, moderator = ReaderFactory(), ModeratorFactory()
        comment = CommentFactory(author=reader.commenter, text="Mon texte.")
        client.force_login(reader)
        address = reverse("my_comments")
        assertContains(client.get(address), "En attente de modération")
        decide(
            comment,
            action=Action.HIDE,
            by=moderator,
            after=None,
            revision=comment.revision_id,
            reason="hors_sujet",
            note="note entre modérateurs",
        )
        response = client.get(address)
        assertContains(response, "masqué")
        assertContains(response, "Hors sujet")
        assertContains(response, "Mon texte.")
        assertNotContains(response, "note entre modérateurs")
        assertNotContains(response, moderator.username)
        decide(
            comment,
            action=Action.PUBLISH,
            by=moderator,
            after=comment.decisions.latest("pk").pk,
            revision=comment.revision_id,
        )
        response = client.get(address)
        assertContains(response, "publié")
        assertNotContains(response, "Hors sujet")

    def test_hidden_says_all_that_its_author_must_know(self, client, settings):
        settings.CONTACT_EMAIL = "recours@journal.example"
        reader, moderator = ReaderFactory(), ModeratorFactory(first_name="Zénobie")
        comment = submit_comment(
            article=ArticleFactory(), author=reader.commenter, text="Quel connard."
        )
        client.force_login(reader)
        address = reverse("my_comments")
        assertNotContains(client.get(address), "Pourquoi ce commentaire est masqué")
        hide(comment, moderator, note="Signalé par Hortense")
        response = client.get(address)
        statement = StatementOfReasons.objects.get(comment=comment)
        for said in (
            "Pourquoi ce commentaire est masqué",
            statement.message_fr,
            "Injure",
            "Respecter les personnes",
            "connard</q>",
            printed_time(statement.created_at),
            "Une machine a relevé des passages et l’a fait attendre",
            "de sa propre initiative",
            "sans limite de durée",
            "recours@journal.example",
            statement.puid,
        ):
            assertContains(response, said)
        for secret in ("Hortense", "Zénobie", moderator.username):
            assertNotContains(response, secret)
        client.force_login(ReaderFactory())
        assertNotContains(client.get(address), statement.puid)
        client.force_login(reader)
        undo(comment.decisions.first(), by=moderator)
        assertNotContains(client.get(address), "Pourquoi ce commentaire est masqué")

    def test_in_english(self, client):
        reader = ReaderFactory()
        comment = submit_comment(
            article=ArticleFactory(), author=reader.commenter, text="Quel connard."
        )
        hide(comment, ModeratorFactory())
        client.force_login(reader)
        client.cookies["django_language"] = "en"
        response = client.get(reverse("my_comments"))
        statement = StatementOfReasons.objects.get(comment=comment)
        for said in (
            statement.message_en,
            "Respect people",
            statement.facts_en,
            "and to the courts at any time",
        ):
            assertContains(response, said)
        assertNotContains(response, statement.message_fr)

    @pytest.mark.parametrize("status", Comment.Status.values)
    def test_published_is_said_only_of_what_everyone_sees(self, client, status):
        """No comment looks published to its author alone (TRUST L-11)."""
        reader = ReaderFactory()
        comment = CommentFactory(
            author=reader.commenter, text="Mon canari.", status=status
        )
        article = comment.article.get_absolute_url()
        everyone = "Mon canari." in client.get(article).content.decode()
        client.force_login(reader)
        page = client.get(reverse("my_comments")).content.decode()
        assert ("badge-good" in page) == everyone == (status == "published")

    def test_deleted_text_is_gone(self, client):
        reader = ReaderFactory()
        comment = CommentFactory(author=reader.commenter, text="Mon texte.")
        client.force_login(reader)
        assertContains(client.get(reverse("my_comments")), "Mon texte.")
        Comment.objects.filter(pk=comment.pk).update(status="deleted")
        response = client.get(reverse("my_comments"))
        assertContains(response, "supprimé")
        assertNotContains(response, "Mon texte.")

    def test_imported_comment_without_a_time(self, client):
        reader = ReaderFactory()
        comment = CommentFactory(author=reader.commenter, printed_time="25 h 10")
        Comment.objects.filter(pk=comment.pk).update(created_at=None)
        client.force_login(reader)
        assertContains(client.get(reverse("my_comments")), "25 h 10")

    @pytest.mark.parametrize("count", [2, 8])
    def test_queries_with_statements(self, client, django_assert_num_queries, count):
        reader, moderator = ReaderFactory(), ModeratorFactory()
        for comment in CommentFactory.create_batch(count, author=reader.commenter):
            hide(comment, moderator)
        client.force_login(reader)
        with django_assert_num_queries(10):  # as below, and the statements
            client.get(reverse("my_comments"))

    @pytest.mark.parametrize("count", [2, 21])
    def test_queries(self, client, django_assert_num_queries, count):
        reader = ReaderFactory()
        CommentFactory.create_batch(count, author=reader.commenter)
        client.force_login(reader)
        with django_assert_num_queries(9):  # session, account, signature, comments,
            client.get(reverse("my_comments"))  # appeals, sanctions, masthead, 2 rights

    def test_pages(self, client):
        reader = ReaderFactory()
        start = datetime(2026, 1, 1, tzinfo=UTC)
        for number in range(45):
            CommentFactory(
                author=reader.commenter,
                received_at=start + timedelta(minutes=number // 9),
            )
        client.force_login(reader)
        found, query = [], ""
        for _page in range(3):
            response = client.get(reverse("my_comments") + query)
            found += [each.comment.pk for each in response.context["comments"]]
            query = f"?avant={response.context['next_before']}"
        assert query == "?avant="
        assert len(found) == len(set(found)) == 45
        bad = client.get(reverse("my_comments"), {"avant": "x"})
        assert bad.status_code == 404


class TestSignature:
    @pytest.fixture
    def unsigned(self, client):
        user = User.objects.create(username="nouveau")
        user.groups.add(Group.objects.get(name="reader"))
        client.force_login(user)
        return user

    def test_chosen_once(self, client, unsigned):
        article = ArticleFactory()
        back = article.get_absolute_url()
        assertNotContains(client.get(back), "<textarea")
        response = client.post(reverse("signature"), {"name": "Nadia", "next": back})
        assert response.url == back
        assertContains(client.get(back), "<textarea")
        client.post(reverse("signature"), {"name": "Une autre"})
        assert Commenter.objects.get(user=unsigned).name == "Nadia"

    def test_taken_name_is_refused(self, client, unsigned):
        ReaderFactory(commenter="Nadia")
        response = client.post(reverse("signature"), {"name": "NÂDIA"})
        assertContains(response, "déjà prise", status_code=422)
        assertContains(response, 'value="NÂDIA"', status_code=422)

    def test_leads_nowhere_else(self, client, unsigned):
        response = client.post(
            reverse("signature"), {"name": "Nadia", "next": "https://evil.example/"}
        )
        assert response.url == reverse("my_comments")

    def test_taken_in_the_same_instant(self, client, unsigned, monkeypatch):
        from comments import forms

        ReaderFactory(commenter="Nadia")
        monkeypatch.setattr(forms.SignatureForm, "clean_name", lambda f: "Nadia")
        response = client.post(reverse("signature"), {"name": "Nadia"})
        assertContains(response, "déjà prise", status_code=422)
