"""Batches killed in the middle: whole chunks or nothing, and they go on afterwards."""

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from moderation import batches
from moderation.batches import run_batch, undo_batch
from moderation.models import Action, Decision, DecisionBatch
from tests.factories import ModeratorFactory
from tests.moderation.batch_worlds import batch_on_all, counts, statuses, waiting
from tests.moderation.conftest import database_file
from tests.moderation.ledger import disagreements

ROOT = Path(__file__).resolve().parents[2]


class Killed(Exception):
    pass


@pytest.fixture
def small_chunks(monkeypatch):
    """Chunks of two comments."""
    whole = batches.run_chunk
    monkeypatch.setattr(batches, "run_chunk", lambda batch: whole(batch, size=2))


@pytest.fixture
def killed_in(monkeypatch):
    """Let the nth chunk from now fail after all of it was written, but not committed."""
    original = batches._store

    def set_up(number):
        left = [number]

        def store(outcomes):
            original(outcomes)
            left[0] -= 1
            if left[0] == 0:
                raise Killed

        monkeypatch.setattr(batches, "_store", store)

    return set_up


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("number", [1, 2, 4])
def test_killed_in_the_nth_chunk(killed_in, number):
    comments = waiting(7)
    batch = batch_on_all(ModeratorFactory())
    killed_in(number)
    with pytest.raises(Killed):
        run_batch(batch)
    decided = 2 * (number - 1)
    assert counts(batch) == ("running", decided, 0, 0, 0)
    assert statuses(comments) == Counter(hidden=decided, pending=7 - decided)
    assert disagreements() == []

    assert counts(run_batch(batch)) == ("done", 7, 0, 0, 0)
    assert Decision.objects.filter(batch=batch).count() == 7
    assert disagreements() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_chunks")
def test_undo_killed_in_the_middle(killed_in):
    comments, moderator = waiting(7), ModeratorFactory()
    batch = undo_batch(run_batch(batch_on_all(moderator)), by=moderator)
    killed_in(3)
    with pytest.raises(Killed):
        run_batch(batch)
    assert counts(batch) == ("undoing", 7, 0, 4, 0)
    assert statuses(comments) == {"hidden": 3, "pending": 4}
    assert disagreements() == []
    assert counts(run_batch(batch)) == ("undone", 7, 0, 7, 0)
    assert statuses(comments) == {"pending": 7}
    assert disagreements() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_chunks")
def test_undo_of_a_batch_killed_in_the_middle(killed_in):
    comments, moderator = waiting(7), ModeratorFactory()
    batch = batch_on_all(moderator, Action.PUBLISH)
    killed_in(3)
    with pytest.raises(Killed):
        run_batch(batch)
    killed_in(2)
    with pytest.raises(Killed):
        run_batch(undo_batch(batch, by=moderator))
    assert counts(batch) == ("undoing", 4, 0, 2, 0)
    assert disagreements() == []
    call_command("resume_batches")
    assert counts(batch) == ("undone", 4, 0, 4, 0)
    assert statuses(comments) == {"pending": 7}
    assert disagreements() == []


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_fails_does_not_stop_the_others(killed_in, capsys):
    waiting(2)
    moderator = ModeratorFactory()
    failing = batch_on_all(moderator)
    waiting(1)
    other = batch_on_all(moderator, Action.PUBLISH)
    killed_in(1)
    with pytest.raises(CommandError, match="1 lots"):
        call_command("resume_batches")
    assert counts(failing)[:2] == ("running", 0)
    assert counts(other)[0] == "done"
    call_command("resume_batches")
    assert counts(failing)[0] == "done"
    assert "Aucun lot" in capsys.readouterr().out


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("undoing", [False, True], ids=["deciding", "undoing"])
def test_process_killed_by_the_system(tmp_path, on_postgresql, undoing):
    """SIGKILL, as from a full memory or a power cut: nothing runs to clean up."""
    if on_postgresql:
        _kill_and_resume(os.environ["TEST_DATABASE_URL"], undoing)
        return
    path = tmp_path / "killed.sqlite3"

    def in_a_thread():
        try:
            _kill_and_resume(f"sqlite:///{path}", undoing)
        finally:
            connection.close()

    # A thread has a connection of its own: to the file, as the process that is killed
    with database_file(path), ThreadPoolExecutor(1) as pool:
        pool.submit(in_a_thread).result()


def _kill_and_resume(url, undoing):
    comments, moderator = waiting(20), ModeratorFactory()
    batch = batch_on_all(moderator)
    if undoing:
        batch = undo_batch(run_batch(batch), by=moderator)
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", SLOWLY.format(name=connection.settings_dict["NAME"])],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "TEST_DATABASE_URL": url},
    )
    name = "undone" if undoing else "done"
    try:
        deadline = monotonic() + 60
        while getattr(DecisionBatch.objects.get(pk=batch.pk), name) < 4:
            assert child.poll() is None, "the process ended by itself"
            assert monotonic() < deadline, "the process did nothing"
            sleep(0.02)
    finally:
        child.send_signal(signal.SIGKILL)
        assert child.wait(timeout=30) == -signal.SIGKILL
    batch.refresh_from_db()
    assert batch.unfinished
    reached = getattr(batch, name)
    assert 4 <= reached < 20
    assert reached % 2 == 0  # whole chunks
    before = statuses(comments)
    assert before["pending" if undoing else "hidden"] == reached
    assert disagreements() == []

    call_command("resume_batches")
    assert counts(batch)[0] == ("undone" if undoing else "done")
    assert statuses(comments) == {"pending" if undoing else "hidden": 20}
    assert Decision.objects.filter(batch=batch).count() == (40 if undoing else 20)
    assert disagreements() == []


SLOWLY = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = {name!r}
from moderation import batches
original = batches._store

def store(outcomes):
    original(outcomes)
    time.sleep(0.1)

batches._store = store
for batch in list(batches.unfinished_batches()):
    while batch.unfinished:
        batch = batches.run_chunk(batch, size=2)
"""
"""A process that takes its time in the middle of each chunk of two comments."""
