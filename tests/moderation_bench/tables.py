"""Readers of the project's own tables and of the shared data sets."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES = Path(__file__).resolve().parent / "tables"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
RELABELLED = Path(__file__).resolve().parents[1] / "data" / "relabelled.jsonl"
UPSTREAM = ("mlma_fr", "toxifrench", "jigsaw_fr", "rtplx_fr", "ftr_fr")

_MARK = re.compile(r"\{(insult|epithet|shouting):([^{}]*)\}")
Span = tuple[int, int, str]  # [start, end) in code points, category


@dataclass(frozen=True, slots=True)
class Row:
    """One text, whether it offends, and the spans that must be flagged, if known."""

    text: str
    label: bool
    kind: str
    spans: tuple[Span, ...] = ()

    @property
    def categories(self) -> frozenset[str]:
        """What the labelled spans object to."""
        return frozenset(category for _, _, category in self.spans)


@dataclass(frozen=True, slots=True)
class Insult:
    """A strong insult with its article; an absent form is None."""

    article: str
    word: str
    plural: str | None
    other_gender: str | None


def marked(line: str, kind: str) -> Row:
    """The row of a text whose offending words are marked: « ce {insult:crétin} »."""
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return Row(text + line[at:], bool(spans), kind, tuple(spans))


def own_comments() -> list[Row]:
    """The comments of tables/comments.txt."""
    return [marked(line, section) for section, line in _lines("comments.txt")]


def names(file: str) -> list[str]:
    """The names of a table, which commas separate."""
    return [
        name.strip() for _, line in _lines(file) for name in line.split(",") if name
    ]


def insults() -> list[Insult]:
    """The strong insults that the evasions disguise."""
    rows = [line.split() for _, line in _lines("insults.txt")]
    return [
        Insult(article, word, *(None if form == "-" else form for form in forms))
        for article, word, *forms in rows
    ]


def innocent_words() -> list[str]:
    """Words that nobody should be blamed for, however they are written."""
    return [word for _, line in _lines("innocent_words.txt") for word in line.split()]


def _lines(file: str) -> Iterator[tuple[str, str]]:
    section = ""
    for line in (TABLES / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            yield section, line


def _json_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def shared_rows(name: str) -> list[Row]:
    """A shared data set without its soft rows; empty where the file is absent."""
    path = SHARED / f"{name}.jsonl"
    if not path.exists():
        return []
    return [
        Row(
            row["text"],
            row["label"] == 1,
            row["kind"],
            tuple((start, end, row["kind"]) for start, end in row.get("spans", ())),
        )
        for row in _json_lines(path)
        if not row.get("soft")
    ]


def challenge_rows(name: str) -> list[Row]:
    """Comments written to try the rules; ``name`` is one of CHALLENGE."""
    return [
        Row(
            row["text"],
            row["label"] == 1,
            row["kind"],
            tuple((start, end, kind) for start, end, kind in row.get("spans", ())),
        )
        for row in _json_lines(TABLES / "challenge" / f"{name}.jsonl")
    ]


def relabelled_rows() -> list[Row]:
    """Rows of the shared sets under this project's labels, without the soft ones.

    Lines are ``{"file": …, "row": 0-based line, "label": 0|1|"soft", "spans":
    [[start, end, category], …]}``. Empty where the labels or the texts are absent.
    """
    if not RELABELLED.exists() or not SHARED.exists():
        return []
    texts: dict[str, list[dict[str, Any]]] = {}
    rows = []
    for given in _json_lines(RELABELLED):
        if given["label"] == "soft":
            continue
        file = given["file"]
        if file not in texts:
            texts[file] = _json_lines(SHARED / f"{file}.jsonl")
        spans = tuple((start, end, kind) for start, end, kind in given.get("spans", ()))
        text = texts[file][given["row"]]["text"]
        rows.append(Row(text, given["label"] == 1, file, spans))
    return rows
