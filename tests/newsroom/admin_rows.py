"""Rows for the back office's pages, and their addresses."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.text import slugify

from articles.models import Article
from comments.models import Comment
from moderation.alerts.outbox import new_message_id
from moderation.charter.loading import load_shipped_charter
from moderation.charter.publishing import publish_charter
from moderation.loading import load_shipped_rules
from moderation.models import (
    Action,
    CharterClause,
    CharterRule,
    Decision,
    DeskMail,
    EditorPattern,
    EscalationStep,
    Flag,
    Term,
)
from moderation.scores import Attribute
from moderation.services import decide
from moderation.suggested_scores import keep_suggestion
from moderation.webhooks.endpoints import send_test
from tests.factories import (
    ApiClientFactory,
    CommentFactory,
    ModeratorFactory,
    RankerFactory,
)
from tests.moderation.webhooks.receiving import endpoint

ADMINISTRATORS_ONLY = (
    "ApiClient",
    "SuggestedScore",
    "EscalationStep",
    "DeskMail",
    "WebhookEndpoint",
    "WebhookDelivery",
)
KEPT_BY_EDITORS = (
    "Section",
    "Article",
    "Term",
    "EditorPattern",
    "CharterClause",
    "CharterRule",
)
TUNED_BY_EDITORS = ("RuleSetting",)
SEEN_BY_EDITORS = (
    "Commenter",
    "Comment",
    "Revision",
    "Flag",
    "Decision",
    "LexiconChange",
    "Ranker",
    "CharterVersion",
)


def admin_url(model: type, page: str, *args: object) -> str:
    meta = model._meta  # type: ignore[attr-defined]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


def rows() -> dict[type, int]:
    """One row of each model in the back office, and its key."""
    comment = CommentFactory(published=True)
    flag = flagged(comment)
    decision = decide(
        comment, action=Action.HOLD, by=ModeratorFactory(), after=None,
        revision=comment.revision_id,
    )  # fmt: skip
    suggested("Un avis.")
    told("adjoint@journal.example")
    delivery("Système d’essai")
    RankerFactory()
    load_shipped_rules()
    charter_version("Une clause d’essai", comment.article)
    pattern()
    made: dict[type, int] = {
        model: model.objects.first().pk  # type: ignore[attr-defined]
        for model in admin.site._registry
        if model.objects.exists()  # type: ignore[attr-defined]
    }
    made[Term] = term().pk
    made[CharterClause] = CharterClause.objects.get(origin="editor").pk
    made[Flag], made[Decision] = flag.pk, decision.pk
    return made


def charter_version(title: str, article: Article) -> None:
    """A version of the shipped charter, with a clause and a rule of the newsroom's."""
    load_shipped_charter()
    CharterClause.objects.create(
        code=slugify(title), title_fr=title, title_en=title, text_fr="…", text_en="…"
    )
    CharterRule.objects.create(rule="min_words", number=3, article=article)
    publish_charter(by=None)


def flagged(comment: Comment, text: str = "avis", **fields: Any) -> Flag:
    assert comment.revision
    return Flag.objects.create(
        revision=comment.revision, rule="lexicon", rule_version=1, category="insult",
        severity="low", start=3, end=3 + len(text), text=text,
        explanation={"fr": "pour voir"}, **fields,
    )  # fmt: skip


def suggested(text: str) -> None:
    keep_suggestion(
        client=ApiClientFactory(), text=text, values={Attribute.TOXICITY: 1},
        client_token="comment:1", community_id="journal.example",
    )  # fmt: skip


def told(address: str) -> None:
    """A step that tells one address, and a mail that is owed to it."""
    EscalationStep.objects.create(name="Adjoint", addresses=address)
    DeskMail.objects.create(address=address, message_id=new_message_id("alerte"))


def delivery(description: str) -> None:
    """A test sent to an endpoint of that description."""
    send_test(endpoint("https://93.184.216.34/", description=description))


def term(text: str = "mot d’essai", **fields: Any) -> Term:
    return Term.objects.create(text=text, kind="insult", **fields)


def pattern(name: str = "motif d’essai", **fields: Any) -> EditorPattern:
    return EditorPattern.objects.create(
        **{"name": name, "regex": "zut+", "explanation_fr": "Juron.", **fields}
    )
