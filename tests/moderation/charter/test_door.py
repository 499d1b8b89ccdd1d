"""What the charter refuses at the front door, at each scope, before and after (E-01)."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from comments.errors import CommentRefused, CommentsClosed, InvalidText
from comments.models import Comment
from moderation.charter.door import EnoughHere, RefusedByCharter
from moderation.charter.models import PostedUnder
from moderation.services import decide, submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.charter.setting import SCOPES, published_charter, set_rule

pytestmark = pytest.mark.django_db
POLITE = "Voilà un avis mesuré sur la question."


@pytest.fixture
def article():
    return ArticleFactory(published_at=timezone.now() - timedelta(days=10))


@pytest.fixture
def author():
    return ReaderFactory().commenter


def submit(article, author=None, text=POLITE, **fields):
    author = author or ReaderFactory().commenter
    return submit_comment(article=article, author=author, text=text, **fields)


def refusal(kind, article, author=None, text=POLITE):
    stored = Comment.objects.count()
    with pytest.raises(kind) as caught:
        submit(article, author, text)
    assert Comment.objects.count() == stored
    assert PostedUnder.objects.count() == stored
    return caught.value


@pytest.mark.parametrize("scope", SCOPES)
class TestEachScope:
    def test_closed_after_days(self, article, scope):
        assert submit(article).status == "published"
        set_rule("closes_after", scope, article, number=11)
        assert submit(article).status == "published"
        article.published_at -= timedelta(days=1)
        article.save()
        refused = refusal(CommentsClosed, article)
        assert "11 jours après sa parution" in str(refused)
        assert refused.clause == "ouverture"
        assert "Commenter là où c’est ouvert" in str(refused)
        assert article.comments.published().count() == 2

    def test_opening_hours_of_the_newspaper(self, article, scope, settings):
        settings.TIME_ZONE = "Asia/Beirut"
        article.published_at = datetime(2026, 1, 1, tzinfo=UTC)
        article.save()
        set_rule("hours", scope, article, opens=time(8), closes=time(22))
        with time_machine.travel(datetime(2026, 3, 2, 19, 59, tzinfo=UTC), tick=False):
            assert submit(article).status == "published"  # 21 h 59 there
        with time_machine.travel(datetime(2026, 3, 2, 20, 0, tzinfo=UTC), tick=False):
            refused = refusal(CommentsClosed, article)
        assert "de 8 h à 22 h (heure du journal)" in str(refused)
        assert "Il est 22 h" in str(refused)
        with time_machine.travel(datetime(2026, 3, 3, 6, 0, tzinfo=UTC), tick=False):
            assert submit(article).status == "published"

    def test_comments_a_reader_an_article(self, article, author, scope):
        submit(article, author, "Un premier avis mesuré.")
        set_rule("per_article", scope, article, number=2)
        second = submit(article, author, "Un deuxième avis, tout autre.")
        refused = refusal(EnoughHere, article, author, "Un troisième pour finir.")
        assert "2 commentaires sous cet article" in str(refused)
        assert "Laisser de la place aux autres" in str(refused)
        assert submit(article).status == "published"  # another reader
        other = ArticleFactory(section=article.section)
        assert submit(other, author, "Ailleurs, c’est permis.").article == other
        decide(
            second, action="hide", by=ModeratorFactory(), reason="hors_sujet",
            after=second.decisions.get().pk, revision=second.revision_id,
        )  # fmt: skip
        assert submit(article, author, "Réécrit, dans le sujet.").pk

    def test_minimum_words(self, article, scope):
        submit(article, text="D’accord.")
        set_rule("min_words", scope, article, number=4)
        refused = refusal(InvalidText, article, text="D’accord avec vous.")
        assert "au moins 4 mots" in str(refused)
        assert "Écrire posément, pour être lu" in str(refused)
        assert submit(article, text="D’accord avec vous tous.").pk
        assert submit(article, text="ألف مبروك لأهل الحارة").pk

    def test_maximum_length_in_graphemes(self, article, scope):
        submit(article, text="e\u0301" * 41)
        set_rule("max_length", scope, article, number=40)
        refused = refusal(InvalidText, article, text="e\u0301" * 41)
        assert "dépasse la limite de 40 caractères" in str(refused)
        assert "Laisser de la place aux autres" in str(refused)
        assert submit(article, text="e\u0301" * 40).pk

    def test_switched_off_is_as_if_it_were_not(self, article, scope):
        row = set_rule("min_words", scope, article, number=4)
        refusal(InvalidText, article, text="Non.")
        row.enabled = False
        row.save()
        assert submit(article, text="Non.").pk


@pytest.mark.parametrize(
    ("least", "nearest"), [("site", "section"), ("section", "article")]
)
def test_nearest_scope_wins(article, least, nearest):
    set_rule("min_words", least, article, number=9)
    refusal(InvalidText, article)
    near = set_rule("min_words", nearest, article, number=2)
    assert submit(article).pk
    elsewhere = ArticleFactory(
        **({} if nearest == "section" else {"section": article.section})
    )
    refusal(InvalidText, elsewhere)
    near.enabled = False
    near.save()
    assert submit(article, text="Oui.").pk


def test_mode_of_the_site_comes_after_those_of_sections_and_articles(article, settings):
    settings.COMMENT_POLICY = "a_posteriori"
    assert submit(article).status == "published"
    row = set_rule("mode", "site", article, mode="a_priori")
    assert submit(article).status == "pending"
    row.mode = "closed"
    row.save()
    refused = refusal(CommentsClosed, article)
    assert refused.clause == "ouverture"
    article.section.comment_policy = "a_priori"
    article.section.save()
    assert submit(article).status == "pending"
    article.comment_policy = "a_posteriori"
    article.save()
    assert submit(article).status == "published"
    article.comment_policy = article.section.comment_policy = ""
    article.section.save()
    article.save()
    row.enabled = False
    row.save()
    assert submit(article).status == "published"


def test_length_is_never_more_than_the_installation_takes(article, settings):
    settings.COMMENT_MAX_LENGTH = 50
    row = set_rule("max_length", "site", article, number=40)
    refusal(InvalidText, article, text="e" * 41)
    row.number = 2000
    row.save()
    refusal(InvalidText, article, text="e" * 51)
    assert submit(article, text="e" * 50).pk


def test_hours_over_midnight(article, settings):
    settings.TIME_ZONE = "UTC"
    article.published_at = datetime(2026, 1, 1, tzinfo=UTC)
    set_rule("hours", "site", article, opens=time(22), closes=time(6, 30))
    for hour, minute, open_ in [
        (23, 0, 1),
        (3, 0, 1),
        (6, 29, 1),
        (6, 30, 0),
        (12, 0, 0),
    ]:
        at = datetime(2026, 3, 2, hour, minute, tzinfo=UTC)
        with time_machine.travel(at, tick=False):
            if open_:
                assert submit(article).pk
            else:
                assert "revenez à 22 h" in str(refusal(CommentsClosed, article))


def test_form_sent_twice_is_not_one_too_many(article, author):
    set_rule("per_article", "site", article, number=1)
    first = submit(article, author)
    assert submit(article, author) == first
    refusal(EnoughHere, article, author, "Un autre avis.")


def test_empty_text_is_told_to_be_empty_first(article):
    set_rule("min_words", "site", article, number=4)
    assert "est vide" in str(refusal(InvalidText, article, text=" \u200b"))


def test_title_is_that_of_the_version_in_force(article):
    published_charter()
    set_rule("min_words", "site", article, number=4)
    refused = refusal(RefusedByCharter, article, text="Non.")
    assert isinstance(refused, CommentRefused)
    assert refused.title == "Écrire posément, pour être lu"
    assert 'href="/charte/#clause-forme"' in refused.html


def test_posting_asks_three_queries_for_the_charter(article, author, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    published_charter()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        submit(article, author)
    about = [
        q["sql"] for q in asked if "charter" in q["sql"] or "postedunder" in q["sql"]
    ]
    assert len(about) == 3, about  # rules, version in force, what is remembered
