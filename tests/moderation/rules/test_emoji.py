"""Floods of emoji: an emoji is what readers see as one, however it is encoded."""

import pytest

from moderation.engine import Engine
from moderation.rules.config import shipped_config
from moderation.rules.match import Category
from tests.moderation.rules.conftest import Finder

ONE = {
    "plain": "😀",
    "skin tone": "👍🏽",
    "flag": "🇫🇷",
    "family": "👩‍👩‍👧",
    "variation selector": "❤️",
}


@pytest.mark.parametrize("emoji", ONE.values(), ids=ONE)
def test_ten_are_a_flood_and_nine_are_not(found: Finder, emoji: str) -> None:
    assert not found(f"Bravo {emoji * 9} !", Category.SHOUTING)
    (match,) = found(f"Bravo {emoji * 10} !", Category.SHOUTING)
    assert (match.rule, match.text) == ("emoji", emoji * 10)


def test_spaces_do_not_end_a_flood(found: Finder) -> None:
    flood = " ".join("😀😡😀😡😀😡😀😡😀😡")
    (match,) = found(f"Non {flood}.", Category.SHOUTING)
    assert match.text == flood
    assert "10" in match.explanation["fr"]


@pytest.mark.parametrize(
    "text",
    [
        "😀😀😀😀😀 bravo 😀😀😀😀😀",
        "😀😀😀😀😀, 😀😀😀😀😀",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "************ ############",
        "→→→→→→→→→→→→",
        "★★★★★★★★★★★★",
        "Liberté, égalité, fraternité",
    ],
)
def test_shorter_runs_and_other_signs_are_none(found: Finder, text: str) -> None:
    assert not found(text, Category.SHOUTING)


def test_threshold_is_the_editors(found: Finder) -> None:
    text = "Bravo 😀😀😀"
    assert not found(text, Category.SHOUTING)
    shipped = shipped_config()
    config = {**shipped, "emoji": shipped["emoji"].changed(values={"emoji": 3})}
    (match,) = Engine([], config=config).screen(text).matches
    assert match.text == "😀😀😀"
