"""Every kind of page in English: what it says, and that no French message is left."""

import re
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup
from bs4.element import PageElement, PreformattedString
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from moderation.models import Action
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
    SectionFactory,
)
from tests.newsroom.catalogues import catalogue

pytestmark = pytest.mark.django_db

FEWEST_LETTERS = 4  # of a French text that is looked for
PLACEHOLDER = re.compile(r"%\(\w+\)\w+|%[sd]|{\w*}")
SPOKEN = ("alt", "aria-label", "placeholder", "title")
RUDE = "Quel connard, ce ministre."

# {who: [(path, what it must say)]}; `{article}` is the slug, `{comment}` a key
PAGES = {
    "anonymous": [
        ("/", ["Front page", "2 comments", "In readers’ words", "Sign in", "RSS feed"]),
        ("/rubrique/alpha/", ["Home", "2 comments"]),
        (
            "/article/{article}/",
            ["Comments (2)", "All comments", "Sign in to comment", "Back to top"],
        ),
        (
            "/commentaires/{comment}/signaler/",
            ["Report the comment by", "What is wrong with this comment?", "Harassment"],
        ),
        ("/signalements/{reference}/", ["Your report has been received"]),
        ("/compte/login/", ["Sign in", "Email address", "Forgotten your password?"]),
        ("/compte/signup/", ["Display name", "Create my account"]),
        ("/compte/password/reset/", ["Forgotten password", "Send the link"]),
        ("/recherche/?q=omega", ["Search", "1 article", "2 comments"]),
        ("/recherche/?q=xyzzy", ["No article contains all these words."]),
        ("/langue/", ["Language / Langue"]),
        ("/nulle-part/", ["This page does not exist", "Latest articles"]),
        ("/api/v1/docs/", ["Moderation"]),
    ],
    "reader": [
        ("/article/{article}/", ["Your comment", "Publish", "Preview", "Reply"]),
        ("/commentaires/{comment}/repondre/", ["Your reply", "Back to the thread"]),
        ("/compte/commentaires/", ["My comments", "Reason", "Insult", "Contest"]),
        ("/compte/signature/", ["My display name"]),
        ("/compte/email/", ["Change address"]),
        ("/compte/password/change/", ["Current password", "Save"]),
        ("/compte/logout/", ["Sign out"]),
    ],
    "moderator": [
        ("/moderation/", ["Moderation", "pending", "Hide…", "insult, grave"]),
        ("/moderation/?lecteurs=oui", ["Reported by readers", "Reported by 1 reader:"]),
        ("/moderation/?etat=attente&auteur=zz", ["No comment matches these filters."]),
        ("/moderation/resume/", ["Digest by email", "You receive none.", "Every week"]),
        ("/moderation/historique/", ["History", "hidden", "reason: Insult"]),
        ("/moderation/commentaires/{comment}/", ["All decisions", "Reference:"]),
        (
            "/moderation/laboratoire/",
            ["Laboratory", "Try a text", "Record of the rules"],
        ),
        (
            "/moderation/tableau/",
            ["Dashboard", "Received", "Published at once", "before:", "1 h", "Insult"],
        ),
        ("/moderation/tableau/?periode=24h", ["Hour by hour", "All", "Share hidden"]),
        ("/moderation/second-regard/", ["Second look", "Judge a comment"]),
        (
            "/moderation/second-regard/accord/",
            ["Second look: agreement", "Hide, whatever the reason", "too few"],
        ),
        ("/moderation/laboratoire/terme/", ["Try a term", "On the latest comments"]),
        ("/moderation/laboratoire/motif/", ["Try a pattern"]),
    ],
    "editor": [
        ("/admin/", ["Newsroom", "Everyday tasks", "Lexicon"]),
        ("/admin/articles/article/", ["kicker, standfirst, byline", "Import a page"]),
        ("/admin/articles/article/add/", ["Standfirst", "“Read also” links"]),
        ("/admin/articles/section/add/", ["Before publication: nothing appears"]),
        ("/admin/comments/comment/", ["display name or article title"]),
        ("/admin/moderation/term/add/", ["Irregular forms", "name of a tyrant"]),
        ("/admin/importer/", ["Time zone of the page", "Read the page"]),
    ],
}


@pytest.fixture
def filled() -> dict[str, Any]:
    """Comments in every state. No word of theirs is one of the site's own messages."""
    article = ArticleFactory(
        section=SectionFactory(name="Alpha", slug="alpha"),
        title="Omega",
        slug="omega",
        paragraphs=["Lorem ipsum."],
    )
    CommentFactory(article=article, text="Omega sed.", published=True)
    reader, moderator = ReaderFactory(), ModeratorFactory()
    other = ReaderFactory().commenter
    shown = submit_comment(article=article, author=other, text="Omega quia.")
    author = reader.commenter
    submit_comment(article=article, author=author, text=RUDE)
    hidden = submit_comment(article=article, author=author, text=f"{RUDE} Zut.")
    decide(
        hidden,
        action=Action.HIDE,
        by=moderator,
        after=hidden.decisions.latest("pk").pk,
        revision=hidden.revision_id,
        reason="injure",
    )
    return {
        "anonymous": None,
        "reader": reader,
        "moderator": moderator,
        "editor": EditorFactory(),
        "article": article.slug,
        "comment": shown.pk,
        "reference": ReportFactory(comment=shown).reference,
    }


def opened(filled: dict[str, Any], who: str, path: str, language: str) -> str:
    client = Client()
    if account := filled[who]:
        client.force_login(account)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path.format(**filled))
    assert response.status_code in (200, 404), path
    assert response.headers["Content-Language"] == language
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "path", "phrases"),
    [(who, path, said) for who, pages in PAGES.items() for path, said in pages],
)
def test_page_in_english(filled, who, path, phrases):
    page = opened(filled, who, path, "en")
    shown = " ".join("".join(_texts(page)).split())
    assert [phrase for phrase in phrases if phrase not in shown] == []
    assert _left_in_french(page) == set()
    # The same page in French, so that nothing found cannot pass for a wrong reason
    assert len(_left_in_french(opened(filled, who, path, "fr"))) > 5


def test_times_are_written_the_english_way(filled):
    page = "/article/omega/"
    assert re.search(r"\d\d h \d\d, le ", opened(filled, "anonymous", page, "fr"))
    english = opened(filled, "anonymous", page, "en")
    assert re.search(r">\d\d:\d\d, \d+ [A-Z][a-z]+ \d{4}<", english)


def test_mail_in_english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    reader = ReaderFactory()
    client.post(reverse("account_reset_password"), {"email": reader.email})
    (message,) = mail.outbox
    assert message.subject == "Choose a new password"
    assert "open this link:" in message.body
    assert "Bonjour" not in message.body


@cache
def _french_texts() -> re.Pattern[str]:
    """What the site says in French and says otherwise in English."""
    texts = _pieces("fr") - _pieces("en")
    patterns = [
        ".+".join(map(re.escape, PLACEHOLDER.split(" ".join(text.split()))))
        for text in texts
        if sum(c.isalpha() for c in PLACEHOLDER.sub("", text)) >= FEWEST_LETTERS
    ]
    assert len(patterns) > 500
    return re.compile("|".join(patterns), re.IGNORECASE)


def _pieces(language: str) -> set[str]:
    """What stands between the tags of all messages."""
    shown = (text for entry in catalogue(language) for text in entry.strings)
    return {p.casefold() for text in shown for p in re.split(r"<[^>]+>", text)}


def _left_in_french(page: str) -> set[str]:
    texts = {" ".join(text.split()).rstrip(" :") for text in _texts(page)}
    return {text for text in texts if _french_texts().fullmatch(text)}


def _texts(page: str) -> list[str]:
    """What people read or hear, but what the page itself says to be French."""
    soup = BeautifulSoup(page, "lxml")
    found: list[str] = []
    for element in soup.find_all(string=True):
        if not isinstance(element, PreformattedString) and not _is_french(element):
            found.append(element)
    for tag in soup.find_all(True):
        found += [str(tag[name]) for name in SPOKEN if name in tag.attrs]
        if tag.name == "input" and tag.get("type") == "submit":
            found.append(str(tag["value"]))
    return found


def _is_french(element: PageElement) -> bool:
    named = element.find_parent(lambda tag: tag.has_attr("lang"))
    return named is not None and named["lang"] == "fr" and named.name != "html"
