"""`screen`, `load_lexicon` and `rescreen`, as they are run."""

import json
import os
import re
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


SCREEN = [sys.executable, "manage.py", "screen", "--settings", "tests.settings"]
NO_DATABASE = {"DATABASE_URL": "postgres://127.0.0.1:1/none", "LC_ALL": "C"}


def screen(given, *options):
    """Run the command as a shell would, where no database can be reached."""
    return subprocess.run(  # noqa: S603
        [*SCREEN, *options],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | NO_DATABASE,
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


def test_screen_explains_in_full():
    done = screen(b'{"text": "Tu es un c0nnard."}', "--explain")
    answer = json.loads(done.stdout)
    assert list(answer) == ["flags", "action", "incomplete", "languages"]
    [flag] = answer["flags"]
    assert (flag["term"], flag["variant"]) == ("connard", "leet")
    assert (flag["target"], flag["severity"]) == ("reader", "high")
    assert set(flag["explanation"]) == {"fr", "en"}


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ("punctuation", ["punctuation"]),
        ("punctuation, capitals", ["punctuation"]),
        ("lexicon,punctuation", ["lexicon", "punctuation"]),
        ("epithet", []),
    ],
)
def test_screen_runs_only_the_rules_asked_for(rules, found):
    done = screen(b'{"text": "Quel connard !!!!"}', "--rules", rules)
    flags = json.loads(done.stdout)["flags"]
    assert [flag["rule"] for flag in flags] == found


@pytest.mark.parametrize("rules", ["majuscules", "punctuation,majuscules", "", ","])
def test_screen_lists_the_rules_it_knows(rules):
    done = screen(b'{"text": "Merci."}', "--rules", rules)
    assert done.returncode == 1
    assert done.stdout == b""
    said = done.stderr.decode()
    assert "majuscules" in said or "majuscules" not in rules
    for known in ("capitals", "punctuation", "lexicon", "threat", "length"):
        assert known in said


def test_screen_tells_its_progress_when_asked():
    given = b'{"text": "Merci."}\n' * 2500
    quiet, told = screen(given), screen(given, "--progress")
    assert quiet.stderr == b""
    assert told.stdout == quiet.stdout
    assert told.stderr.decode().split("\n")[:2] == [
        "1000 lignes lues",
        "2000 lignes lues",
    ]


def test_screen_answers_as_lines_come_in_constant_memory():
    """Thousands of long lines: each answer is read before the next line is sent."""
    line = json.dumps({"text": "Merci pour cet article. " * 60}).encode() + b"\n"
    process = subprocess.Popen(  # noqa: S603
        SCREEN,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | NO_DATABASE,
    )
    with process:
        sizes = []
        for number in range(1, 3001):
            process.stdin.write(line)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["action"] == "publish"
            if number % 1000 == 0:
                sizes.append(resident_kilobytes(process.pid))
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0
    # 2,000 lines more are 3 MB of text, and as much again in answers and words
    assert sizes[-1] - sizes[0] < 1500, sizes


def resident_kilobytes(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[1])


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
