"""The shipped lexicon, and the reading of lexicon files."""

import tomllib
from collections import Counter, defaultdict
from io import BytesIO

import pytest

from moderation.rules.folding import plain
from moderation.rules.inflection import forms_of
from moderation.rules.lexicon import (
    SHIPPED,
    Entry,
    Kind,
    LexiconError,
    Tier,
    load_entries,
    shipped_entries,
)
from moderation.rules.match import Severity

_INSULTS = {Kind.INSULT, Kind.LABEL, Kind.FIGURE}
_ABUSE = _INSULTS | {Kind.EPITHET, Kind.VERB, Kind.NOUN, Kind.PUPPET}


def test_a_file_gives_its_entries() -> None:
    source = """
    language = "fr"
    kind = "insult"
    [[groups]]
    tier = "always"
    severity = "high"
    note = "injure"
    terms = '''
    connard: connasse, conard

    trou du cul
    '''
    """
    first, second = load_entries(BytesIO(source.encode()))
    assert first == Entry(
        "connard",
        "fr",
        "insult",
        "always",
        first.severity,
        ("connasse", "conard"),
        "injure",
    )
    assert (second.text, second.forms) == ("trou du cul", ())


@pytest.mark.parametrize(
    "source", ["=", "language = 'fr'", "[[groups]]\nkind='x'\nterms='a'", "\xff"]
)
def test_a_broken_file_is_refused_by_name(source: str) -> None:
    with pytest.raises(LexiconError, match="lexicon"):
        load_entries(BytesIO(source.encode("latin-1")))


def test_every_shipped_file_names_its_licence_and_source() -> None:
    for path in SHIPPED.glob("*.toml"):
        header = path.read_text(encoding="utf-8").splitlines()[0]
        assert "Licence: CC0-1.0" in header, path
        assert "Source:" in header, path


def test_insults_and_epithets_give_a_reason() -> None:
    judged = [e for e in shipped_entries() if e.kind in {*_INSULTS, Kind.EPITHET}]
    assert len(judged) > 800
    assert [e.text for e in judged if not e.note] == []


def test_the_french_lexicon_is_large_and_complete() -> None:
    abuse = [e for e in shipped_entries() if e.language == "fr" and e.kind in _ABUSE]
    assert len({e.text for e in abuse}) >= 1200
    assert [e.text for e in abuse if not e.note.strip()] == []
    assert {e.tier for e in abuse} <= set(Tier)
    assert {e.severity for e in abuse} <= set(Severity)


def test_every_group_of_abuse_writes_out_its_tier_and_severity() -> None:
    """Hints say « low » by their tier alone."""
    for path in SHIPPED.glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for group in data["groups"]:
            if group.get("kind", data.get("kind")) in _ABUSE:
                assert "tier" in group, (path.name, group["note"])
                assert "severity" in group or group["tier"] == Tier.HINT, path.name


def test_no_lemma_is_listed_twice_in_one_kind() -> None:
    keys = Counter((e.language, str(e.kind), e.text) for e in shipped_entries())
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_insult_is_listed_twice() -> None:
    owners = defaultdict(set)
    for entry in shipped_entries():
        if entry.kind in _INSULTS:
            for form in forms_of(entry):
                owners[plain(form).replace("-", " ")].add((entry.text, entry.kind))
    assert {form: who for form, who in owners.items() if len(who) > 1} == {}


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("connard", {"connard", "connards", "connarde", "connardes"}),
        ("branleur", {"branleuse", "branleuses"}),
        ("con", {"cons", "conne", "connes"}),
        ("taré", {"tarés", "tarée", "tarées"}),
        ("trou du cul", {"trous du cul"}),
        ("blaireau", {"blaireaux"}),
    ],
)
def test_regular_forms_are_derived(lemma: str, expected: set[str]) -> None:
    assert expected <= forms_of(Entry(lemma, kind=Kind.INSULT, tier=Tier.ALWAYS))


def test_a_figure_takes_no_feminine() -> None:
    """« Gland » has nothing to do with « glande »."""
    assert forms_of(Entry("boulot", kind=Kind.FIGURE)) == {"boulot", "boulots"}
