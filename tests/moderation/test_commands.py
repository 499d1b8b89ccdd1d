"""`screen`, `load_lexicon` and `rescreen`, as they are run."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from moderation import screening
from moderation.models import LexiconVersion, QueueEntry, Term
from moderation.queue import unscreened
from moderation.services import submit_comment
from tests.factories import ArticleFactory, ReaderFactory

ROOT = Path(__file__).resolve().parents[2]


def screen(given):
    """Run the command as a shell would, where no database can be reached."""
    return subprocess.run(
        [sys.executable, "manage.py", "screen", "--settings", "tests.settings"],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "postgres://127.0.0.1:1/none", "LC_ALL": "C"},
        check=False,
    )


def test_screen_answers_each_line():
    rude, polite = "Quel connard, ce ministre\u00a0!", "Merci pour cet article."
    lines = [{"text": rude, "lang": "fr"}, {"text": polite}]
    given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    done = screen(given.encode())
    assert done.returncode == 0, done.stderr.decode()
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["action"] == "hold"
    (flag,) = first["flags"]
    assert list(flag) == [
        "rule",
        "category",
        "severity",
        "start",
        "end",
        "text",
        "explanation",
    ]
    assert rude[flag["start"] : flag["end"]] == flag["text"] == "connard"
    assert second == {"flags": [], "action": "publish"}


@pytest.mark.parametrize(
    "bad",
    [
        b"pas du JSON",
        b'"un texte seul"',
        b'{"lang": "fr"}',
        b'{"text": 3}',
        b'{"text": "x", "lang": 3}',
        b'{"text": "\\ud800"}',
        b'{"text": "\xff"}',
        b"[" * 100_000,
    ],
)
def test_screen_goes_on_after_a_bad_line(bad):
    good = b'{"text": "Merci."}'
    done = screen(b"\n".join([bad, b"", good]))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(answers[0]) == ["error"]
    assert answers[1] == {"flags": [], "action": "publish"}
    assert len(answers) == 2
    assert done.returncode == 1
    assert "1 ligne illisible." in done.stderr.decode()


@pytest.mark.django_db
def test_load_lexicon_can_be_repeated():
    out = StringIO()
    call_command("load_lexicon", stdout=out)
    count, version = Term.objects.count(), LexiconVersion.objects.get().number
    assert count > 0
    assert f"{count} ajoutés, 0 mis à jour, 0 gardés" in out.getvalue()
    out = StringIO()
    call_command("load_lexicon", stdout=out)
    assert f"0 ajoutés, 0 mis à jour, {count} gardés" in out.getvalue()
    assert Term.objects.count() == count
    assert LexiconVersion.objects.get().number == version


@pytest.mark.django_db
def test_rescreen_catches_up(monkeypatch):
    def submit(text):
        return submit_comment(
            article=ArticleFactory(), author=ReaderFactory().commenter, text=text
        )

    with monkeypatch.context() as broken:
        broken.setattr(screening, "current_engine", lambda: None)
        polite, rude = submit("Merci."), submit("Quel connard.")
        assert set(unscreened()) == {polite, rude}
        with pytest.raises(CommandError, match="2 à reprendre"):
            call_command("rescreen", stdout=StringIO())
    assert set(unscreened()) == {polite, rude}

    out = StringIO()
    call_command("rescreen", stdout=out)
    assert "Tout est analysé." in out.getvalue()
    polite.refresh_from_db()
    rude.refresh_from_db()
    assert (polite.status, rude.status) == ("published", "pending")
    assert [entry.comment for entry in QueueEntry.objects.all()] == [rude]
    assert not unscreened().exists()
