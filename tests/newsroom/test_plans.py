"""Pages that show the newest of many comments read an index in its order."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import ArticleFactory, CommentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("/", "comment_newest_threads"),
        ("/article/un/commentaires.xml", "comment_newest_in_thread"),
    ],
)
def test_newest_comments_come_in_the_order_of_an_index(
    client: Client, on_postgresql: bool, address: str, index: str
) -> None:
    article = ArticleFactory(slug="un")
    CommentFactory.create_batch(3, article=article, published=True)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    asked = [q["sql"] for q in captured if 'FROM "comments_comment"' in q["sql"]]
    plans = [plan_of(sql, on_postgresql) for sql in asked]
    assert any(index in plan for plan in plans), plans


def plan_of(sql: str, on_postgresql: bool) -> str:
    """How the database would answer ``sql``; few rows must not tempt it to read all."""
    with connection.cursor() as cursor:
        if on_postgresql:
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {'' if on_postgresql else 'QUERY PLAN '}{sql}")
        rows: list[Any] = cursor.fetchall()
    return "\n".join(str(row[-1]) for row in rows)
