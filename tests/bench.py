"""Long threads against short ones: `make bench` prints a table and ratios.

Each figure is the median of ROUNDS requests answered in this process, in
milliseconds, on a database of its own; ratios compare figures of one run.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

from tests.run import find_postgresql, say

ROUNDS = 31
SHORT, LONG = 100, 10_000  # comments under one article
PENDING = 300


def measure() -> None:
    """Fill a fresh database and measure its pages."""
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0)
    try:
        _print_table(_figures())
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def _figures() -> dict[str, float]:
    from django.core.management import call_command
    from django.test import Client

    from comments.models import Comment
    from tests.factories import ArticleFactory, CommenterFactory, ModeratorFactory

    authors = [CommenterFactory() for _ in range(50)]
    short = ArticleFactory(paragraphs=["Un paragraphe."] * 14)
    long = ArticleFactory(paragraphs=["Un paragraphe."] * 14)
    fill_thread(short, authors, SHORT)
    fill_thread(long, authors, LONG)
    waiting = ArticleFactory()
    fill_queue(waiting, authors, PENDING)
    call_command("reindex", stdout=StringIO())
    reader, moderator = (Client(SERVER_NAME="127.0.0.1") for _ in range(2))
    moderator.force_login(ModeratorFactory())
    positions = long.comments.in_thread_order().values_list("position", flat=True)
    deep = positions[LONG - 60]
    last = Comment.objects.filter(article=long).in_thread_order().last()
    assert last is not None

    def page(client: Any, url: str) -> Callable[[], None]:
        def get() -> None:
            status = client.get(url).status_code
            assert status in (200, 302), f"{url}: {status}"

        return get

    return {
        "front page": median_ms(page(reader, "/")),
        f"article, {SHORT} comments": median_ms(page(reader, short.get_absolute_url())),
        f"article, {LONG} comments": median_ms(page(reader, long.get_absolute_url())),
        f"  its comments from {LONG - 60} on": median_ms(
            page(reader, f"{long.get_absolute_url()}?apres={deep}")
        ),
        "  permalink of its last comment": median_ms(
            page(reader, last.get_absolute_url())
        ),
        "search, a word of every comment": median_ms(
            page(reader, "/recherche/?q=mesure")
        ),
        f"queue, {PENDING} waiting": median_ms(page(moderator, "/moderation/")),
        "comment posted": median_ms(posting(short)),
    }


def fill_thread(article: Any, authors: list[Any], count: int) -> None:
    """Give ``article`` ``count`` published comments a minute apart, in bulk."""
    from django.db.models import OuterRef, Subquery
    from django.utils import timezone

    from articles.models import Article
    from comments.models import Comment, Revision
    from comments.rendering import render
    from comments.services import sort_key

    start = timezone.now() - timedelta(days=30)
    texts = [
        f"Avis numéro {n}, mesuré comme il faut.\n\nDeuxième paragraphe du même avis, "
        "un peu plus long que le premier, pour faire bonne mesure."
        for n in range(count)
    ]
    comments = []
    for n, text in enumerate(texts):
        written = start + timedelta(minutes=n)
        position, depth = sort_key(None, written, n)
        comments.append(
            Comment(
                article=article,
                author=authors[n % len(authors)],
                status=Comment.Status.PUBLISHED,
                html=render(text),
                created_at=written,
                received_at=written,
                position=position,
                depth=depth,
            )
        )
    made = Comment.objects.bulk_create(comments, batch_size=1000)
    Revision.objects.bulk_create(
        (
            Revision(comment=comment, text=text)
            for comment, text in zip(made, texts, strict=True)
        ),
        batch_size=1000,
    )
    Comment.objects.filter(article=article).update(
        revision=Subquery(
            Revision.objects.filter(comment=OuterRef("pk")).values("pk")[:1]
        )
    )
    Article.objects.filter(pk=article.pk).update(comment_count=count)


def fill_queue(article: Any, authors: list[Any], count: int) -> None:
    from moderation.services import submit_comment

    for n in range(count):
        submit_comment(
            article=article,
            author=authors[n % len(authors)],
            text=f"Quelle bande d’abrutis, n° {n} !!!!",
        )


def posting(article: Any) -> Callable[[], None]:
    from moderation.services import submit_comment
    from tests.factories import CommenterFactory

    count = iter(range(10**6))

    def post() -> None:
        submit_comment(
            article=article,
            author=CommenterFactory(),
            text=f"Un avis de plus, le numéro {next(count)}, tout à fait poli.",
        )

    return post


def median_ms(call: Callable[[], None]) -> float:
    call()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


def _print_table(figures: dict[str, float]) -> None:
    short = figures[f"article, {SHORT} comments"]
    for name, value in figures.items():
        ratio = f"× {value / short:.2f}" if "comments" in name else ""
        say(f"{name:40} {value:9.2f} ms  {ratio}")


def main() -> int:
    statuses = []
    for name, url in (("SQLite", ""), ("PostgreSQL", find_postgresql())):
        if name == "PostgreSQL" and not url:
            say("LEFT OUT: PostgreSQL (no server answers)")
            continue
        say(f"== {name}: medians of {ROUNDS}; × against {SHORT} comments")
        environment = {
            **os.environ,
            "TEST_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "NEWSROOM_COMMENTS_PER_MINUTE": "100000",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench", "measure"], env=environment
        )
        statuses.append(done.returncode)
    return max(statuses)


if __name__ == "__main__":
    if sys.argv[1:] == ["measure"]:
        measure()
    else:
        sys.exit(main())
