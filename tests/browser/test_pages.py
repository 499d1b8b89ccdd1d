"""Every kind of page: accessible, quiet on the console, within its window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from articles.models import Article
from moderation.services import submit_comment
from tests.browser.conftest import Visitor
from tests.factories import (
    EditorFactory,
    ModeratorFactory,
    RankerFactory,
    ReaderFactory,
)
from tests.moderation.charter.setting import published_charter

pytestmark = [pytest.mark.browser]
SEED = Path(__file__).resolve().parents[2] / "fixtures" / "article-syrie.txt"
RUDE = "Vous n’êtes qu’une bande d’abrutis !!!!"
ARABIC = "ألف مبروك لأهل الحارة، رجع الخبز ورجعت الريحة معه!"


@pytest.fixture
def article(live_server: Any) -> Article:
    """The seed page with a waiting comment, an Arabic one and a reply."""
    RankerFactory(active=True)
    call_command("import_page", str(SEED), verbosity=0)
    published_charter()
    article = Article.objects.select_related("section").get()
    author = ReaderFactory(username="auteur").commenter
    submit_comment(article=article, author=author, text=RUDE)
    first = submit_comment(article=article, author=author, text=ARABIC)
    submit_comment(
        article=article, author=author, text="Bien dit, et bien écrit.", parent=first
    )
    return article


def sign_in(visitor: Visitor, user: Any) -> None:
    client = Client()
    client.force_login(user)
    visitor.page.context.add_cookies(
        [
            {
                "name": "session",
                "value": client.cookies["session"].value,
                "url": visitor.site,
            }
        ]
    )


def reader_pages(article: Article) -> list[str]:
    path = article.get_absolute_url()
    return [
        "/",
        article.section.get_absolute_url(),
        path,
        "/recherche/",
        "/recherche/?q=poutine",
        "/recherche/?q=introuvable",
        "/compte/login/",
        "/compte/signup/",
        "/compte/password/reset/",
        "/langue/",
        "/charte/",
        "/rien/",
        "/api/v1/docs/",
    ]


def account_pages(article: Article) -> list[str]:
    comment = article.comments.published().latest("pk")
    return [
        article.get_absolute_url(),
        f"/commentaires/{comment.pk}/repondre/",
        "/compte/commentaires/",
        "/compte/signature/",
        "/compte/email/",
        "/compte/password/change/",
        "/compte/logout/",
    ]


def desk_pages(article: Article) -> list[str]:
    comment = article.comments.pending().get()
    return [
        "/moderation/",
        "/moderation/?ordre=probable&etat=attente",
        "/moderation/resume/",
        "/moderation/historique/",
        f"/moderation/commentaires/{comment.pk}/",
    ]


def admin_pages(article: Article) -> list[str]:
    return [
        "/admin/",
        "/admin/articles/article/",
        f"/admin/articles/article/{article.pk}/change/",
        "/admin/comments/comment/",
        "/admin/moderation/term/",
        "/admin/moderation/term/add/",
        "/admin/importer/",
        "/admin/moderation/charterrule/add/",
        "/admin/moderation/charterversion/publier/",
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_accessibility_violation(
    visit: Callable[..., Visitor], article: Article, dark: bool, width: int
) -> None:
    """axe finds nothing on any page kind; what remains is tested by hand and keyboard."""
    found: list[str] = []
    for user, paths in (
        (None, reader_pages(article)),
        (ReaderFactory(), account_pages(article)),
        (ModeratorFactory(), desk_pages(article)),
    ):
        visitor = visit(dark=dark, width=width)
        if user is not None:
            sign_in(visitor, user)
        for path in paths:
            visitor.open(path)
            found += visitor.axe()
    assert not found, "\n".join(found)


def test_admin_runs_under_the_content_security_policy(
    visit: Callable[..., Visitor], article: Article
) -> None:
    visitor = visit()
    sign_in(visitor, EditorFactory())
    for path in admin_pages(article):
        page = visitor.open(path)
        assert page.locator("#site-name").is_visible(), path


def test_nothing_is_wider_than_a_small_window(
    visit: Callable[..., Visitor], article: Article
) -> None:
    visitor = visit(width=320)
    sign_in(visitor, ModeratorFactory())
    paths = {*reader_pages(article), *account_pages(article), *desk_pages(article)}
    wide = []
    for path in sorted(paths):
        page = visitor.open(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append(f"{path}: {width} px")
    assert not wide, wide


def test_keyboard_reaches_the_form_and_posts(
    visit: Callable[..., Visitor], article: Article
) -> None:
    visitor = visit()
    sign_in(visitor, ReaderFactory())
    page = visitor.open(article.get_absolute_url())
    page.keyboard.press("Tab")
    assert "Aller au contenu" in page.evaluate("document.activeElement.textContent")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.type("Écrit sans souris, et sans colère.")
    for _ in range(3):  # the charter, then the button
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    page.get_by_text("Votre commentaire est publié.").wait_for()
    assert article.comments.filter(
        revision__text="Écrit sans souris, et sans colère."
    ).exists()
