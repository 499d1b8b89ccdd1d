"""Plots: one image with a name, as high as its numbers."""

import pytest
from bs4 import BeautifulSoup

from moderation.plots import Bar, Series, Words, bars, columns

WORDS = Words("p", "Titre & co", "Décrit <b>")


def drawn(*values):
    steps = [(f"jour {n}", f"{n}") for n in range(len(values))]
    words = Words("p", "Titre & co", "Décrit <b>")
    svg = columns(words, steps, [Series("Parus", values)])
    return BeautifulSoup(svg, "xml").svg


def test_are_one_named_and_described_image():
    svg = drawn(3, 0, 5)
    assert svg["role"] == "img"
    assert svg.find(id=svg["aria-labelledby"]).text == "Titre & co"
    assert svg.find(id=svg["aria-describedby"]).text == "Décrit <b>"


@pytest.mark.parametrize("values", [(0,), (0, 0), (1,), (3, 0, 5), (7, 123_456)])
def test_columns_are_as_high_as_their_numbers(values):
    svg = drawn(*values)
    heights = [float(bar["height"]) for bar in svg.select("rect.plot-bar")]
    seen = [value for value in values if value]
    assert len(heights) == len(seen)
    for height, value in zip(heights, seen, strict=True):
        share = value / max(seen)
        assert height == pytest.approx(max(heights) * share, abs=0.02)
        assert 0 <= height <= 160


def test_bars_are_as_long_as_their_shares():
    rows = [Bar("Un nom <b>", "12 %", 0.12, (0.05, 0.25)), Bar("L" * 60, "0 %", 0.0)]
    svg = BeautifulSoup(bars(WORDS, rows), "xml").svg
    assert [bar["width"] for bar in svg.select("rect.plot-bar")] == ["12%", "0%"]
    spread = svg.select_one("line.plot-spread")
    assert (spread["x1"], spread["x2"]) == ("5%", "25%")
    words = [word.text for word in svg.select("text")]
    assert words == ["Un nom <b>", "12 %", f"{'L' * 37}…", "0 %"]
