"""Comments and sanctions that come at the same moment, on real connections."""

from collections import Counter

import pytest

from comments.models import Comment
from moderation.errors import AlreadyDecided, PostingSuspended
from moderation.models import AuthorHold, Sanction
from moderation.sanctions import Order, impose_sanction, lift_sanction
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ModeratorFactory, ReaderFactory
from tests.moderation.ledger import disagreements
from tests.moderation.rounds import ROUNDS
from tests.moderation.sanctioning import GRAVE, sanctioned

pytestmark = pytest.mark.usefixtures("transactional_db")


@pytest.fixture(autouse=True)
def _no_limit(settings):
    settings.COMMENTS_PER_MINUTE = 100


def posting(author, article, number):
    return lambda: submit_comment(
        article=article, author=author, text=f"Avis numéro {number}, mesuré."
    )


def test_next_n_is_n(at_once):
    """Ten comments sent at once: exactly the three that the review asks for wait."""
    article = ArticleFactory()
    for _ in range(ROUNDS):
        author = ReaderFactory().commenter
        review = sanctioned(author, "review", comments=3)
        results = at_once([posting(author, article, n) for n in range(10)])
        assert {type(result) for result in results} == {Comment}
        waiting = Counter(author.comments.values_list("status", flat=True))
        assert waiting == {"pending": 3, "published": 7}
        holds = AuthorHold.objects.filter(sanction=review).order_by("number")
        assert list(holds.values_list("number", flat=True)) == [1, 2, 3]
    assert disagreements() == []


def test_one_sanction_of_many_at_once(at_once):
    """Ten moderators saw the same page: one sanctions, nine are told."""
    moderators = [ModeratorFactory() for _ in range(10)]
    order = Order(
        kind=Sanction.Kind.SUSPENSION,
        reason="injure",
        until=sanctioned(ReaderFactory().commenter, "suspension").last_day,
        grave=True,
        grave_reason=GRAVE,
    )
    for _ in range(ROUNDS):
        author = ReaderFactory().commenter

        def impose(by, author=author):
            return lambda: impose_sanction(author, order, by=by, after=None)

        results = at_once([impose(by) for by in moderators])
        found = Counter(type(result) for result in results)
        assert found == {Sanction: 1, AlreadyDecided: 9}
        assert author.sanctions.count() == 1


def test_lifted_once(at_once):
    moderators = [ModeratorFactory() for _ in range(5)]
    sanction = sanctioned(ReaderFactory().commenter, "ban")

    def lift(by):
        return lambda: lift_sanction(sanction, by=by, reason="Une erreur.")

    results = at_once([lift(by) for by in moderators])
    assert Counter(type(r) for r in results) == {Sanction: 1, AlreadyDecided: 4}


def test_a_comment_comes_before_the_ban_or_not_at_all(at_once):
    article = ArticleFactory()
    author = ReaderFactory().commenter
    moderator = ModeratorFactory()
    order = Order(
        kind=Sanction.Kind.BAN, reason="injure", grave=True, grave_reason=GRAVE
    )
    calls = [posting(author, article, n) for n in range(9)]
    calls.insert(4, lambda: impose_sanction(author, order, by=moderator, after=None))
    results = at_once(calls)
    assert {type(r) for r in results} <= {Comment, PostingSuspended, Sanction}
    stored = sum(isinstance(r, Comment) for r in results)
    assert author.comments.count() == stored
    with pytest.raises(PostingSuspended):
        posting(author, article, 99)()
    assert disagreements() == []
