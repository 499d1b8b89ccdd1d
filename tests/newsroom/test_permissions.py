"""The table of permissions holds, and names every address.

An address of the URLconf that the table does not name fails a test, and so does a
method that the table does not name and that does something.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.newsroom.permission_table import (
    ANY_METHOD,
    LEFT_OUT,
    METHODS,
    TABLE,
    Row,
    World,
)


def endpoints(
    patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...] = ()
) -> Iterator[str]:
    """The full name of each address; its route where it has no name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from endpoints(pattern.url_patterns, inner)
        else:
            yield ":".join((*spaces, pattern.name or str(pattern.pattern)))


def answers(row: Row, method: str, world: World) -> tuple[int, ...]:
    """The status each gets; what one changes is gone before the next asks."""
    found = []
    cache.clear()  # allauth and the API count calls
    for client in world.clients():
        with transaction.atomic():
            found.append(ask(client, row, method, world))
            transaction.set_rollback(True)
    return tuple(found)


def ask(client: Client, row: Row, method: str, world: World) -> int:
    data: Any = row.data(world)
    in_json = row.name.startswith(("api:", "doors:"))
    kind = {"content_type": "application/json"} if in_json else {}
    headers = {"accept": "text/html"} if row.name == "api:docs" else {}
    if method in ("PUT", "PATCH", "DELETE"):
        kind, data = {}, b""
    send = getattr(client, method.lower())
    if method == "GET":
        answer = send(row.url(world), headers=headers)
    else:
        answer = send(row.url(world), data, **kind, headers=headers)
    return int(answer.status_code)


@pytest.fixture
def world(db: None) -> World:
    return World()


def test_every_address_is_in_the_table():
    known = {row.name for row in TABLE}
    names = set(endpoints(get_resolver().url_patterns))
    assert not known - names
    missing = {n for n in names - known if n.split(":")[0] not in LEFT_OUT}
    assert not missing, f"not in the table of permissions: {sorted(missing)}"


def test_everyone_gets_what_the_table_says(world):
    wrong = {}
    for row in TABLE:
        found = answers(row, row.method, world)
        if found != row.expected:
            wrong[row.method, row.url(world)] = {"is": found, "said": row.expected}
    assert not wrong


def test_other_methods_do_nothing(world):
    wrong = {}
    for name in {row.name for row in TABLE if not row.name.startswith(ANY_METHOD)}:
        rows = [row for row in TABLE if row.name == name]
        for method in set(METHODS) - {row.method for row in rows}:
            found = set(answers(rows[0], method, world))
            if not {405} <= found <= {401, 403, 405}:
                wrong[method, name] = found
    assert not wrong
