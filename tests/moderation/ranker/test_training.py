"""Learning from texts in the order of their judgement, and the trial on the newest."""

import random

import pytest

from moderation.ranker.training import (
    Example,
    OneSidedExamples,
    TooFewExamples,
    train,
)

WORDS = [
    "le",
    "la",
    "maire",
    "ville",
    "route",
    "école",
    "budget",
    "loi",
    "vote",
    "pont",
    "article",
    "avis",
    "débat",
]


def texts(count, hidden_word="ganache", first=0):
    """One text in four holds ``hidden_word`` and was hidden; the others were not."""
    draw = random.Random(first)  # noqa: S311
    found = []
    for when in range(first, first + count):
        words = draw.choices(WORDS, k=8)
        hidden = when % 4 == 0
        if hidden:
            words[3] = hidden_word
        found.append(Example(" ".join(words), hidden, when))
    return found


def test_learns_a_word_and_measures_it_on_the_newest():
    training = train(texts(200), minimum=200)
    assert (training.used, training.tested) == (200, 40)
    assert training.share_hidden == 0.25
    assert training.ranker.auc == training.ranker.top == 1
    assert training.random.auc == 0.5
    assert training.random.top == training.random.average_precision == 0.25
    assert training.flags.auc == 0.5  # « ganache » is flagged by no rule
    assert training.model.score("une ganache") > 0.5 > training.model.score("la ville")
    assert training.model.facts["examples"] == 200


def test_the_order_given_does_not_count_only_the_time_does():
    known = texts(120)
    mixed = random.Random(1).sample(known, k=len(known))  # noqa: S311
    first, second = train(known, minimum=1), train(mixed, minimum=1)
    assert first.ranker == second.ranker
    assert (first.model.weights == second.model.weights).all()


def test_what_only_the_newest_say_cannot_be_known_in_the_trial():
    """…but the model that is kept has learned it."""
    older = texts(80, hidden_word="route")
    newest = texts(20, hidden_word="xylophone", first=80)
    training = train(older + newest, minimum=1)
    assert training.tested == 20
    assert training.ranker.auc < 1
    unseen = train(older + texts(20, "route", first=80), minimum=1).model
    assert training.model.score("xylophone") > unseen.score("xylophone")


def test_the_rules_are_measured_beside():
    """An insult of the lexicon in each hidden text: the flags' order is perfect."""
    training = train(texts(100, hidden_word="connard"), minimum=1)
    assert training.flags.auc == training.flags.top == 1


@pytest.mark.parametrize("count", [0, 1, 499])
def test_too_few(count):
    with pytest.raises(TooFewExamples) as error:
        train(texts(count))
    assert (error.value.found, error.value.minimum) == (count, 500)


@pytest.mark.parametrize(
    "labels", [[True] * 10, [False] * 10, [True] * 8 + [False] * 2, [True, False] * 4 + [True] * 2]
)  # fmt: skip
def test_one_side_only(labels):
    known = [("texte", label, when) for when, label in enumerate(labels)]
    with pytest.raises(OneSidedExamples):
        train(known, minimum=1)
