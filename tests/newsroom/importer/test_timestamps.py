"""Printed times, one row each; offsets are those of the zone on that day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.importer.timestamps import (
    is_timestamp,
    printed_date,
    read_timestamp,
    resembles_timestamp,
    trailing_timestamp,
)

BEIRUT = ZoneInfo("Asia/Beirut")
MONTREAL = ZoneInfo("America/Toronto")

READ = {
    "00 h 33, le 19 septembre 2015": "2015-09-19T00:33:00+03:00",
    "12 h 40, le 7 février 2016": "2016-02-07T12:40:00+02:00",
    "00 h 00, le 13 juin 2016": "2016-06-13T00:00:00+03:00",
    "9 h 05, le 1er juin 2016": "2016-06-01T09:05:00+03:00",
    "9 h 05, le 1er janvier 2016": "2016-01-01T09:05:00+02:00",
    "9 h, le 1 janvier 2016": "2016-01-01T09:00:00+02:00",
    "03:15 PM, le 12 juin 2016": "2016-06-12T15:15:00+03:00",
    "3:15 p.m., le 12 juin 2016": "2016-06-12T15:15:00+03:00",
    "12:05 AM, le 12 juin 2016": "2016-06-12T00:05:00+03:00",
    "12:05 PM, le 12 juin 2016": "2016-06-12T12:05:00+03:00",
    "00:05 AM, le 12 juin 2016": "2016-06-12T00:05:00+03:00",
    "12:40:33, le 7 février 2016": "2016-02-07T12:40:33+02:00",
    "12h40, le 7 février 2016": "2016-02-07T12:40:00+02:00",
    "12\u00a0h\u00a040, le 7\u00a0février\u00a02016": "2016-02-07T12:40:00+02:00",
    "12\u202fh\u202f40, le 7 février 2016": "2016-02-07T12:40:00+02:00",
    "12 h 40, le 7 fe\u0301vrier 2016": "2016-02-07T12:40:00+02:00",
    "12 H 40, LE 7 FÉVRIER 2016": "2016-02-07T12:40:00+02:00",
    "12 h 40, le 7 fevrier 2016": "2016-02-07T12:40:00+02:00",
    "12 h 40, le 7 févr. 2016": "2016-02-07T12:40:00+02:00",
    "12 h 40, le 7 aout 2016": "2016-08-07T12:40:00+03:00",
    "le 7 février 2016 à 12 h 40": "2016-02-07T12:40:00+02:00",
    "dimanche 7 février 2016, 12:40": "2016-02-07T12:40:00+02:00",
    "Publié le 7 février 2016 à 12 h 40": "2016-02-07T12:40:00+02:00",
    "07/02/2016 12:40": "2016-02-07T12:40:00+02:00",
    "12 h 40, le 29 février 2016": "2016-02-29T12:40:00+02:00",
}
IMPOSSIBLE = (
    "25 h 10, le 12 juin 2016",
    "24 h 00, le 12 juin 2016",
    "12 h 75, le 12 juin 2016",
    "12 h 10, le 31 février 2016",
    "12 h 10, le 29 février 2015",
    "12 h 10, le 0 juin 2016",
    "12 h 10, le 12 juin 0000",
    "13:15 PM, le 12 juin 2016",
    "00:15 PM, le 12 juin 2016",
    "12 h 10, le 12/13/2016",
)
NO_TIMESTAMP = (
    "Retour en haut",
    "le 12 juin 2016",
    "12 h 10",
    "12 h 10, le 12 brumaire 2016",
    "Rendez-vous à 12 h 10, le 12 juin 2016",
    "12 h 10, le 12 juin 2016, au port",
    "",
)


@pytest.mark.parametrize(("printed", "instant"), READ.items())
def test_time_is_read(printed, instant):
    assert is_timestamp(printed)
    reading = read_timestamp(printed, BEIRUT)
    assert reading.instant == datetime.fromisoformat(instant)
    assert reading.instant.utcoffset() == datetime.fromisoformat(instant).utcoffset()
    assert reading.problem is None


@pytest.mark.parametrize("printed", IMPOSSIBLE)
def test_impossible_time_is_a_time_without_instant(printed):
    assert is_timestamp(printed)
    reading = read_timestamp(printed, BEIRUT)
    assert (reading.instant, reading.problem) == (None, "timestamp_invalid")


@pytest.mark.parametrize("printed", NO_TIMESTAMP)
def test_other_lines_are_no_times(printed):
    assert not is_timestamp(printed)
    assert read_timestamp(printed, BEIRUT).problem == "timestamp_invalid"


@pytest.mark.parametrize(
    ("printed", "zone", "problem", "instant"),
    [
        # Beirut's clocks go back at midnight: 23:30 comes twice, the first is taken
        (
            "23 h 30, le 24 octobre 2015",
            BEIRUT,
            "timestamp_ambiguous",
            "2015-10-24T23:30:00+03:00",
        ),
        ("00 h 00, le 25 octobre 2015", BEIRUT, None, "2015-10-25T00:00:00+02:00"),
        ("22 h 59, le 24 octobre 2015", BEIRUT, None, "2015-10-24T22:59:00+03:00"),
        # They go forward at midnight: 00:30 never comes
        (
            "00 h 30, le 27 mars 2016",
            BEIRUT,
            "timestamp_nonexistent",
            "2016-03-27T01:30:00+03:00",
        ),
        ("01 h 00, le 27 mars 2016", BEIRUT, None, "2016-03-27T01:00:00+03:00"),
        (
            "01 h 30, le 1er novembre 2026",
            MONTREAL,
            "timestamp_ambiguous",
            "2026-11-01T01:30:00-04:00",
        ),
    ],
)
def test_clock_changes_are_told(printed, zone, problem, instant):
    reading = read_timestamp(printed, zone)
    assert reading.problem == problem
    assert reading.instant == datetime.fromisoformat(instant)
    assert reading.instant.isoformat() == instant


@pytest.mark.parametrize(
    ("printed", "start"),
    [
        ("FAKHOURI, 00 h 33, le 19 septembre 2015", 10),
        ("NADIA F. le 7 février 2016 à 12 h 40", 9),
        ("12 h 40, le 7 février 2016", 0),
        ("Vu à 12 h 40, le 7 février 2016 !", None),
        ("Bonsoir", None),
    ],
)
def test_time_that_ends_a_line_is_found(printed, start):
    assert trailing_timestamp(printed) == start


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("il y a 3 heures", True),
        ("hier à 12 h", True),
        ("12 juin", True),
        ("12 h 10", True),
        ("ANTOINE", False),
        ("Les 3 Mousquetaires", False),
    ],
)
def test_line_in_a_time_s_place_may_be_one_nobody_can_read(printed, expected):
    assert resembles_timestamp(printed) is expected


def test_date_in_a_caption_is_its_last_possible_one():
    assert printed_date("Le four, le 6 février 2016.").isoformat() == "2016-02-06"
    assert printed_date("Le four, le 31 février 2016.") is None
    assert printed_date("Le four.") is None
