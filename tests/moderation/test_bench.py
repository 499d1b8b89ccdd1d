"""The benchmark's own arithmetic, tables and evasions."""

import json
import unicodedata
from pathlib import Path

import pytest

from moderation.engine import screen
from tests.moderation_bench import accuracy, tables
from tests.moderation_bench.evasions import disguise
from tests.moderation_bench.evasions.easy import (
    COMPOSED,
    EASY,
    SET_OFF,
    without_accents,
)
from tests.moderation_bench.evasions.exotic import EXOTIC
from tests.moderation_bench.flags import flags, without_hints, without_punctuation
from tests.moderation_bench.report import Block, Error, Figure
from tests.moderation_bench.scores import Score, overlap, ratio

EVERY = {**EASY, **COMPOSED, **EXOTIC, **SET_OFF}
MADE = [
    ("accents dropped", "enculé", "encule"),
    ("accents decomposed (NFD)", "enculé", "encule\u0301"),
    ("capitals", "enculé", "ENCULÉ"),
    ("dots", "pute", "p.u.t.e"),
    ("spaces", "pute", "p u t e"),
    ("elision ’", "abruti", "d’abruti"),
    ("full width", "pute", "ｐｕｔｅ"),
    ("inclusive ·e·s", "connard", "connard·e·s"),
    ("reversed", "enculé", "elucne"),
    ("verlan", "connard", "nardcon"),
    ("vowels dropped", "connard", "cnnrd"),
    ("phonetic", "connard", "konnard"),
    ("upside down", "pute", "ǝʇnd"),
    ("regional indicators", "con", "🇨\u200b🇴\u200b🇳"),
    ("Cyrillic letters", "con", "соn"),
]


def test_score_counts_each_of_the_four_answers() -> None:
    score = Score()
    for wanted, found in [(1, 1), (1, 1), (1, 1), (1, 0), (0, 1), (0, 0), (0, 0)]:
        score.add(wanted=bool(wanted), found=bool(found))
    assert (score.hits, score.missed, score.false_alarms, score.quiet) == (3, 1, 1, 2)
    assert score.count == 7
    assert score.precision == pytest.approx(3 / 4)
    assert score.recall == pytest.approx(3 / 4)
    assert score.f1 == pytest.approx(3 / 4)


def test_f1_is_the_harmonic_mean() -> None:
    score = Score(hits=8, false_alarms=2, missed=12)
    assert (score.precision, score.recall) == (0.8, 0.4)
    assert score.f1 == pytest.approx(2 * 0.8 * 0.4 / (0.8 + 0.4))
    both = score + Score(hits=1, quiet=4)
    assert (both.hits, both.missed, both.count) == (9, 12, 27)


def test_a_share_of_nothing_is_no_number() -> None:
    assert ratio(0, 0) is None
    assert Score(quiet=3).precision is None
    assert "—" in str(Figure("nothing", None, target=1))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((0, 3), (2, 5), True), ((0, 3), (3, 5), False), ((4, 5), (0, 9), True)],
)
def test_overlap_of_half_open_spans(one, other, expected) -> None:
    assert overlap(one, other) is expected
    assert overlap(other, one) is expected


def test_targets_are_bounds_included() -> None:
    assert Figure("recall", 0.9, target=0.9).met is True
    assert Figure("recall", 0.89, target=0.9).met is False
    assert Figure("ms", 5.0, target=5, at_most=True).met is True
    assert Figure("ms", 5.1, target=5, at_most=True).met is False
    assert Figure("no target", 0.1).met is None


def test_block_lists_as_many_errors_of_each_sort_as_asked() -> None:
    errors = [
        Error("dev", sort, "insult", f"{sort} {n}")
        for n in range(3)
        for sort in ("missed", "false alarm")
    ]
    block = Block("dev", errors=[*errors, Error("dev", "missed", "epithet", "other")])
    assert list(block.lines(0, None)) == ["== dev"]
    text = "\n".join(block.lines(2, "insult"))
    assert text.count("[insult]") == 4
    assert "1 more of « missed »" in text
    assert "[epithet]" not in text
    assert len(block.as_json()["errors"]) == 7


def test_flags_name_the_category_of_the_labels() -> None:
    found = flags(screen("Tu es un connard !!!").matches)
    assert {category for category, _ in found} == {"insult", "shouting"}
    assert {c for c, _ in without_punctuation(found)} == {"insult"}
    hint = flags(screen("Obama ? Trop mollasson !").matches)
    assert len(hint) == 1
    assert without_hints(hint) == []


def test_marks_become_spans() -> None:
    row = tables.marked("Ce {insult:crétin} et ce {epithet:petit Hitler}.", "x")
    assert row.text == "Ce crétin et ce petit Hitler."
    assert [row.text[start:end] for start, end, _ in row.spans] == [
        "crétin",
        "petit Hitler",
    ]
    assert row.label is True
    assert row.categories == {"insult", "epithet"}
    assert tables.marked("Merci.", "x").label is False


def test_labelled_rows_score_each_category() -> None:
    rows = [
        tables.marked("Ce journaliste est un {insult:connard}.", "x"),
        tables.marked("Ce {insult:monsieur} est venu.", "x"),
        tables.marked("Ce connard est {insult:venu}.", "x"),
        tables.marked("Merci pour cet article.", "x"),
        tables.marked("Vous êtes un connard.", "x"),
    ]
    block = accuracy.labelled("tiny", rows, targets=True)
    value = {figure.name: figure.value for figure in block.figures}
    assert value["insult: P"] == pytest.approx(2 / 3)
    assert value["insult: R"] == pytest.approx(2 / 3)
    assert value["any: F1"] == pytest.approx(2 / 3)
    assert value["flags that overlap a labelled span"] == pytest.approx(1 / 2)
    assert sorted(error.sort for error in block.errors) == [
        "elsewhere",
        "false alarm",
        "missed",
    ]


def test_relabelled_rows_take_their_text_from_the_shared_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "SHARED", tmp_path)
    monkeypatch.setattr(tables, "RELABELLED", tmp_path / "relabelled.jsonl")
    assert tables.relabelled_rows() == []
    (tmp_path / "set.jsonl").write_text(
        "".join(json.dumps({"text": text}) + "\n" for text in ("a", "Un con", "c")),
        encoding="utf-8",
    )
    given = [
        {"file": "set", "row": 1, "label": 1, "spans": [[3, 6, "insult"]]},
        {"file": "set", "row": 0, "label": "soft", "spans": []},
        {"file": "set", "row": 2, "label": 0, "spans": []},
    ]
    tables.RELABELLED.write_text("\n".join(map(json.dumps, given)), encoding="utf-8")
    offending, clean = tables.relabelled_rows()
    assert (offending.text, offending.spans) == ("Un con", ((3, 6, "insult"),))
    assert (clean.text, clean.label) == ("c", False)


def test_tables_are_whole() -> None:
    comments = tables.own_comments()
    assert sum(row.label for row in comments) >= 70
    assert sum(not row.label for row in comments) >= 80
    for row in comments:
        assert row.label is not row.kind.startswith("clean"), row
        assert not set("{}") & set(row.text), row
    for sample, least in (
        (tables.names("places.txt"), 300),
        (tables.names("surnames.txt"), 150),
        (tables.innocent_words(), 400),
        ([insult.word for insult in tables.insults()], 60),
    ):
        assert len(sample) == len(set(sample)) >= least
        assert all(unicodedata.is_normalized("NFC", name) for name in sample)


@pytest.mark.parametrize(("name", "word", "expected"), MADE)
def test_evasion_makes(name: str, word: str, expected: str) -> None:
    assert disguise(name, EVERY[name], word) == expected


@pytest.mark.parametrize("name", EVERY)
def test_evasion_is_the_same_each_time_and_changes_the_word(name: str) -> None:
    applied = 0
    for insult in tables.insults():
        made = disguise(name, EVERY[name], insult.word)
        assert made == disguise(name, EVERY[name], insult.word)
        assert made != insult.word
        applied += made is not None
    assert applied >= 15


def test_evasion_that_changes_nothing_does_not_apply() -> None:
    assert disguise("accents dropped", EASY["accents dropped"], "pute") is None
    assert disguise("leet digit", EASY["leet digit"], "cucul") is None
    assert without_accents("Dégénéré") == "Degenere"


@pytest.mark.parametrize("name", COMPOSED)
def test_composed_evasion_is_no_easy_one(name: str) -> None:
    for insult in tables.insults():
        made = disguise(name, COMPOSED[name], insult.word)
        easy = {disguise(each, EASY[each], insult.word) for each in EASY}
        assert made is None or made not in easy
