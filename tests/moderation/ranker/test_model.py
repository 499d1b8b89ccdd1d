"""The fitted model: what it tells apart, and its file."""

import json
from functools import cache
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.ranker.features import BUCKETS
from moderation.ranker.model import (
    FORMAT,
    Model,
    UnreadableRanker,
    encode,
    fit,
    load,
    save,
)
from tests.moderation.ranker.test_features import ANY_TEXT

RUDE = ["Quel abruti, ce maire", "Abruti fini", "Vous êtes un abruti"]
POLITE = ["Merci pour cet article", "Je ne suis pas de cet avis", "Très bien dit"]
FACTS = {"examples": 6, "share_hidden": 0.5, "oldest": "2026-03-01"}


@cache
def fitted():
    rows = [encode(text) for text in RUDE + POLITE]
    return fit(rows, [True] * 3 + [False] * 3, FACTS)


@cache
def saved():
    return save(fitted())


def test_tells_apart_what_it_has_not_seen():
    model = fitted()
    rude, polite = model.score("Cet ABRUTI de ministre"), model.score("Bon article")
    assert polite < 0.5 < rude


def test_a_rare_class_counts_as_much_as_the_other():
    rows = [encode(text) for text in [RUDE[0], *POLITE * 20]]
    model = fit(rows, [True] + [False] * 60, {})
    assert model.score(POLITE[0]) < 0.5 < model.score(RUDE[0])


def test_the_same_examples_make_the_same_file():
    rows = [encode(text) for text in RUDE + POLITE]
    assert save(fit(rows, [True] * 3 + [False] * 3, FACTS)) == saved()


@given(ANY_TEXT)
def test_any_text_has_a_score_from_0_to_1(text):
    assert 0 <= fitted().score(text) <= 1


@given(
    ANY_TEXT,
    st.lists(st.floats(-1e6, 1e6, width=32), min_size=2, max_size=20),
    st.dictionaries(ANY_TEXT, st.integers() | st.booleans() | ANY_TEXT, max_size=3),
)
def test_a_file_read_again_is_the_same_model(text, weights, facts):
    model = Model(np.array(weights, dtype=np.float32), facts)
    read = load(save(model))
    assert read.facts == facts
    assert np.array_equal(read.weights, model.weights)
    assert 0 <= read.score(text) == model.score(text) <= 1


@given(st.binary(max_size=200))
def test_bytes_that_are_no_model(data):
    with pytest.raises(UnreadableRanker):
        load(data)


@given(st.data())
def test_a_damaged_file_is_refused_or_whole(data):
    """A changed byte may fall where zip does not look; then nothing is lost."""
    content = bytearray(saved())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    try:
        read = load(bytes(content))
    except UnreadableRanker:
        return
    assert np.array_equal(read.weights, fitted().weights)
    assert read.facts == FACTS


@given(st.data())
def test_a_truncated_file_is_refused(data):
    length = data.draw(st.integers(0, len(saved()) - 1))
    with pytest.raises(UnreadableRanker):
        load(saved()[:length])


class Bomb:
    def __reduce__(self):
        return (pytest.fail, ("a file ran code",))


def about(**changes):
    known = {"format": FORMAT, "buckets": 3, "shortest": 2, "longest": 4, "facts": {}}
    return json.dumps({**known, **changes})


GOOD = np.zeros(4, dtype=np.float32)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"about": about(format=0), "weights": GOOD}, "format 0"),
        ({"about": about(format=FORMAT + 1), "weights": GOOD}, f"reads {FORMAT}"),
        ({"about": about(longest=5), "weights": GOOD}, "format"),
        ({"about": about(buckets=9), "weights": GOOD}, "announces"),
        ({"about": about(), "weights": GOOD.astype(np.float64)}, "announces"),
        ({"about": about(), "weights": GOOD.reshape(2, 2)}, "announces"),
        ({"about": about(), "weights": np.array([0, 1, np.nan, 2], np.float32)}, "num"),
        ({"about": about(facts=3), "weights": GOOD}, "damaged"),
        ({"about": about(buckets="x"), "weights": GOOD}, "damaged"),
        ({"about": "[]", "weights": GOOD}, "damaged"),
        ({"about": "{", "weights": GOOD}, "damaged"),
        ({"about": "[" * 10_000, "weights": GOOD}, "damaged"),
        ({"weights": GOOD}, "damaged"),
        ({"about": about()}, "damaged"),
        ({"about": about(), "weights": np.array([Bomb()] * 4)}, "damaged"),
        ({"about": np.array(Bomb()), "weights": GOOD}, "damaged"),
        ({"about": about(), "weights": np.zeros(2**23, np.float32)}, "too large"),
    ],
)
def test_a_foreign_or_older_file_says_so(parts, said):
    out = BytesIO()
    np.savez_compressed(out, **parts)
    with pytest.raises(UnreadableRanker, match=said):
        load(out.getvalue())


def test_the_same_parts_as_they_should_be():
    """What the refused files above differ from by one thing each."""
    out = BytesIO()
    np.savez_compressed(out, about=about(), weights=GOOD)
    assert load(out.getvalue()).score("texte") == 0.5


def test_the_file_is_small_enough_for_a_database_row():
    generator = np.random.default_rng(1)
    full = generator.normal(size=BUCKETS + 1).astype(np.float32)
    assert len(save(Model(full, FACTS))) < 150_000
