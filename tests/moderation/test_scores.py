"""Scores rise with the severity and the number of matches, within [0, 1]."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine import Screening, screen
from moderation.policy import Action, action_for
from moderation.rules.match import Category, Match, Severity, Target
from moderation.scores import Attribute, score

matches = st.builds(
    Match,
    rule=st.just("lexicon"),
    rule_version=st.just(1),
    category=st.sampled_from(Category),
    severity=st.sampled_from(Severity),
    start=st.just(0),
    end=st.just(1),
    text=st.just("x"),
    explanation=st.just({"fr": "x", "en": "x"}),
    target=st.sampled_from(Target),
)
attributes = st.sampled_from(Attribute)


def of(found, attribute=Attribute.TOXICITY, **fields):
    return score(Screening(tuple(found), action_for(found), **fields), attribute)


def found_in(text, attribute=Attribute.TOXICITY):
    return score(screen(text), attribute).value


@given(st.lists(matches, max_size=12), matches, attributes)
def test_another_match_never_lowers_a_score(found, another, attribute):
    before, after = of(found, attribute), of([*found, another], attribute)
    assert 0 <= before.value <= after.value <= 1


@given(st.lists(matches, min_size=1, max_size=12), st.data(), attributes)
def test_a_graver_match_never_lowers_a_score(found, data, attribute):
    place = data.draw(st.integers(0, len(found) - 1))
    severity = data.draw(st.sampled_from(Severity))
    other = [*found]
    other[place] = replace(found[place], severity=severity)
    graver, milder = (
        (other, found)
        if severity.rank >= found[place].severity.rank
        else (found, other)
    )
    assert of(milder, attribute).value <= of(graver, attribute).value


@given(st.lists(matches, max_size=12), attributes)
def test_no_span_scores_more_than_its_text(found, attribute):
    result = of(found, attribute)
    assert all(span.value <= result.value for span in result.spans)
    assert (result.value > 0) >= any(span.value > 0 for span in result.spans)


@given(st.lists(matches, min_size=1, max_size=200))
def test_severity_outweighs_any_number_of_milder_matches(found):
    rude = [replace(m, category=Category.INSULT) for m in found]
    gravest = max(m.severity.rank for m in rude)
    value = of(rude).value
    assert (value >= 0.8) == (gravest == Severity.HIGH.rank)
    assert (value >= 0.6) == (gravest >= Severity.MEDIUM.rank)
    assert math.isfinite(value)


@pytest.mark.parametrize(
    ("text", "above", "nothing"),
    [
        ("Merci pour cet article.", {}, set(Attribute)),
        (
            "Quel connard.",
            {Attribute.TOXICITY: 0.8, Attribute.INSULT: 0.8, Attribute.PROFANITY: 0.8},
            {Attribute.THREAT, Attribute.IDENTITY_ATTACK},
        ),
        (
            "On va vous tuer.",
            {Attribute.TOXICITY: 0.8, Attribute.THREAT: 0.8},
            {Attribute.INSULT, Attribute.PROFANITY, Attribute.IDENTITY_ATTACK},
        ),
        (
            "C’est un petit Hitler.",
            {Attribute.TOXICITY: 0.6, Attribute.INSULT: 0.6},
            {Attribute.PROFANITY, Attribute.THREAT},
        ),
        ("Bande de connards !", {Attribute.IDENTITY_ATTACK: 0.8}, {Attribute.THREAT}),
        ("Écrivez à a.b@exemple.fr", {}, set(Attribute)),
        ("Vraiment !!!!", {Attribute.TOXICITY: 0.2}, {Attribute.INSULT}),
    ],
)
def test_what_texts_score(text, above, nothing):
    for attribute, lowest in above.items():
        assert found_in(text, attribute) >= lowest, attribute
    for attribute in nothing:
        assert found_in(text, attribute) == 0, attribute


def test_only_grave_things_are_severe():
    severe = Attribute.SEVERE_TOXICITY
    assert found_in("C’est un petit Hitler.", severe) < 0.5
    assert found_in("Quel connard.", severe) >= 0.8


def test_text_that_was_not_read_whole_is_treated_as_grave():
    assert of([]).value == 0
    assert of([], incomplete=("lexicon",)).value == 0.8
    assert of([], Attribute.THREAT, incomplete=("lexicon",)).value == 0
    assert Screening((), Action.HOLD, ("lexicon",)).action is Action.HOLD


def test_spans_are_those_of_the_counted_matches():
    text = "Quel connard, et ce petit Hitler !!!!"
    spans = score(screen(text), Attribute.INSULT).spans
    assert [text[s.start : s.end] for s in spans] == ["connard", "petit Hitler"]
    assert [s.value for s in spans] == [0.8, 0.6]
