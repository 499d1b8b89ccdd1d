import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's event loop


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing kept from another test, and no figure renewed by another thread.

    It would read SQLite's memory beside the test, whose writes do not wait for it.
    """
    from moderation import recent

    monkeypatch.setattr(recent, "STALE", 0)
    cache.clear()
    recent.forget()


@pytest.fixture(autouse=True, scope="session")
def _sqlite_flush_may_empty_what_is_kept() -> Iterator[None]:
    """Tests on real transactions end by emptying all tables.

    PostgreSQL truncates, which fires no row trigger; SQLite deletes row by row, which
    the append-only trigger refuses: lift it for that moment only.
    """
    from django.db.backends.sqlite3.base import DatabaseWrapper

    monkeypatch = pytest.MonkeyPatch()
    operations = DatabaseWrapper.ops_class
    original = operations.execute_sql_flush

    def execute_sql_flush(self: Any, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master "
                "WHERE type = 'trigger' AND sql LIKE '%append-only%'"
            )
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        original(self, statements)
        with self.connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)

    monkeypatch.setattr(operations, "execute_sql_flush", execute_sql_flush)
    yield
    monkeypatch.undo()


@pytest.fixture(autouse=True)
def _groups_after_flush(request: pytest.FixtureRequest) -> None:
    """Give tests on real transactions the groups that an earlier flush emptied."""
    marker = request.node.get_closest_marker("django_db")
    marked = marker is not None and marker.kwargs.get("transaction", False)
    if marked or {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        migration = import_module("newsroom.migrations.0001_groups")
        migration.make_groups(apps, None)
        migration = import_module("newsroom.migrations.0003_ranker_permissions")
        migration.permit(apps, None)
        migration = import_module("newsroom.migrations.0002_rules_and_patterns")
        migration.grant(apps, None)
        migration = import_module("newsroom.migrations.0004_reporters")
        migration.permit(apps, None)
        migration = import_module("newsroom.migrations.0005_charter_permissions")
        migration.permit(apps, None)


@pytest.fixture
def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave tests of one engine to that engine, without calling them skipped."""
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    left = [item for item in items if item.get_closest_marker(other)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def pytest_terminal_summary(
    terminalreporter: Any, exitstatus: int, config: pytest.Config
) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("CI"):
        terminalreporter.write_line(f"{len(skipped)} skipped: in CI that is a failure")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and os.environ.get("CI") and reporter.stats.get("skipped"):
        session.exitstatus = max(exitstatus, pytest.ExitCode.TESTS_FAILED)
