"""A reader is told that the charter changed until he reads it or says he knows."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from articles.models import Article
from moderation.charter.models import CharterClause
from moderation.charter.notice_models import CharterNotice
from moderation.charter.publishing import publish_charter
from moderation.loading import load_shipped_rules
from moderation.models import RuleSetting
from tests.factories import ArticleFactory, CommentFactory, ReaderFactory
from tests.moderation.charter.announcing import announced, retitled
from tests.moderation.charter.setting import published_charter, set_rule

pytestmark = pytest.mark.django_db
TOLD = "La charte des commentaires a changé le"


@pytest.fixture
def article() -> Article:
    return ArticleFactory(slug="paru")


@pytest.fixture
def reader(client: Client):
    account = ReaderFactory(email="")  # whom no mail reaches
    client.force_login(account)
    return account


class TestNotice:
    def test_from_the_change_until_it_is_dismissed(
        self, client: Client, reader, article
    ) -> None:
        address = article.get_absolute_url()
        published_charter()
        assertNotContains(client.get(address), TOLD)
        announced()
        page = client.get(address)
        assertContains(page, TOLD)
        assertContains(page, 'href="/charte/2/#changements"')
        answer = client.post("/charte/2/lue/", {"next": f"{address}#commentaires"})
        assertRedirects(
            answer, f"{address}#commentaires", fetch_redirect_response=False
        )
        assertNotContains(client.get(address), TOLD)
        announced("Parler du sujet")
        assertContains(client.get(address), 'href="/charte/3/#changements"')

    def test_on_the_page_of_a_reply_too(self, client: Client, reader, article) -> None:
        comment = CommentFactory(article=article, published=True)
        announced()
        assertContains(client.get(f"/commentaires/{comment.pk}/repondre/"), TOLD)

    def test_where_comments_are_closed_too(
        self, client: Client, reader, article
    ) -> None:
        announced()
        set_rule("mode", "site", article, mode="closed")
        assertContains(client.get(article.get_absolute_url()), TOLD)

    def test_not_where_leaving_would_lose_a_text(
        self, client: Client, reader, article
    ) -> None:
        announced()
        page = client.post(
            f"{article.get_absolute_url()}commenter/",
            {"text": "Un avis.", "preview": 1},
        )
        assertContains(page, "Un avis.</textarea>")
        assertNotContains(page, TOLD)
        assertContains(client.get(article.get_absolute_url()), TOLD)

    @pytest.mark.parametrize("address", ["/charte/", "/charte/2/"])
    def test_opening_the_charter_is_being_told(
        self, client: Client, reader, article, address: str
    ) -> None:
        announced()
        client.head(address)
        assertContains(client.get(article.get_absolute_url()), TOLD)
        client.get("/charte/1/")
        assertContains(client.get(article.get_absolute_url()), TOLD)
        client.get(address)
        assertNotContains(client.get(article.get_absolute_url()), TOLD)
        assert CharterNotice.objects.get().seen_at is not None

    def test_of_several_the_latest_and_a_dismissal_takes_no_later_one(
        self, client: Client, reader, article
    ) -> None:
        announced("Un")
        announced("Deux")
        address = article.get_absolute_url()
        assertContains(client.get(address), TOLD, count=1)
        assertContains(client.get(address), 'action="/charte/3/lue/"')
        announced("Trois")
        client.post("/charte/3/lue/", {"next": address})
        assertContains(client.get(address), 'action="/charte/4/lue/"')
        client.post("/charte/4/lue/", {"next": address})
        assertNotContains(client.get(address), TOLD)

    def test_each_for_himself(self, client: Client, reader, article) -> None:
        other = Client()
        other.force_login(ReaderFactory())
        announced()
        client.post("/charte/2/lue/")
        assertNotContains(client.get(article.get_absolute_url()), TOLD)
        assertContains(other.get(article.get_absolute_url()), TOLD)

    def test_nobody_signed_in_and_newcomers_read_none(
        self, client: Client, article
    ) -> None:
        announced()
        assertNotContains(client.get(article.get_absolute_url()), TOLD)
        client.force_login(ReaderFactory())
        assertNotContains(client.get(article.get_absolute_url()), TOLD)

    @pytest.mark.parametrize("back", ["", "https://ailleurs.example/", "//x.example"])
    def test_goes_back_to_this_site_alone(
        self, client: Client, reader, back: str
    ) -> None:
        announced()
        answer = client.post("/charte/2/lue/", {"next": back})
        assertRedirects(answer, "/charte/", fetch_redirect_response=False)

    @pytest.mark.parametrize("number", ["0", "99", "99999999999999999999"])
    def test_no_such_version(self, client: Client, reader, number: str) -> None:
        announced()
        assert client.post(f"/charte/{number}/lue/").status_code == 404
        assert CharterNotice.objects.get().seen_at is None

    def test_signed_out_meanwhile(self, client: Client, reader) -> None:
        announced()
        client.logout()
        answer = client.post("/charte/2/lue/", {"next": "/"})
        client.force_login(reader)
        assert "next=/charte/2/lue/" in answer["Location"]
        assertRedirects(client.get("/charte/2/lue/"), "/charte/")

    def test_needs_the_form_of_this_site(self, reader) -> None:
        announced()
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(reader)
        assert strict.post("/charte/2/lue/").status_code == 403
        assert CharterNotice.objects.get().seen_at is None

    @pytest.mark.parametrize("changes", [1, 3])
    def test_queries(
        self, client: Client, reader, article, django_assert_num_queries, changes: int
    ) -> None:
        for number in range(changes):
            announced(f"Titre {number}")
        address = article.get_absolute_url()
        client.get(address)
        with django_assert_num_queries(14):  # as before any change
            client.get(address)
        client.get("/charte/")
        with django_assert_num_queries(14):
            client.get(address)
        with django_assert_num_queries(7):  # session, account, version, read, masthead,
            client.get("/charte/")  # 2 rights


class TestWhatChanged:
    def test_nothing_before_the_first(self, client: Client) -> None:
        published_charter()
        assertNotContains(client.get("/charte/"), "changements")

    def test_changed_added_and_removed_are_named(self, client: Client) -> None:
        load_shipped_rules()
        published_charter()
        retitled()
        CharterClause.objects.create(
            code="sources", title_fr="Citer ses sources", title_en="Cite your sources",
            text_fr="Un chiffre a une source.", text_en="A figure has a source.",
            position=900,
        )  # fmt: skip
        RuleSetting.objects.filter(rule="contact").update(enabled=False)
        publish_charter(by=None)
        page = client.get("/charte/")
        assertContains(page, 'id="changements"')
        assertContains(page, 'href="/charte/1/"')
        kinds = {
            change.where.replace("\u00a0", " "): change.kind
            for change in page.context["changes"]
        }
        assert kinds["« Parler de l’article », titre"] == "changed"
        assert kinds["« Citer ses sources », texte"] == "added"
        assert "removed" in kinds.values()
        text = page.content.decode().replace("\u00a0", " ")
        assert "ôté : </span>Rester dans le sujet</del>" in text
        assert "ajouté : </span>Parler de l’article</ins>" in text
        for kind in ("modifié", "ajouté", "supprimé"):
            assert f'<span class="badge">{kind}</span>' in text
        assertNotContains(client.get("/charte/1/"), 'id="changements"')

    def test_a_new_order_is_told_by_titles(self, client: Client) -> None:
        published_charter()
        CharterClause.objects.filter(code="sujet").update(position=0)
        publish_charter(by=None)
        (change,) = client.get("/charte/").context["changes"]
        assert change.where == "Ordre des clauses"
        assert "Rester dans le sujet" in change.html

    def test_old_versions_keep_theirs(self, client: Client) -> None:
        published_charter()
        for title in ("Deux", "Trois"):
            retitled(title)
            publish_charter(by=None)
        (change,) = client.get("/charte/2/").context["changes"]
        assert "Deux</ins>" in change.html
        (change,) = client.get("/charte/3/").context["changes"]
        assert "Deux</del>" in change.html

    def test_in_the_language_of_the_page(self, client: Client) -> None:
        published_charter()
        CharterClause.objects.filter(code="sujet").update(title_en="Stay on topic")
        publish_charter(by=None)
        assertContains(client.get("/charte/"), "Rien ne change dans le texte")
        client.cookies["django_language"] = "en"
        assertContains(client.get("/charte/"), "Stay on topic</ins>")

    def test_what_an_editor_typed_is_no_markup(self, client: Client) -> None:
        published_charter()
        retitled("<script>alert(1)</script>")
        publish_charter(by=None)
        assertNotContains(client.get("/charte/"), "<script>alert")
