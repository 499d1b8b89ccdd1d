"""The back office: its lists, what it shows of others' texts, and what it changes."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.models import Comment, Commenter
from moderation.changes import keep
from moderation.models import (
    Action,
    CharterClause,
    CharterRule,
    CharterVersion,
    Decision,
    EditorPattern,
    Flag,
    LexiconChange,
    Ranker,
    Term,
    WebhookDelivery,
    WebhookEndpoint,
)
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    RankerFactory,
    ReaderFactory,
    SectionFactory,
    UserFactory,
)
from tests.newsroom.admin_rows import (
    ADMINISTRATORS_ONLY,
    KEPT_BY_EDITORS,
    SEEN_BY_EDITORS,
    TUNED_BY_EDITORS,
    admin_url,
    charter_version,
    delivery,
    flagged,
    pattern,
    rows,
    suggested,
    term,
    told,
)

pytestmark = pytest.mark.django_db
PAYLOAD = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def superuser() -> User:
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def editor() -> User:
    return EditorFactory()


def fill(model: type, count: int) -> None:
    for number in range(count):
        if model.__name__ in {"Section", "Article"}:
            ArticleFactory(section=SectionFactory())
        elif model is Term:
            term(f"mot d’essai {number} sur {count}")
        elif model in (WebhookEndpoint, WebhookDelivery):
            delivery(f"Système {number} sur {count}")
        elif model.__name__ in ADMINISTRATORS_ONLY:
            suggested(f"Avis {number} sur {count}")
            told(f"adjoint{number}.{count}@journal.example")
        elif model is EditorPattern:
            pattern(f"motif d’essai {number} sur {count}")
        elif model in (CharterClause, CharterRule, CharterVersion):
            charter_version(f"Clause d’essai {number} sur {count}", ArticleFactory())
        elif model is LexiconChange:
            keep(Term(text=f"mot d’essai {number} sur {count}", kind="insult"), by=None)
        elif model in (User, Commenter):
            ReaderFactory()
        elif model is Ranker:
            RankerFactory()
        else:
            comment = CommentFactory(published=True, author=CommenterFactory())
            flagged(comment)
            decide(
                comment, action=Action.HOLD, by=ModeratorFactory(), after=None,
                revision=comment.revision_id,
            )  # fmt: skip


@pytest.mark.parametrize(
    "name", [*KEPT_BY_EDITORS, *SEEN_BY_EDITORS, *ADMINISTRATORS_ONLY, "User"]
)
def test_list_costs_the_same_for_any_number_of_rows(
    client: Client, superuser: User, name: str
) -> None:
    (model,) = (m for m in admin.site._registry if m.__name__ == name)
    client.force_login(superuser)
    url = admin_url(model, "changelist")
    client.get(url)  # content types and permissions are read once
    rows_shown: list[int] = []

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(url).context["cl"].result_list
        rows_shown.append(len(shown))
        return len(captured)

    fill(model, 3)
    few = cost()
    fill(model, 27)
    assert cost() == few
    assert rows_shown[1] >= rows_shown[0] + 27


@pytest.mark.parametrize(
    "name", [*KEPT_BY_EDITORS, *TUNED_BY_EDITORS, *SEEN_BY_EDITORS]
)
def test_lists_can_be_searched_and_filtered(
    client: Client, editor: User, name: str
) -> None:
    (model,) = (m for m in admin.site._registry if m.__name__ == name)
    rows()
    client.force_login(editor)
    page = client.get(admin_url(model, "changelist"), {"q": "introuvable 9"})
    assert page.status_code == 200
    assert page.context["cl"].result_count == 0
    assert page.context["cl"].has_filters


# Texts of others


@pytest.mark.parametrize("page", ["changelist", "change", "delete", "history"])
def test_what_people_wrote_is_escaped_everywhere(
    client: Client, superuser: User, page: str
) -> None:
    section = SectionFactory(name=PAYLOAD[:100])
    article = ArticleFactory(
        title=PAYLOAD, section=section, byline=PAYLOAD, paragraphs=[PAYLOAD]
    )
    author = CommenterFactory(name=PAYLOAD)
    comment = CommentFactory(article=article, author=author, text=PAYLOAD)
    flagged(comment, PAYLOAD, term=PAYLOAD)
    decide(
        comment, action=Action.HIDE, reason="autre", note=PAYLOAD,
        by=ModeratorFactory(), after=None, revision=comment.revision_id,
    )  # fmt: skip
    suggested(PAYLOAD)
    delivery(PAYLOAD)
    WebhookDelivery.objects.update(answer=PAYLOAD)
    keep(Term(text=PAYLOAD, kind="insult", note=PAYLOAD, forms=PAYLOAD), by=None)
    pattern(PAYLOAD, regex=PAYLOAD, explanation_fr=PAYLOAD)
    pattern("(" + PAYLOAD, regex="(" + PAYLOAD)  # cannot serve: told in an alert
    client.force_login(superuser)
    for model in admin.site._registry:
        row = model.objects.last()  # type: ignore[attr-defined]
        args = () if page == "changelist" or row is None else (row.pk,)
        if row is None:
            continue
        html = client.get(admin_url(model, page, *args)).content.decode()
        assert "<script>alert" not in html, model
        assert "<img src=x" not in html, model


def test_comment_is_shown_as_written(client: Client, editor: User) -> None:
    text = "Première  ligne\n\n   « deuxième »\u00a0: <b>&amp;</b>"
    comment = CommentFactory(text=text)
    client.force_login(editor)
    html = client.get(admin_url(Comment, "change", comment.pk)).content.decode()
    shown = "Première  ligne\n\n   « deuxième »\u00a0: &lt;b&gt;&amp;amp;&lt;/b&gt;"
    assert shown in html
    assert reverse("moderation:comment", args=(comment.pk,)) in html


# What editors do reaches the next comment


def test_term_added_and_retired_in_the_admin_changes_screening(
    client: Client, editor: User
) -> None:
    article, author = ArticleFactory(), ReaderFactory().commenter
    client.force_login(editor)

    def status_of(text: str) -> str:
        return submit_comment(article=article, author=author, text=text).status

    assert status_of("Quel schtroumpfard, ce maire.") == "published"
    data = {
        "text": " schtroumpfard ", "language": "fr", "kind": "insult", "tier": "always",
        "severity": "high", "forms": "", "note": "mot d’essai", "active": "on",
    }  # fmt: skip
    assert client.post(admin_url(Term, "add"), data).status_code == 302
    added = Term.objects.get(text="schtroumpfard")
    assert added.origin == Term.Origin.EDITOR
    assert status_of("Encore ce schtroumpfard de maire.") == "pending"
    assert Flag.objects.filter(term="schtroumpfard").count() == 1

    listed = client.get(admin_url(Term, "changelist")).context["cl"].result_list
    assert [t.flag_total for t in listed if t.pk == added.pk] == [1]

    chosen = {"action": "retire", "_selected_action": added.pk}
    client.post(admin_url(Term, "changelist"), chosen)
    assert status_of("Toujours ce schtroumpfard de maire.") == "published"

    chosen = {"action": "put_in_service", "_selected_action": added.pk}
    client.post(admin_url(Term, "changelist"), chosen)
    assert status_of("Et revoilà ce schtroumpfard de maire.") == "pending"


def test_lists_and_forms_are_named_plainly(client, superuser):
    """Not as Django words them: « Sélectionnez l’objet terme du lexique à changer »."""
    client.force_login(superuser)
    made = term("zut")
    listed = client.get(admin_url(Term, "changelist")).content.decode()
    assert "<title>Lexique | Rédaction</title>" in listed
    assert "<h1>Lexique</h1>" in listed
    assert "Sélectionnez" not in listed
    assert "Par origine" not in listed
    opened = client.get(admin_url(Term, "change", made.pk)).content.decode()
    title = " ".join(opened.partition("<title>")[2].partition("</title>")[0].split())
    assert title == "zut | Terme du lexique | Rédaction"
    assert "<h1>Terme du lexique</h1>" in opened


def test_decisions_and_flags_are_told_in_french(client, editor):
    client.force_login(editor)
    comment = CommentFactory(published=True)
    flag = flagged(comment, variant="leet", target="group")
    author = ModeratorFactory(first_name="Marie", last_name="Khoury")
    decision = decide(
        comment, action=Action.HIDE, reason="injure", by=author, after=None,
        revision=comment.revision_id,
    )  # fmt: skip
    page = client.get(admin_url(Decision, "change", decision.pk)).content.decode()
    for words in ("État d’avant", "État d’après", "Attendait depuis", "Marie Khoury"):
        assert words in page
    assert "Status" not in page
    page = client.get(admin_url(Flag, "change", flag.pk)).content.decode()
    for words in ("Insultes", "à la place de lettres", "un groupe"):
        assert words in page
    listed = client.get(admin_url(Flag, "changelist"), {"regle": "lexicon"})
    assert listed.context["cl"].result_count == 1
    listed = client.get(admin_url(Flag, "changelist"), {"regle": "capitals"})
    assert listed.context["cl"].result_count == 0
    assert "Majuscules" in listed.content.decode()
