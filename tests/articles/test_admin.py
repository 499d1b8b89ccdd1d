"""Editing an article in the back office."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles.models import Article, Block, RelatedLink, Section
from tests.articles.admin_forms import body, change_url, edit, form_data, version
from tests.factories import ArticleFactory, EditorFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which an editor has signed in."""
    client.force_login(EditorFactory())
    return client


def test_saving_an_untouched_form_changes_nothing(desk: Client) -> None:
    text = "  \u00a0Un texte\n\nexact\u00a0: « oui »  "
    article = ArticleFactory(paragraphs=[text, "deux"], lede="Une\nphrase")
    RelatedLink.objects.create(article=article, position=1, title="Ailleurs")
    rows = (Article, Block, RelatedLink)
    before = [list(model.objects.values()) for model in rows]
    assert edit(desk, article).status_code == 302
    assert [list(model.objects.values()) for model in rows] == before


def test_texts_keep_their_spaces_and_line_breaks(desk: Client) -> None:
    article = ArticleFactory(paragraphs=["un"])
    typed = "\u00a0Deux\r\nlignes « ici »\u202f! \r\n"
    edit(desk, article, **{"blocks-0-text": typed, "lede": typed})
    kept = typed.replace("\r\n", "\n")
    assert body(article) == [(1, kept)]
    assert Article.objects.get(pk=article.pk).lede == kept


def test_saving_resolves_links_and_renews_pages(desk: Client) -> None:
    older = ArticleFactory(title="Ancien")
    RelatedLink.objects.create(article=older, position=1, title="Le sujet du jour")
    article = ArticleFactory(title="Brouillon sans nom")
    before = version(older), version(article)
    edit(desk, article, title="Le sujet du jour")
    assert older.related_links.get().target == article
    assert version(older) == before[0] + 1
    assert version(article) == before[1] + 1

    RelatedLink.objects.create(article=article, position=1, title="X", target=older)
    edit(desk, article, **{"related_links-0-title": "Ailleurs"})
    assert article.related_links.get().target is None


def test_saving_keeps_the_comments_counted_meanwhile(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = ArticleFactory(title="Avant")
    resave = Article.save

    def save_after_a_comment(self: Article, *args: Any, **kwargs: Any) -> None:
        Article.objects.filter(pk=self.pk).update(
            comment_count=F("comment_count") + 1, version=F("version") + 1
        )
        resave(self, *args, **kwargs)

    monkeypatch.setattr(Article, "save", save_after_a_comment)
    edit(desk, article, title="Après")
    article.refresh_from_db()
    assert (article.title, article.comment_count, article.version) == ("Après", 1, 2)


def test_new_article_with_its_own_address(desk: Client) -> None:
    section = SectionFactory()
    url = reverse("admin:articles_article_add")
    data = form_data(desk.get(url)) | {
        "title": "L’été à Beyrouth",
        "section": section.pk,
        "published_at_0": "02/07/2026",
        "published_at_1": "09:30",
        "blocks-0-text": "Il fait chaud.",
    }
    assert desk.post(url, data).status_code == 302
    article = Article.objects.get()
    assert article.slug == "l-ete-a-beyrouth"
    assert article.status == Article.Status.DRAFT
    assert article.published_at == datetime(2026, 7, 2, 6, 30, tzinfo=UTC)
    assert article.source_url is None
    assert body(article) == [(1, "Il fait chaud.")]
    assert version(article) == 1


def picture(form: str) -> SimpleUploadedFile:
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, form)
    return SimpleUploadedFile("photo.png", stream.getvalue())


def test_picture_must_be_one_that_browsers_show(desk: Client) -> None:
    article = ArticleFactory()
    for bad in (picture("TIFF"), SimpleUploadedFile("photo.png", b"<svg/>")):
        assert "errorlist" in edit(desk, article, image=bad).content.decode()
    assert not Article.objects.get(pk=article.pk).image
    assert edit(desk, article, image=picture("PNG")).status_code == 302
    assert Article.objects.get(pk=article.pk).image.url.startswith("/media/images/")


def test_modes_are_explained_with_the_legal_note(desk: Client) -> None:
    article = ArticleFactory()
    section = reverse("admin:articles_section_change", args=(article.section_id,))
    for url in (change_url(article), section):
        page = desk.get(url).content.decode()
        assert "valider chaque commentaire vaut connaissance" in page
        assert "Le mode du site est une règle de la charte." in page


def test_actions_publish_and_withdraw(desk: Client) -> None:
    draft = ArticleFactory(status="draft")
    linking = ArticleFactory()
    RelatedLink.objects.create(article=linking, position=1, title="…", target=draft)
    before = version(draft), version(linking)
    url = reverse("admin:articles_article_changelist")
    for action, status in (("publish", "published"), ("withdraw", "draft")):
        desk.post(url, {"action": action, "_selected_action": draft.pk})
        assert Article.objects.get(pk=draft.pk).status == status
    assert (version(draft), version(linking)) == (before[0] + 2, before[1] + 2)


def test_draft_is_previewed_and_published_article_seen_in_place(desk: Client) -> None:
    article = ArticleFactory(status="draft", title="Pas encore paru")
    preview = reverse("admin:preview_article", args=(article.pk,))
    page = desk.get(change_url(article)).content.decode()
    assert preview in page
    assert article.get_absolute_url() not in page
    Article.objects.update(status="published")
    page = desk.get(change_url(article)).content.decode()
    assert preview not in page
    assert article.get_absolute_url() in page


def test_section_mode_renews_the_pages_of_its_articles(desk: Client) -> None:
    article = ArticleFactory()
    before = version(article)
    url = reverse("admin:articles_section_change", args=(article.section_id,))
    data = form_data(desk.get(url))
    assert desk.post(url, data | {"position": 5}).status_code == 302
    assert version(article) == before
    assert desk.post(url, data | {"comment_policy": "closed"}).status_code == 302
    assert Section.objects.get().comment_policy == "closed"
    assert version(article) == before + 1
