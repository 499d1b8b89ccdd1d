"""What a text is to the ranker."""

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.ranker.features import features

ROOT = Path(__file__).resolve().parents[3]
ANY_TEXT = st.text(st.characters(codec=None), max_size=60)  # lone surrogates too


@given(ANY_TEXT)
def test_a_vector_of_length_one_in_the_buckets(text):
    vector = features(text, 64)
    assert all(0 <= bucket < 64 and value > 0 for bucket, value in vector.items())
    length = math.sqrt(sum(value**2 for value in vector.values()))
    assert length == pytest.approx(1) if vector else vector == {}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Élève", "eleve"),
        ("ABRUTI", "abruti"),
        ("c\u043en", "con"),  # a Cyrillic letter
        ("a\u200bb", "ab"),
        ("deux\n\n  mots ", " deux mots"),
    ],
)
def test_the_same_letters_otherwise_written(text, other):
    assert features(text) == features(other) != {}


@pytest.mark.parametrize("text", ["", " ", "\n\u00a0", "\u200b"])
def test_nothing_to_see_is_nothing(text):
    assert features(text) == {}


def test_words_begin_and_end():
    assert features("bac") != features("cab")
    assert set(features("con")) - set(features("balcon y"))  # « con» starts a word


def test_buckets_are_the_same_in_every_process():
    code = "from moderation.ranker.features import features; print(features('Un mot'))"
    told = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert told == {str(features("Un mot"))}
