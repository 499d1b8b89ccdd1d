"""Each answer costs the same number of queries whatever the number of rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Block, RelatedLink
from moderation.models import Action
from moderation.services import decide, submit_comment
from tests.factories import (
    ArticleFactory,
    ModeratorFactory,
    RankerFactory,
    ReaderFactory,
    ReportFactory,
)

pytestmark = pytest.mark.django_db
INSULT = "Quel connard, et quel abruti !!!! ({})"


@pytest.fixture
def world():
    """An article whose comments can be made more numerous, and those who read it."""
    return World()


class World:
    def __init__(self) -> None:
        RankerFactory(active=True)
        self.article = ArticleFactory(comment_policy="a_posteriori")
        self.parent = submit_comment(
            article=self.article, author=ReaderFactory().commenter, text="Merci."
        )
        self.reader = ReaderFactory()
        self.moderator = ModeratorFactory()
        self.single = self._comment(self.reader.commenter)
        self.grow()

    def grow(self) -> None:
        place = Block.objects.count()
        for number in range(place, place + 4):
            target = ArticleFactory(comment_policy="closed")
            Block.objects.create(article=self.article, position=number, text="Texte.")
            RelatedLink.objects.create(
                article=self.article, position=number, title="Lire", target=target
            )
            # Past posts, so that the author's limit a minute is not reached
            self.reader.commenter.comments.update(
                received_at=timezone.now() - timedelta(hours=1)
            )
            self._comment(self.reader.commenter)
            self._decide(self.single, Action.PUBLISH)
            insult = submit_comment(
                article=ArticleFactory(),
                author=ReaderFactory().commenter,
                text=INSULT.format(number),
            )
            for comment in (insult, self.single):
                ReportFactory(comment=comment)
                ReportFactory(comment=comment, user=ReaderFactory())

    def _comment(self, author):
        number = self.article.comments.count()
        return submit_comment(
            article=self.article,
            author=author,
            text=INSULT.format(number),
            parent=self.parent,
        )

    def _decide(self, comment, action) -> None:
        decide(
            comment,
            action=action,
            by=self.moderator,
            after=comment.decisions.latest("pk").pk,
            revision=comment.revision_id,
        )


PATHS = {
    "sections/": (None, 1),
    "articles/": (None, 2),
    "articles/{slug}/": (None, 4),
    "articles/{slug}/comments/": (None, 2),
    "comments/{pk}/": (None, 1),
    "me/comments/": ("reader", 6),
    "moderation/queue/": ("moderator", 14),
    "moderation/queue/?category=insult&rule=lexicon": ("moderator", 14),
    "moderation/queue/?order=likely_hidden": ("moderator", 15),
    "moderation/queue/?reported=true": ("moderator", 14),
    "moderation/comments/": ("moderator", 13),
    "moderation/comments/{pk}/": ("moderator", 14),
    "moderation/decisions/": ("moderator", 5),
    "moderation/figures/": ("moderator", 18),
}


@pytest.mark.parametrize("path", PATHS)
def test_queries_do_not_grow_with_rows(world, signed_in, anonymous, path):
    who, expected = PATHS[path]
    client = signed_in(getattr(world, who)) if who else anonymous
    url = "/api/v1/" + path.format(slug=world.article.slug, pk=world.single.pk)
    counts, sizes = [], []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(url)
        assert answer.status_code == 200
        counts.append(len(queries))
        sizes.append(len(answer.content))
        world.grow()
    assert counts == [expected, expected], "\n".join(
        q["sql"][:200] for q in queries.captured_queries
    )
    assert sizes[1] > sizes[0] or path == "comments/{pk}/"


def test_posting_costs_a_fixed_number_of_queries(world, signed_in):
    client = signed_in(world.reader)
    url = f"/api/v1/articles/{world.article.slug}/comments/"
    counts = []
    for number in range(2):
        world.grow()
        world.reader.commenter.comments.update(
            received_at=timezone.now() - timedelta(hours=1)
        )
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(url, {"text": f"Merci pour tout cela ({number})."})
        assert answer.status_code == 201
        counts.append(len(queries))
    assert counts[0] == counts[1]
