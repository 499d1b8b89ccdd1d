"""The back office: who may do what."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import Article
from comments.models import Comment, Commenter, Revision
from moderation.models import CharterVersion, Decision, Flag, LexiconChange, Term
from tests.factories import (
    ArticleFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    UserFactory,
)
from tests.newsroom.admin_rows import (
    KEPT_BY_EDITORS,
    SEEN_BY_EDITORS,
    TUNED_BY_EDITORS,
    admin_url,
    rows,
)

pytestmark = pytest.mark.django_db
READ_ONLY = (
    Commenter,
    Comment,
    Revision,
    Flag,
    Decision,
    LexiconChange,
    CharterVersion,
)


@pytest.fixture
def superuser() -> User:
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def editor() -> User:
    return EditorFactory()


def statuses(client: Client, made: dict[type, int]) -> dict[tuple[str, str], int]:
    answers = {("", "index"): client.get(reverse("admin:index")).status_code}
    answers["", "import"] = client.get(reverse("admin:import_page")).status_code
    preview = reverse("admin:preview_article", args=(made[Article],))
    answers["", "preview"] = client.get(preview).status_code
    for model in admin.site._registry:
        name = model.__name__
        answers[name, "list"] = client.get(admin_url(model, "changelist")).status_code
        answers[name, "add"] = client.get(admin_url(model, "add")).status_code
        if key := made.get(model):
            for page in ("change", "delete", "history"):
                url = admin_url(model, page, key)
                answers[name, page] = client.get(url).status_code
    return answers


def test_others_than_staff_get_nowhere(client: Client) -> None:
    made = rows()
    assert set(statuses(client, made).values()) == {302}
    answer = client.get(reverse("admin:index"), follow=False)
    assert answer["Location"].startswith(reverse("admin:login"))
    answer = client.get(answer["Location"])
    assert answer["Location"].startswith(reverse("account_login"))
    for account in (ReaderFactory(), ModeratorFactory()):
        client.force_login(account)
        assert set(statuses(client, made).values()) == {302}
        assert client.get(reverse("admin:login")).status_code == 403


def test_editors_keep_articles_and_lexicon_and_read_the_rest(
    client: Client, editor: User
) -> None:
    made = rows()
    client.force_login(editor)
    answers = statuses(client, made)
    allowed = {key for key, status in answers.items() if status == 200}
    assert allowed == {
        ("", "index"),
        ("", "import"),
        ("", "preview"),
        *(
            (name, page)
            for name in KEPT_BY_EDITORS
            for page in ("list", "add", "change", "delete", "history")
        ),
        *(
            (name, page)
            for name in (*SEEN_BY_EDITORS, *TUNED_BY_EDITORS)
            for page in ("list", "change", "history")
        ),
    }
    assert set(answers.values()) == {200, 403}


def test_superusers_read_comments_and_decisions_only(
    client: Client, superuser: User
) -> None:
    made = rows()
    client.force_login(superuser)
    refused = {key for key, status in statuses(client, made).items() if status != 200}
    never = (*(model.__name__ for model in READ_ONLY), *TUNED_BY_EDITORS)
    assert refused == {
        *((name, page) for name in never for page in ("add", "delete")),
        ("Ranker", "add"),  # a command makes them
        ("SuggestedScore", "add"),
        *(("DeskMail", page) for page in ("add", "delete")),  # kept as they were owed
        ("WebhookDelivery", "add"),
        ("WebhookDelivery", "delete"),
    }


@pytest.mark.parametrize("model", READ_ONLY)
def test_nobody_writes_what_is_read_only(
    client: Client, superuser: User, model: Any
) -> None:
    made = rows()
    client.force_login(superuser)
    before = list(model.objects.order_by("pk").values())
    fields = dict.fromkeys(("text", "status", "name", "note", "html", "reason"), "1")
    for page, args in (("add", ()), ("change", (made[model],))):
        answer = client.post(admin_url(model, page, *args), fields)
        assert answer.status_code == 403
    confirmed = {"post": "yes"}
    url = admin_url(model, "delete", made[model])
    assert client.post(url, confirmed).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": made[model], **confirmed}
    client.post(admin_url(model, "changelist"), chosen)
    assert list(model.objects.order_by("pk").values()) == before


def test_actions_need_the_right_to_change(client: Client) -> None:
    account = UserFactory(is_staff=True)
    seen = Permission.objects.filter(codename__in=["view_term", "view_article"])
    account.user_permissions.set(seen)
    client.force_login(account)
    made = rows()
    before = Article.objects.values().get(), Term.objects.values().get()
    for model, action in ((Term, "retire"), (Article, "withdraw")):
        chosen = {"action": action, "_selected_action": made[model]}
        client.post(admin_url(model, "changelist"), chosen)
    assert (Article.objects.values().get(), Term.objects.values().get()) == before


def test_import_needs_both_rights_on_articles(client: Client) -> None:
    account = UserFactory(is_staff=True)
    client.force_login(account)
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(reverse("admin:import_page")).status_code == 403


def test_mass_assignment_changes_no_counter(client: Client, editor: User) -> None:
    article = ArticleFactory()
    client.force_login(editor)
    data = article_data(article, title="Changé", comment_count=99, version=99)
    assert (
        client.post(admin_url(Article, "change", article.pk), data).status_code == 302
    )
    article.refresh_from_db()
    assert (article.title, article.comment_count, article.version) == ("Changé", 0, 1)


def article_data(article: Article, **fields: Any) -> dict[str, Any]:
    """What the article's form sends if nobody touches it, then ``fields``."""
    data: dict[str, Any] = {
        "title": article.title,
        "slug": article.slug,
        "status": article.status,
        "section": article.section_id,
        "language": article.language,
        "comment_policy": article.comment_policy,
        "published_at_0": "01/03/2026",
        "published_at_1": "10:00:00",
    }
    for prefix in ("blocks", "related_links"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {**data, **fields}
