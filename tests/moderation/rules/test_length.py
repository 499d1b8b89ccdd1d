"""Texts in which nothing can be seen, or of too few words."""

import pytest

from moderation.engine import Engine
from moderation.rules.config import shipped_config
from moderation.rules.match import Category
from tests.moderation.rules.conftest import Finder

INVISIBLE = {
    "spaces": "   ",
    "no-break spaces": "\u00a0\u202f",
    "line breaks": "\r\n\n\t",
    "zero-width spaces": "\u200b\u200b",
    "byte order mark": "\ufeff",
    "word joiner": "\u2060",
    "direction marks": "\u202e\u202c",
    "variation selector": "\ufe0f",
    "combining accent alone": "\u0301",
    "Hangul fillers": "\u3164\uffa0\u115f\u1160",
    "Braille blank": "\u2800",
    "tags": "\U000e0041\U000e007f",
}

VISIBLE = [
    "😀",
    "👍🏽",
    "🇫🇷",
    "❤️",
    ".",
    "?",
    "…",
    "5",
    "é",
    "ا",
    "中",
    "€",
    "\u200bJe\u200b",
]


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
def test_invisible_text_is_empty(found: Finder, text: str) -> None:
    (match,) = found(text, Category.LENGTH)
    assert match.text == text
    assert match.explanation["fr"] == "Texte sans rien de visible."


@pytest.mark.parametrize("text", VISIBLE)
def test_one_visible_sign_is_not_empty(found: Finder, text: str) -> None:
    assert not found(text, Category.LENGTH)


def test_nothing_at_all_has_no_span(found: Finder) -> None:
    assert not found("", Category.LENGTH)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("😀", True),
        ("Bravo !", True),
        ("D'accord.", True),
        ("Je suis d'accord.", False),
        ("Un deux trois", False),
    ],
)
def test_fewest_words_are_a_threshold(text: str, short: bool) -> None:
    shipped = shipped_config()
    length = shipped["length"].changed(values={"words": 3})
    engine = Engine([], config={**shipped, "length": length})
    matches = engine.screen(text).matches
    assert [(m.rule, m.text) for m in matches] == [("length", text)] * short
    assert not Engine([]).screen(text).matches
