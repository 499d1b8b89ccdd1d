"""Figures as people read them, and cells that no spreadsheet runs (TRUST S-24)."""

import csv
import io
from datetime import timedelta

import pytest

from moderation.tables import Column, Table, change, delay, harmless, percent, shown
from tests.spaces import spaced


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (shown(12_345), "12 345"),
        (percent(0.784), "78 %"),
        (percent(0.0044), "0,4 %"),
        (percent(1.0), "100 %"),
        (shown(None), "–"),
        (change(112, 100), "+12 %"),
        (change(92, 100), "−8 %"),
        (change(5, 5), "="),
        (change(5, 0), "–"),
        (delay(timedelta(seconds=40.9)), "40 s"),
        (delay(timedelta(minutes=12)), "12 min"),
        (delay(timedelta(hours=1, minutes=5)), "1 h 05"),
        (delay(timedelta(hours=4)), "4 h"),
        (delay(timedelta(days=2, hours=3)), "2 j 3 h"),
        (delay(timedelta(days=2)), "2 j"),
    ],
)
def test_are_printed_as_french_does(told, expected):
    assert spaced(told) == expected


@pytest.mark.parametrize("start", "=+-@\t\r\n\x00")
def test_a_dangerous_start_is_made_harmless(start):
    assert harmless(f"{start}cmd|' /C calc'!A0")[0] == "'"
    file = Table("", [Column(f"{start}x")], [[f"{start}y"]]).as_csv()
    cells = list(csv.reader(io.StringIO(file[1:], newline=""), strict=True))
    assert cells == [[f"'{start}x"], [f"'{start}y"]]
