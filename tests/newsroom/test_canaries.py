"""Hidden and pending text is nowhere public (TRUST S-07): a sweep over every URL.

Each secret place holds a canary: a word that is nowhere else. The sweep must find none
for readers, and all that can be published once it is, so that it is known to look.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from articles.models import Article
from comments.models import Comment, Commenter
from comments.services import add_revision, set_status
from moderation.dashboard_tables import TABLES
from moderation.models import (
    Action,
    Appeal,
    Complaint,
    Decision,
    Masking,
    Report,
    StatementOfReasons,
)
from moderation.reasons import ReasonCode
from moderation.services import decide, submit_comment
from newsroom.sitemaps import SITEMAPS
from tests.addresses import every_address
from tests.factories import (
    ArticleFactory,
    CommenterFactory,
    CommentFactory,
    EditorFactory,
    ModeratorFactory,
    ReaderFactory,
    ReportFactory,
    SectionFactory,
)
from tests.moderation.complaining import complained, replied
from tests.moderation.contesting import answered, contested
from tests.moderation.masking import masked

pytestmark = pytest.mark.django_db

PUBLISHABLE = {
    "canarienattente": "a pending comment",
    "canarimasque": "a hidden comment",
    "canarisupprime": "a deleted comment",
    "canarireponse": "a hidden reply to a published comment",
    "Canariauteur": "the name of an author whose only comment is hidden",
    "canaritirage": "a comment under an article that is a draft",
    "canarititre": "a draft's title",
    "canarisurtitre": "its kicker",
    "canarichapeau": "its lede",
    "canariparagraphe": "its body",
    "canarilegende": "its caption",
    "canarisignature": "its byline",
    "canaritheme": "its topic",
    "canari-adresse": "its address",
}
NEVER_PUBLIC = {
    "06 11 22 33 44": "a masked number in a published comment",
    "0611223344": "the same in an address that was a link",
    "canari@masque.example": "a masked e-mail address in a published reply",
    "canarimasquage": "a moderator's note on what he masked",
    "canariancien": "the text before an edit",
    "canarinote": "a moderator's note",
    "canariexplique": "what a reader reports of a shown comment",
    "Canariplaignant": "the name of that reader",
    "canari-plainte": "his address",
    "canariconteste": "what an author says against the hiding of his comment",
    "canarimotive": "what he is answered",
    "canarilecteur": "what a reporter says against the keeping of a comment",
    "canarireplique": "what he is answered",
}
CANARIES = PUBLISHABLE | NEVER_PUBLIC
CHANCE = re.compile(
    r'(name="(csrfmiddlewaretoken|submission_key)" value|data-csrf)="[\w-]+"'
)
"""What forms draw anew each time."""
CLOCK = {"Date", "Expires"}
QUESTIONS = ("q", "search", "recherche", "author", "name", "text")
"""Names under which a page could take a word to look for."""


@pytest.fixture(autouse=True)
def _no_rate_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_: True)


@pytest.fixture
def paper() -> dict[str, Any]:
    """A newspaper with one article and published comments; nothing secret yet."""
    article = ArticleFactory(slug="paru", section=SectionFactory(slug="rubrique"))
    shown = CommentFactory(article=article, published=True)
    CommentFactory(article=article, parent=shown, published=True)
    return {"article": article, "shown": shown, "author": ReaderFactory()}


@pytest.fixture
def secrets(paper: dict[str, Any]) -> dict[str, Any]:
    """Every secret place filled, through the services where they can do it."""
    article, shown = paper["article"], paper["shown"]
    moderator = ModeratorFactory()
    pending = submit_comment(
        article=article,
        author=paper["author"].commenter,
        text="Espèce de connard, canarienattente",
    )
    assert pending.status == Comment.Status.PENDING
    hidden = CommentFactory(
        article=article,
        author=CommenterFactory(name="Canariauteur"),
        text="Un canarimasque.",
    )
    decide(
        hidden,
        action=Action.HIDE,
        by=moderator,
        after=None,
        revision=hidden.revision_id,
        reason=ReasonCode.AUTRE,
        note="Le canarinote qui explique pourquoi.",
    )
    under = {"article": article, "parent": hidden}
    CommentFactory(**under, text="Réponse restée visible.", published=True)
    under["parent"] = shown
    CommentFactory(**under, text="Un canarireponse.", hidden=True)
    CommentFactory(article=article, text="Un canarisupprime.", status="deleted")
    for parent, kind, words in (
        (None, "phone", ("06 11 22 33 44", "0611223344")),
        (shown, "email", ("canari@masque.example",)),
    ):
        text = "Voyez " + " ou ".join(f"https://a.example/?a={w} b" for w in words)
        masked(
            CommentFactory(article=article, text=text, parent=parent),
            *words,
            kind=kind,
            note="Un canarimasquage.",
            publish=True,
        )
    edited = CommentFactory(article=article, text="Un canariancien.", published=True)
    add_revision(edited, "Un texte corrigé.")
    set_status(edited, Comment.Status.PUBLISHED)
    ReportFactory(
        comment=shown,
        explanation="Un canariexplique.",
        name="Canariplaignant",
        email="canari-plainte@journal.example",
    )
    answered(
        contested(argument="Un canariconteste.", text="Un texte.", article=article),
        "upheld",
        reasoning="Un canarimotive.",
    )
    replied(
        complained(
            comment=CommentFactory(article=article, published=True),
            argument="Un canarilecteur.",
        ),
        "hidden",
        reasoning="Un canarireplique.",
    )
    draft = ArticleFactory(
        slug="canari-adresse",
        section=article.section,
        title="Le canarititre",
        kicker="Le canarisurtitre",
        topic="canaritheme",
        lede="Le canarichapeau",
        byline="canarisignature",
        image_caption="Le canarilegende",
        paragraphs=["Le canariparagraphe."],
        status=Article.Status.DRAFT,
    )
    CommentFactory(article=draft, text="Un canaritirage.", published=True)
    return paper | {"draft": draft, "pending": pending, "moderator": moderator}


def values() -> Mapping[str, list[object]]:
    """What parameters of URLs can be: all keys there are, secret ones too."""
    comments: list[object] = list(Comment.objects.values_list("pk", flat=True))
    others: set[object] = {
        pk
        for model in (Appeal, Commenter, Complaint, Decision, Masking)
        for pk in model.objects.values_list("pk", flat=True)
    }
    return {
        "pk": [*comments, *others.difference(comments), 10**9],
        "slug": ["paru", "canari-adresse", "rubrique", "inconnu"],
        "section": list(SITEMAPS),
        "path": ["images/2026/01/x.png"],
        "object_id": comments,
        "content_type_id": [1],
        "prefix": ["0123abcd"],
        "reference": [
            *Report.objects.values_list("reference", flat=True),
            *Masking.objects.values_list("puid", flat=True),
            *StatementOfReasons.objects.values_list("puid", flat=True),
            "BCDF",
        ],
        "state": ["before", "after"],
        "id": [1],
        "name": [*TABLES, "inconnu"],
        "number": [1, 99],
        "token": ["1:x"],
    }


def sweep(client: Client) -> Iterator[tuple[str, str]]:
    """Yield the name of every URL, and all that it answers to a GET.

    Its own address, which it may repeat, is not an answer.
    """
    for name, path in every_address(values()):
        for question in _with_places(name, path):
            response = client.get(question)
            assert response.status_code < 500, question
            assert response.status_code != 429, question
            yield name, answer_of(response).replace(path, "")


def _with_places(name: str, path: str) -> Iterator[str]:
    yield path
    if name in ("article", "api:thread"):
        for position in Comment.objects.values_list("position", flat=True):
            yield f"{path}?apres={position}"


def answer_of(response: Any) -> str:
    body = b"".join(response) if response.streaming else response.content
    headers = "\n".join(
        f"{name}: {value}" for name, value in response.items() if name not in CLOCK
    )
    return headers + "\n" + CHANCE.sub("", body.decode())


def canaries_in(client: Client) -> dict[str, set[str]]:
    """{canary: the names of the URLs that show it}"""
    found: dict[str, set[str]] = {}
    for name, answer in sweep(client):
        for canary in CANARIES:
            if canary in answer:
                found.setdefault(canary, set()).add(name)
    return found


def public_pages(found: dict[str, set[str]]) -> set[str]:
    """The names of URLs that stand in no namespace: those of the readers' site."""
    return {name for name in set().union(*found.values()) if ":" not in name}


def signed_in(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def client_of(role: str) -> Client:
    return signed_in(ReaderFactory() if role == "reader" else None)


@pytest.mark.parametrize("role", ["anonymous", "reader"])
def test_readers_meet_no_canary_anywhere(secrets: dict[str, Any], role: str) -> None:
    assert canaries_in(client_of(role)) == {}


@pytest.mark.parametrize("role", ["anonymous", "reader"])
def test_once_published_the_same_sweep_finds_each(
    secrets: dict[str, Any], role: str
) -> None:
    for comment in Comment.objects.exclude(status=Comment.Status.PUBLISHED):
        set_status(comment, Comment.Status.PUBLISHED)
    Article.objects.update(status=Article.Status.PUBLISHED)
    found = canaries_in(client_of(role))
    assert set(found) == set(PUBLISHABLE)
    for canary in ("canarienattente", "canarimasque", "canarireponse"):
        assert {"article", "feed_comments", "api:thread"} <= found[canary], canary
    assert {"front", "section", "feed_articles", "feed_section"} <= found["canarititre"]
    assert "sitemap_part" in found["canari-adresse"]


@pytest.mark.parametrize("role", ["anonymous", "reader"])
def test_no_list_can_be_asked_for_a_secret_word(
    secrets: dict[str, Any], role: str
) -> None:
    """A secret word and a word that is nowhere get the same answer, but for the word."""
    client = client_of(role)
    for path in sorted({path for _name, path in every_address(values())}):
        if client.get(path).status_code != 200:
            continue
        for canary in (
            "canarimasque",
            "canaritirage",
            "canariparagraphe",
            "0611223344",
        ):
            nowhere = canary[::-1]
            secret = client.get(path, dict.fromkeys(QUESTIONS, canary))
            control = client.get(path, dict.fromkeys(QUESTIONS, nowhere))
            assert secret.status_code == control.status_code
            left = answer_of(secret).replace(path, "").replace(canary, nowhere)
            assert left == answer_of(control).replace(path, ""), path


def test_search_knows_secret_words_only_once_published(secrets: dict[str, Any]) -> None:
    client = Client()
    canaries = ("canarienattente", "canariparagraphe")
    for canary in canaries:
        assert b"<mark>" not in client.get("/recherche/", {"q": canary}).content
    set_status(secrets["pending"], Comment.Status.PUBLISHED)
    Article.objects.update(status=Article.Status.PUBLISHED)
    for canary in canaries:
        answer = client.get("/recherche/", {"q": canary}).content.decode()
        assert f"<mark>{canary}</mark>" in answer


def test_what_waits_changes_no_page_and_no_header(paper: dict[str, Any]) -> None:
    """Counts, dates, validators, gaps: an anonymous reader cannot tell that it exists."""
    known = {path for _name, path in every_address(values())}
    shown = sorted(path for path in known if not path.startswith("/admin/"))

    def snapshot() -> dict[str, str]:
        return {path: answer_of(Client().get(path)) for path in shown}

    before = snapshot()
    assert before == snapshot()
    article = paper["article"]
    waiting = CommentFactory(article=article, text="canarienattente")
    CommentFactory(article=article, parent=paper["shown"], text="canarireponse")
    ArticleFactory(status=Article.Status.DRAFT, section=article.section)
    assert snapshot() == before
    set_status(waiting, Comment.Status.HIDDEN)
    assert snapshot() == before
    set_status(waiting, Comment.Status.PUBLISHED)
    assert "canarienattente" in snapshot()["/article/paru/"]


def test_counts_equal_what_is_shown(secrets: dict[str, Any]) -> None:
    client = Client()
    page = client.get("/article/paru/").content.decode()
    stated = client.get("/api/v1/articles/paru/").json()["comment_count"]
    thread = client.get("/api/v1/articles/paru/comments/").json()["results"]
    published = Comment.objects.published().filter(article__slug="paru").count()
    assert published == stated == len(thread) == 6
    assert len(set(re.findall(r'id="comment-\d+"', page))) == 6
    assert '"commentCount": 6' in page


def test_its_author_sees_a_pending_comment_where_meant_only(
    secrets: dict[str, Any],
) -> None:
    found = canaries_in(signed_in(secrets["author"]))
    assert set(found) == {"canarienattente"}
    assert found["canarienattente"] == {
        "article",
        "my_comments",
        "api:own_comments",
        "api:comment",
    }


def test_moderators_see_it_in_the_desk(secrets: dict[str, Any]) -> None:
    found = canaries_in(signed_in(secrets["moderator"]))
    for canary in ("canariconteste", "canarimotive"):
        assert "moderation:appeal" in found[canary], canary
    for canary in ("canarilecteur", "canarireplique"):
        assert "moderation:complaint" in found[canary], canary
    for canary in ("06 11 22 33 44", "canari@masque.example", "canarimasquage"):
        assert "moderation:comment" in found[canary], canary
    for canary in ("canarienattente", "canarimasque", "canarinote"):
        assert "moderation:comment" in found[canary], canary
    assert {"moderation:queue", "api:queue"} <= found["canarienattente"]
    assert {"moderation:queue", "api:queue"} <= found["canariexplique"]
    assert not {"Canariplaignant", "canari-plainte"} & set(found)
    assert public_pages(found) == set()


def test_editors_see_a_draft_in_the_admin(secrets: dict[str, Any]) -> None:
    found = canaries_in(signed_in(EditorFactory()))
    assert "admin:articles_article_changelist" in found["canarititre"]
    for canary in ("Canariplaignant", "canari-plainte"):
        assert found[canary] == {"moderation:comment"}
    assert public_pages(found) == set()
