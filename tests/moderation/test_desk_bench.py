"""The benchmark of the desk starts as `make bench-desk` starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from comments.models import Comment
from moderation.models import QueueEntry
from tests.desk_bench import filling, rows
from tests.factories import ModeratorFactory


def test_it_starts_without_settings():
    environment = dict(os.environ)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk_bench", "--help"],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "--again" in done.stdout


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_its_newspaper_fits_the_tables_of_today(client, monkeypatch):
    for name, number in {"ARTICLES": 20, "AUTHORS": 200, "TEXTS": 100}.items():
        monkeypatch.setattr(rows, name, number)
    size = rows.Size(comments=1500, pending=150, flagged=20)
    assert not filling.is_filled(size)
    filling.fill(size)
    assert filling.is_filled(size)
    pending = QueueEntry.objects.filter(rank=QueueEntry.Rank.PENDING)
    assert pending.count() == Comment.objects.filter(status="pending").count() > 100
    assert QueueEntry.objects.filter(rank=QueueEntry.Rank.FLAGGED).count() == 20
    client.force_login(ModeratorFactory())
    page = client.get(reverse("moderation:queue"))
    assert page.status_code == 200
    assert page.content.count(b"data-card") == 20
