"""The charter's pages and JSON, and where readers meet it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from moderation.charter.models import CharterClause
from moderation.charter.publishing import publish_charter
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ReaderFactory
from tests.moderation.charter.setting import published_charter, set_rule
from tests.moderation.deciding import decided
from tests.moderation.masking import NUMBER, masked
from tests.moderation.sanctioning import sanctioned

pytestmark = pytest.mark.django_db


def test_nothing_to_read_before_it_was_published(client: Client) -> None:
    for address in ("/charte/", "/charte.json", "/charte/1/", "/charte/1.json"):
        assert client.get(address).status_code == 404
    published_charter()
    for address in ("/charte/", "/charte.json", "/charte/1/", "/charte/1.json"):
        assert client.get(address).status_code == 200
    assert client.get("/charte/2/").status_code == 404
    assert client.get("/charte/99999999999999999999/").status_code == 404


def test_page_and_json_say_the_same(client: Client) -> None:
    published_charter()
    answer = client.get("/charte.json")
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    page = client.get("/charte/")
    assertContains(page, f"Version {told['number']}, publiée le")
    assertContains(page, 'rel="alternate" type="application/json" href="/charte.json"')
    for clause in told["content"]["fr"]["clauses"]:
        assertContains(page, f'id="clause-{clause["code"]}"')
        assertContains(page, clause["title"], msg_prefix=clause["code"])
        for rule in clause["rules"]:
            if rule["enabled"]:
                assertContains(page, rule["sentence"])
        for example in (*clause["accepted"], *clause["refused"]):
            assertContains(page, example)
    for procedure in told["content"]["fr"]["procedures"]:
        assertContains(page, f'id="clause-{procedure["code"]}"')
    for rule in told["content"]["fr"]["automatic"]:
        assertContains(page, rule["title"])
    assert told["url"].endswith("/charte/1/")


def test_older_versions_stay(client: Client) -> None:
    published_charter()
    CharterClause.objects.filter(code="sujet").update(title_fr="Parler de l’article")
    publish_charter(by=None)
    now, before = client.get("/charte/"), client.get("/charte/1/")
    assertContains(now, "Parler de l’article")
    assertContains(now, "Version 2, publiée le")
    assertContains(now, 'href="/charte/1/"')
    assertContains(before, "Rester dans le sujet")
    assertNotContains(before, "Parler de l’article")
    assertContains(before, "n’est plus en vigueur")
    assertContains(before, 'href="/charte/1.json"')
    assert client.get("/charte/1.json").json()["in_force"] is False
    assert client.get("/charte.json").json()["number"] == 2
    assert client.get("/charte/2/").context["in_force"]


def test_english_reader_reads_english(client: Client) -> None:
    published_charter()
    client.cookies["django_language"] = "en"
    page = client.get("/charte/")
    assertContains(page, "Keep to the subject")
    assertNotContains(page, "Rester dans le sujet")
    told = client.get("/charte.json").json()
    assert set(told["content"]) == {"fr", "en"}


@pytest.mark.parametrize("versions", [1, 4])
def test_queries(client: Client, django_assert_num_queries, versions: int) -> None:
    published_charter()
    for number in range(1, versions):
        CharterClause.objects.filter(code="sujet").update(title_fr=f"Titre {number}")
        publish_charter(by=None)
    if versions > 1:
        with django_assert_num_queries(3):  # both versions too, the first time
            client.get("/charte/")
    with django_assert_num_queries(2):  # version, masthead
        client.get("/charte/")
    with django_assert_num_queries(1):
        client.get("/charte.json")


def test_linked_from_every_page_and_told_to_crawlers(client: Client) -> None:
    version = published_charter()
    assertContains(client.get("/"), 'href="/charte/"')
    sitemap = client.get("/sitemap-charte.xml").content.decode()
    assert "/charte/</loc>" in sitemap
    assert version.published_at.date().isoformat() in sitemap


def test_statement_leads_to_its_clause(client: Client) -> None:
    author = ReaderFactory()
    comment = submit_comment(
        article=ArticleFactory(), author=author.commenter, text="Quel abruti."
    )
    decided(comment)
    client.force_login(author)
    assertContains(
        client.get("/compte/commentaires/"),
        '<a href="/charte/#clause-personnes">Respecter les personnes</a>',
    )


def test_what_was_decided_leads_to_the_charter_of_its_day(
    client: Client,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.NEWSPAPER_URL = "https://journal.example"
    published_charter()
    author = ReaderFactory()
    text = f"Appelez le {NUMBER}."
    hidden, shown = (
        submit_comment(article=ArticleFactory(), author=author.commenter, text=each)
        for each in ("Quel abruti.", text)
    )
    with django_capture_on_commit_callbacks(execute=True):
        statement = decided(hidden).statement
        masking = masked(shown)
        sanction = sanctioned(author.commenter, "warning")
    mails = [message.body for message in mail.outbox]
    assert len(mails) == 3
    CharterClause.objects.filter(code="personnes").update(title_fr="Être courtois")
    publish_charter(by=None)
    client.force_login(author)
    page = client.get("/compte/commentaires/")
    for made in (statement, masking, sanction):
        address = f"/charte/1/#clause-{made.clause}"
        assertContains(page, f'<a href="{address}">{made.clause_fr}</a>')
        said = f"{made.clause_fr}.\nhttps://journal.example{address}\n"
        assert any(said in body for body in mails), made
    assertNotContains(page, 'href="/charte/#clause-')
    assertContains(client.get("/charte/1/"), 'id="clause-personnes"')
    assertContains(
        client.get(f"/compte/contestations/{statement.puid}/"),
        'href="/charte/1/#clause-personnes"',
    )
    later = submit_comment(
        article=ArticleFactory(), author=author.commenter, text="Quel autre abruti."
    )
    decided(later)
    assertContains(
        client.get("/compte/commentaires/"),
        '<a href="/charte/2/#clause-personnes">Être courtois</a>',
    )


def test_statement_cites_the_title_in_force() -> None:
    published_charter()
    CharterClause.objects.filter(code="personnes").update(title_fr="Être courtois")
    article, author = ArticleFactory(), ReaderFactory().commenter
    before = submit_comment(article=article, author=author, text="Quel abruti.")
    assert decided(before).statement.clause_fr == "Respecter les personnes"
    publish_charter(by=None)
    after = submit_comment(article=article, author=author, text="Quel autre abruti.")
    assert decided(after).statement.clause_fr == "Être courtois"


class TestWriting:
    @pytest.fixture
    def reader(self, client: Client):
        reader = ReaderFactory()
        client.force_login(reader)
        return reader

    @pytest.fixture
    def article(self):
        return ArticleFactory(published_at=timezone.now() - timedelta(days=10))

    def test_told_before_typing(self, client: Client, reader, article) -> None:
        page = client.get(article.get_absolute_url())
        assertContains(page, "3\u00a0000 caractères au plus.")
        assertContains(page, 'href="/charte/"')
        set_rule("max_length", "section", article, number=500)
        set_rule("min_words", "article", article, number=3)
        set_rule("per_article", "site", article, number=2)
        set_rule("closes_after", "site", article, number=30)
        page = client.get(article.get_absolute_url())
        assertContains(page, "500 caractères au plus.")
        assertContains(page, 'data-limit="500"')
        assertContains(page, "3 mots au moins.")
        assertContains(page, "Il vous reste 2 commentaires à écrire sous cet article.")
        assertContains(page, "Les commentaires de cet article ferment le")

    def test_no_form_once_all_is_said(self, client: Client, reader, article) -> None:
        set_rule("per_article", "article", article, number=1)
        address = article.get_absolute_url()
        assertContains(client.get(address), '<textarea name="text"')
        comment = submit_comment(
            article=article, author=reader.commenter, text="Un avis mesuré."
        )
        page = client.get(address)
        assertNotContains(page, '<textarea name="text"')
        assertContains(page, "Vous avez écrit 1 commentaire sous cet article")
        assertContains(page, f'id="comment-{comment.pk}"')

    def test_closing_hides_no_comment(self, client: Client, article) -> None:
        comment = submit_comment(
            article=article, author=ReaderFactory().commenter, text="Un avis mesuré."
        )
        reply = f"/commentaires/{comment.pk}/repondre/"
        address = article.get_absolute_url()
        before = client.get(address)
        assertContains(before, "Connectez-vous pour commenter")
        assertContains(before, reply)
        set_rule("closes_after", "site", article, number=5)
        page = client.get(address)
        assertContains(page, "Un avis mesuré.")
        assertContains(page, "sont fermés depuis le")
        assertContains(page, 'href="/charte/#clause-ouverture"')
        assertNotContains(page, "Connectez-vous pour commenter")
        assertNotContains(page, reply)

    def test_refused_text_is_kept_and_the_clause_linked(
        self, client: Client, reader, article
    ) -> None:
        published_charter()
        set_rule("min_words", "site", article, number=4)
        page = client.post(
            f"{article.get_absolute_url()}commenter/", {"text": "Bien <dit>."}
        )
        assert page.status_code == 422
        assertContains(page, "Bien &lt;dit&gt;.", status_code=422)
        assertContains(page, "écrivez au moins 4 mots", status_code=422)
        assertContains(
            page,
            '<a href="/charte/#clause-forme">Écrire posément, pour être lu</a>',
            status_code=422,
        )

    def test_form_sent_too_late_keeps_what_was_typed(
        self, client: Client, reader, article
    ) -> None:
        set_rule("closes_after", "site", article, number=5)
        page = client.post(
            f"{article.get_absolute_url()}commenter/", {"text": "Un avis mesuré."}
        )
        assert page.status_code == 422
        assertContains(page, "Un avis mesuré.</textarea>", status_code=422)
        assertContains(page, "sont fermés depuis le", status_code=422)
