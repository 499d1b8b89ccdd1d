from datetime import UTC, datetime

import pytest

from articles.models import Block, RelatedLink
from tests.factories import ArticleFactory, CommentFactory, SectionFactory

pytestmark = pytest.mark.django_db


def test_list_shows_published_articles_newest_first(anonymous):
    old = ArticleFactory(published_at=datetime(2020, 1, 1, tzinfo=UTC))
    draft = ArticleFactory(status="draft")
    new = ArticleFactory(published_at=datetime(2026, 5, 1, tzinfo=UTC))
    listed = anonymous.get("/api/v1/articles/").json()["results"]
    assert [a["slug"] for a in listed] == [new.slug, old.slug]
    draft.status = "published"
    draft.save()
    listed = anonymous.get("/api/v1/articles/").json()["results"]
    assert draft.slug in [a["slug"] for a in listed]


def test_list_can_be_narrowed_to_a_section(anonymous):
    liban = SectionFactory(name="Liban", slug="liban")
    article = ArticleFactory(section=liban)
    ArticleFactory()
    assert len(anonymous.get("/api/v1/articles/").json()["results"]) == 2
    found = anonymous.get("/api/v1/articles/?section=liban").json()["results"]
    assert [a["slug"] for a in found] == [article.slug]
    assert found[0]["section"] == {"slug": "liban", "name": "Liban"}
    assert anonymous.get("/api/v1/articles/?section=rien").json()["results"] == []


def test_pages_follow_each_other_even_at_equal_dates(anonymous):
    same = datetime(2026, 1, 1, tzinfo=UTC)
    slugs = {ArticleFactory(published_at=same).slug for _ in range(7)}
    url, seen = "/api/v1/articles/?page_size=3", []
    while url:
        page = anonymous.get(url).json()
        seen.append([a["slug"] for a in page["results"]])
        url = page["next"]
    assert [len(page) for page in seen] == [3, 3, 1]
    assert {slug for page in seen for slug in page} == slugs


def test_article_comes_with_its_text_picture_and_links(anonymous):
    target = ArticleFactory(title="Alep sous les bombes")
    hidden = ArticleFactory(status="draft")
    article = ArticleFactory(image_caption="Une rue", image_credit="AFP")
    Block.objects.create(article=article, position=1, text="Un\u00a0: deux.")
    Block.objects.create(article=article, position=2, type="subhead", text="Suite")
    for place, linked in enumerate((target, hidden)):
        RelatedLink.objects.create(
            article=article, position=place, title=linked.title, target=linked
        )
    CommentFactory(article=article, published=True)
    CommentFactory(article=article)

    found = anonymous.get(f"/api/v1/articles/{article.slug}/").json()
    assert found["blocks"] == [
        {"type": "paragraph", "text": "Un\u00a0: deux.", "joined_to_previous": False},
        {"type": "subhead", "text": "Suite", "joined_to_previous": False},
    ]
    assert found["picture"] == {"url": None, "caption": "Une rue", "credit": "AFP"}
    assert [link["article"] for link in found["related_links"]] == [target.slug, None]
    assert found["comment_count"] == 1
    assert found["comments_open"] is True
    assert found["permalink"] == f"http://127.0.0.1:8000/article/{article.slug}/"


def test_unknown_facts_are_null(anonymous):
    article = ArticleFactory(published_at=None)
    found = anonymous.get(f"/api/v1/articles/{article.slug}/").json()
    assert found["published_at"] is None
    assert found["source_url"] is None
    assert found["picture"] is None


def test_draft_looks_like_an_article_that_does_not_exist(anonymous):
    draft = ArticleFactory(status="draft")
    missing = anonymous.get("/api/v1/articles/rien/")
    found = anonymous.get(f"/api/v1/articles/{draft.slug}/")
    assert (found.status_code, found.content) == (404, missing.content)


def test_closed_comments_are_said(anonymous):
    section = SectionFactory(comment_policy="closed")
    article = ArticleFactory(section=section)
    found = anonymous.get(f"/api/v1/articles/{article.slug}/").json()
    assert found["comments_open"] is False


def test_sections_in_their_order(anonymous):
    SectionFactory(name="Économie", slug="economie", position=2)
    SectionFactory(name="À La Une", slug="a-la-une", position=1)
    assert anonymous.get("/api/v1/sections/").json() == [
        {"slug": "a-la-une", "name": "À La Une"},
        {"slug": "economie", "name": "Économie"},
    ]
