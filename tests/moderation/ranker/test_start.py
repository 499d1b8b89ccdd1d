"""A site without ranker does not pay for numpy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
START = """
import sys
import newsroom.wsgi
from django.contrib import admin
from django.core.management import load_command_class
from django.urls import get_resolver
get_resolver().url_patterns
admin.autodiscover()
load_command_class("moderation", "rank_queue")
load_command_class("moderation", "train_ranker")
"""
USE = """
from moderation.ranker.model import UnreadableRanker, load
try:
    load(b"")
except UnreadableRanker:
    pass
"""


@pytest.mark.parametrize(
    ("code", "expected"), [(START, "False"), (START + USE, "True")]
)
def test_numpy_is_imported_only_by_a_model(code, expected):
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code + "print('numpy' in sys.modules)"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.stdout.strip(), done.stderr) == (expected, "")
