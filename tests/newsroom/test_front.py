"""Front page and section pages as readers get them."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article, Section
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    SectionFactory,
)

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 1, 8, tzinfo=UTC)


def many_articles(sections=3, each=4):
    for number in range(sections):
        section = SectionFactory(name=f"Section {number}", slug=f"s{number}")
        for rank in range(each):
            ArticleFactory(
                section=section,
                published_at=DAY - timedelta(hours=number * each + rank),
            )


class TestFront:
    def test_shows_the_newest_article_first_and_no_draft(self, client):
        draft = ArticleFactory(
            title="Brouillon caché", status=Article.Status.DRAFT, published_at=DAY
        )
        old = ArticleFactory(title="Un vieil article", published_at=DAY)
        new = ArticleFactory(
            title="La nouvelle",
            published_at=DAY + timedelta(days=1),
            lede="Le chapeau.",
        )
        page = client.get("/").content.decode()
        assert page.index(new.title) < page.index(old.title)
        assert "Le chapeau." in page
        assert draft.title not in page
        Article.objects.filter(pk=draft.pk).update(status=Article.Status.PUBLISHED)
        assertContains(client.get("/"), draft.title)

    def test_one_article_alone_opens_on_the_page(self, client):
        ArticleFactory(paragraphs=["Premier alinéa.", "Deuxième alinéa."])
        assertContains(client.get("/"), "Premier alinéa.")
        ArticleFactory(published_at=DAY - timedelta(days=9))
        assertNotContains(client.get("/"), "Premier alinéa.")

    def test_empty_newspaper_says_so(self, client):
        assertContains(client.get("/"), "Aucun article n’est paru")

    def test_each_section_shows_what_the_top_does_not(self, client):
        many_articles(sections=3, each=8)
        page = client.get("/").content.decode()
        for section in Section.objects.all():
            assert f'href="{section.get_absolute_url()}"' in page
        for title in Article.objects.values_list("title", flat=True):
            assert page.count(f"<bdi>{title}</bdi>") <= 1

    def test_counts_comments_and_links_to_them(self, client):
        comment = CommentFactory(published=True)
        address = f"{comment.article.get_absolute_url()}#commentaires"
        assertContains(client.get("/"), f'<a href="{address}">1 commentaire</a>')
        CommentFactory(article=comment.article, published=True)
        CommentFactory(article=comment.article)
        assertContains(client.get("/"), f'<a href="{address}">2 commentaires</a>')

    def test_quotes_readers_but_no_comment_a_moderator_must_see(self, client):
        comment = CommentFactory(text="Une phrase tranquille.", published=True)
        assertContains(client.get("/"), "Une phrase tranquille.")
        from moderation.models import QueueEntry

        QueueEntry.objects.create(
            comment=comment, rank=QueueEntry.Rank.FLAGGED, waiting_since=DAY
        )
        assertNotContains(client.get("/"), "Une phrase tranquille.")

    @pytest.mark.parametrize(("sections", "each"), [(2, 3), (9, 12)])
    def test_queries(self, client, django_assert_num_queries, sections, each):
        many_articles(sections, each)
        CommentFactory.create_batch(5, published=True)
        with django_assert_num_queries(4):  # newest, sections, theirs, quotes
            client.get("/")


class TestSection:
    def test_pages_hold_each_article_once(self, client):
        section = SectionFactory()
        # Several of one instant: the key decides between them
        for number in range(45):
            ArticleFactory(
                section=section, published_at=DAY - timedelta(hours=number // 9)
            )
        titles, address, pages = [], section.get_absolute_url(), 0
        while address:
            response = client.get(address)
            page = response.context["page"]
            titles += [article.title for article in page.articles]
            pages += 1
            address = (
                f"{section.get_absolute_url()}?avant={page.next_before}"
                if page.next_before
                else ""
            )
        assert pages == 3
        assert len(titles) == len(set(titles)) == 45

    @pytest.mark.parametrize(
        "before", ["x", "1", "-", "9" * 40, "-99999999999999999-1", "1-2'", "\x00"]
    )
    def test_place_that_no_page_links_to(self, client, before):
        section = SectionFactory()
        response = client.get(section.get_absolute_url(), {"avant": before})
        assert response.status_code == 404

    def test_unknown_section(self, client):
        assert client.get("/rubrique/nulle-part/").status_code == 404

    def test_queries(self, client, django_assert_num_queries):
        section = SectionFactory()
        ArticleFactory.create_batch(25, section=section)
        with django_assert_num_queries(3):  # section, articles, masthead
            client.get(section.get_absolute_url())
