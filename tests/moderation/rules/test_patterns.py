"""Editors' own patterns: what they find, and which of them are refused."""

from contextlib import suppress
from time import thread_time

import pytest

from moderation.engine import Engine
from moderation.policy import Action
from moderation.rules.match import Category, Severity
from moderation.rules.patterns import (
    MAX_LENGTH,
    Pattern,
    PatternError,
    check_pattern,
    compiled,
)

FOUND = [
    (r"\bzut+\b", "Eh bien, zut alors", "zut"),
    (r"\bzut+\b", "Eh bien, ZUTTT alors", "ZUTTT"),
    (r"\bzut+\b", "Eh bien, Zûtt alors", "Zûtt"),
    ("été", "Cet ETE, rien", "ETE"),
    ("ETE", "Cet été, rien", "été"),
    ("cœur", "Le cœur serré", "cœur"),
    ("coeur", "Le CŒUR serré", "CŒUR"),
    (r"\d{3} €", "Il vend 250 €", "250 €"),
    (r"l'[ée]tat", "Vive l’État !", "l’État"),
    (r"^vendu", "Vendu à la ville", "Vendu"),
    (r"promo \w+$", "Voici ma promo d\u00e9mente", "promo démente"),
]

REFUSED = [
    ("invalid", "(zut"),
    ("invalid", "zut["),
    ("invalid", "zut(?=alors)"),
    ("invalid", "(?<!a)zut"),
    ("invalid", r"(zut)\1"),
    ("invalid", "(?:a{1,100}){1,100}"),
    ("invalid", "*zut"),
    ("long", "z" * (MAX_LENGTH + 1)),
    ("empty", ""),
    ("empty", "z*"),
    ("empty", "(zut)?"),
    ("empty", r"\b"),
    ("empty", "(a|a?)+$"),
]

CATASTROPHIC = [
    "(a+)+$",
    "(a|aa)+$",
    "(.*)*x",
    "(a*)*b",
    "(x+x+)+y",
    "([a-zA-Z]+)*!",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(\w+\s?)+!",
    "(.*)(.*)(.*)x",
    "(.*a){12}x",
]


def engine(regex: str, **fields: object) -> Engine:
    return Engine([], patterns=[Pattern("essai", regex, **fields)])  # type: ignore


@pytest.mark.parametrize(("regex", "text", "found"), FOUND)
def test_pattern_finds_whatever_the_case_and_accents(
    regex: str, text: str, found: str
) -> None:
    check_pattern(regex)
    (match,) = engine(regex).screen(text).matches
    assert (match.rule, match.term, match.text) == ("pattern", "essai", found)
    assert text[match.start : match.end] == found


def test_match_says_what_its_pattern_says() -> None:
    said = {"fr": "Un juron.", "en": "An oath."}
    own = engine("zut", explanation=said, severity=Severity.LOW)
    (match,) = own.screen("Zut alors").matches
    assert match.explanation == said
    assert (match.category, match.severity) == (Category.OTHER, Severity.LOW)
    assert own.screen("Zut alors").action is Action.HOLD
    (match,) = engine("zut").screen("Zut alors").matches
    assert match.explanation["fr"] == "Motif de la rédaction\u00a0: essai."
    assert "essai" in match.explanation["en"]


@pytest.mark.parametrize(("reason", "regex"), REFUSED)
def test_pattern_that_cannot_serve_is_refused(reason: str, regex: str) -> None:
    with pytest.raises(PatternError) as refused:
        check_pattern(regex)
    assert refused.value.reason == reason


@pytest.mark.parametrize("regex", CATASTROPHIC)
def test_catastrophic_pattern_is_refused_or_fast(regex: str) -> None:
    """TRUST S-21: under 50 ms on 10,000 characters."""
    with suppress(PatternError):
        check_pattern(regex)
        pattern = compiled(regex)
        for text in ("a" * 10_000 + "!", "ab" * 5_000, "x" * 10_000, "le la " * 1_666):
            started = thread_time()
            pattern.search(text)
            assert thread_time() - started < 0.050, text[:10]


def test_engine_leaves_out_what_does_not_compile_and_names_it() -> None:
    own = Engine(
        [],
        patterns=[Pattern("cassé", "(zut"), Pattern("juron", "zut"), Pattern("p", "[")],
    )
    assert own.refused == ["cassé", "p"]
    (match,) = own.screen("(zut").matches
    assert match.term == "juron"


def test_empty_matches_say_nothing() -> None:
    own = engine("z*")
    assert own.refused == []
    assert not own.screen("Bonjour à tous").matches
    assert [m.text for m in own.screen("Le zz final").matches] == ["zz"]
