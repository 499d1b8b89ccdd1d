"""Several people at once, on real connections."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Barrier

import pytest
from django.db import connection


@pytest.fixture
def at_once(tmp_path, on_postgresql):
    """Run calls at the same moment, a thread and a connection each.

    Returns what each returned or raised.
    """

    def run_all(calls):
        start = Barrier(len(calls))

        def run(call):
            start.wait(timeout=30)
            try:
                return call()
            except Exception as error:
                return error
            finally:
                connection.close()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(run, calls))

    def run_all_on_a_file(calls):
        with database_file(tmp_path / "concurrency.sqlite3"):
            return run_all(calls)

    return run_all if on_postgresql else run_all_on_a_file


@contextmanager
def database_file(path):
    """Let new connections open a file: connections share a database in memory, and
    refuse each other at once instead of waiting as they do in production."""
    in_memory = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path)) as file:
        connection.connection.backup(file)
        # Kept in the file: connections that switch at once refuse each other
        file.execute("PRAGMA journal_mode=WAL")
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.settings_dict["NAME"] = in_memory
        with closing(sqlite3.connect(path)) as file:
            file.backup(connection.connection)
