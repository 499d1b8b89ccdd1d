"""Which of the engine's matches make a comment wait, at each scope, and what is kept."""

import pytest

from moderation.charter.models import PostedUnder
from moderation.engine import Engine
from moderation.models import QueueEntry
from moderation.services import rescreen, submit_comment
from tests.factories import ArticleFactory, ReaderFactory
from tests.moderation.charter.setting import SCOPES, published_charter, set_rule

pytestmark = pytest.mark.django_db
REPEATED = "Le gouvernement devrait vraiment écouter les habitants de nos villages."
TEXTS = [
    ("capitals", "CE GOUVERNEMENT DEVRAIT ENFIN NOUS ECOUTER POUR DE BON", "forme"),
    ("capitals", "Est-ce que quelqu’un nous écoute ici ????", "forme"),
    ("contact", "Appelez-moi au 06 12 34 56 78 pour en parler.", "vie_privee"),
    (
        "links",
        "Voyez https://a.example/1 puis https://b.example/2 et https://c.example/3",
        "publicite",
    ),
    (
        "language",
        "Das ist meiner Meinung nach wirklich keine gute Lösung für die Menschen hier.",
        "langue",
    ),
    ("repetition", REPEATED, "repetition"),
]


def submit(article, text, author=None):
    author = author or ReaderFactory().commenter
    return submit_comment(article=article, author=author, text=text)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(("rule", "text", "clause"), TEXTS)
def test_switch_says_whether_the_match_holds(scope, rule, text, clause):
    author = ReaderFactory().commenter
    article, other = ArticleFactory(), ArticleFactory()
    submit(other, REPEATED, author)
    held = submit(article, text, author)
    assert held.status == "pending"
    assert [each["clause"] for each in held.posted_under.clauses] == [clause]
    row = set_rule(rule, scope, article, enabled=False)
    author = ReaderFactory().commenter
    submit(other, REPEATED, author)
    shown = submit(article, text, author)
    assert shown.status == "published"
    assert shown.posted_under.clauses == []
    assert shown.revision.flags.exists()  # moderators still see what was found
    assert shown.queue_entry.rank == QueueEntry.Rank.FLAGGED
    row.enabled = True
    row.save()
    author = ReaderFactory().commenter
    submit(other, REPEATED, author)
    assert submit(article, text, author).status == "pending"


def test_an_insult_holds_whatever_the_switches_say():
    article = ArticleFactory()
    for rule in ("capitals", "contact", "links", "language", "repetition"):
        set_rule(rule, "site", article, enabled=False)
    assert submit(article, "Vous êtes un sale connard.").status == "pending"


def test_two_clauses_in_the_order_of_the_rules():
    comment = submit(
        ArticleFactory(), "APPELEZ MOI TOUT DE SUITE AU 06 12 34 56 78 !!!!"
    )
    assert comment.status == "pending"
    rules = [each["rule"] for each in comment.posted_under.clauses]
    assert rules == ["capitals", "contact"]


def test_version_and_titles_are_those_of_the_day():
    before = submit(ArticleFactory(), "Un avis mesuré.")
    assert before.posted_under.version is None
    version = published_charter()
    after = submit(ArticleFactory(), "Appelez-moi au 06 12 34 56 78.")
    assert after.posted_under.version == version
    assert after.posted_under.clauses == [
        {
            "rule": "contact",
            "clause": "vie_privee",
            "fr": "Protéger la vie privée",
            "en": "Protect privacy",
        }
    ]


def test_screening_again_follows_the_switches(monkeypatch):
    article = ArticleFactory()
    published_charter()
    set_rule("contact", "article", article, enabled=False)

    def broken(*_args, **_kwargs):
        raise RuntimeError("no engine")

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "screen", broken)
        kept = submit(article, "Appelez-moi au 06 12 34 56 78.")
        other = submit(ArticleFactory(), "Appelez-moi au 06 12 34 56 79.")
    assert (kept.status, other.status) == ("pending", "pending")
    for comment in (kept, other):
        rescreen(comment)
        comment.refresh_from_db()
    assert (kept.status, other.status) == ("published", "pending")
    assert PostedUnder.objects.get(comment=kept).clauses == []
    assert PostedUnder.objects.get(comment=other).clauses[0]["clause"] == "vie_privee"
