"""What the back office's browser tests share: its rows, its pages, signing in."""

from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from rest_framework.authtoken.models import Token

from articles.models import Article, Block, RelatedLink
from moderation.changes import keep
from moderation.models import (
    Action,
    CharterClause,
    CharterRule,
    EditorPattern,
    Flag,
    RuleSetting,
    Term,
)
from moderation.scores import Attribute
from moderation.services import decide
from moderation.suggested_scores import keep_suggestion
from moderation.webhooks.endpoints import send_test
from tests.browser.conftest import Visitor
from tests.factories import (
    ApiClientFactory,
    ArticleFactory,
    CommentFactory,
    ModeratorFactory,
    RankerFactory,
    ReaderFactory,
    SectionFactory,
)
from tests.moderation.charter.setting import published_charter
from tests.moderation.webhooks.receiving import endpoint
from tests.newsroom.admin_rows import told

NO_PAGES = {
    "jsi18n",
    "autocomplete",
    "logout",
    "view_on_site",
    "moderation_term_export",
    "moderation_lexiconchange_restore",
    "moderation_webhookdelivery_retry",
}
"""Addresses of the admin site that answer no page of it, or that end the session."""


def sign_in(visitor: Visitor, account: Any) -> None:
    client = Client()
    client.force_login(account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    visitor.page.context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": visitor.site}]
    )


def newspaper() -> Article:
    """A row of everything: an article with blocks and links, a flagged comment…"""
    other = ArticleFactory()
    article = ArticleFactory(
        section=SectionFactory(name="À La Une"),
        title="Syrie : une image, deux récits",
        paragraphs=["Premier paragraphe. " * 12, "(Lire aussi : Le pain)", "Fin."],
    )
    article.blocks.filter(position=2).update(type=Block.Type.RELATED_INLINE)
    RelatedLink.objects.create(
        article=article, placement="inline", position=2, title="Le pain"
    )
    RelatedLink.objects.create(
        article=article, position=1, title="Le four", target=other
    )
    published_charter()
    CharterClause.objects.filter(code="sujet").update(title_fr="Parler de l’article")
    CharterRule.objects.create(rule="min_words", number=3, article=article)
    comment = CommentFactory(article=article, text="Quel avis !!!!", published=True)
    assert comment.revision
    Flag.objects.create(
        revision=comment.revision, rule="punctuation", rule_version=1, start=10, end=14,
        category="punctuation", severity="low", text="!!!!",
        explanation={"fr": "quatre points d’exclamation"},
    )  # fmt: skip
    decide(
        comment, action=Action.HIDE, reason="cri", by=ModeratorFactory(), after=None,
        revision=comment.revision_id,
    )  # fmt: skip
    for kept in (
        Term(text="mot d’essai", kind="insult", note="pour voir"),
        RuleSetting(rule="capitals", values={"letters": 12}),
        EditorPattern(name="motif d’essai", regex="zut+", explanation_fr="Juron."),
    ):
        keep(kept, by=None)
    forced = EditorPattern(name="à réparer", regex="(zut", explanation_fr="Juron.")
    EditorPattern.objects.bulk_create([forced])
    RankerFactory()
    keep_suggestion(
        client=ApiClientFactory(), text="Quel avis", values={Attribute.TOXICITY: 1},
        client_token="commentaire:1", community_id="journal.example",
    )  # fmt: skip
    told("adjoint@journal.example")
    send_test(endpoint("https://93.184.216.34/"))
    reader = ReaderFactory()
    EmailAddress.objects.create(user=reader, email=reader.email, primary=True)
    Token.objects.create(user=reader)
    return article


def every_page() -> list[str]:
    """Every address of the admin site that a browser opens, found in its own URLs.

    A model or a view registered later is found too; it fails here while `newspaper`
    makes no row of it.
    """
    found = []
    for pattern in _patterns(admin.site.get_urls()):
        if pattern.name is None or pattern.name in NO_PAGES:
            continue
        arguments = pattern.pattern.converters or pattern.pattern.regex.groupindex
        for values in _values(pattern.name, list(arguments)):
            found.append(reverse(f"admin:{pattern.name}", args=values))
    return list(dict.fromkeys(found))


def _patterns(urls: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for entry in urls:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry.url_patterns)
        else:
            yield entry


def _values(name: str, arguments: list[str]) -> list[list[Any]]:
    """What to fill the arguments of the address ``name`` with: one list a page."""
    if not arguments:
        return [[]]
    if arguments == ["app_label"]:
        return [[label] for label in sorted({m._meta.app_label for m in _models()})]
    assert len(arguments) == 1, f"{name}: say here how to fill {arguments}"
    return [[_model_of(name)._default_manager.latest("pk").pk]]


def _model_of(name: str) -> type[Model]:
    for model in _models():
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model
    return Article  # a page of the site's own, such as an article's preview


def _models() -> list[type[Model]]:
    return list(admin.site._registry)
