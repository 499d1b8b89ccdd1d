"""What the rules considered and let go, one example for each outcome at least."""

import pytest

from moderation.engine import Explanation, default_engine
from moderation.rules.trace import OUTCOMES, Outcome

# Text, outcome, term, its words in the text, what covered or excused it
CONSIDERED = [
    ("La pute borgne.", Outcome.GUARDED, "pute", "pute", "pute borgne"),
    ("La pute borgne.", Outcome.GUARD_HELD, "pute borgne", "pute borgne", ""),
    ("Quel taré ce maire.", Outcome.GUARD_ACCENTS, "tare", "taré", ""),
    (
        "le petit césar règne.",
        Outcome.GUARD_CAPITALS,
        "le petit César",
        "le petit césar",
        "",
    ),
    (
        "ni put3s ni soumises",
        Outcome.GUARD_DISGUISE,
        "Ni putes ni soumises",
        "ni put3s ni soumises",
        "",
    ),
    ("Ce mongol vit dans la steppe.", Outcome.CONTEXT, "mongol", "mongol", "steppe"),
    ("Il a chanté con brio.", Outcome.NOT_AIMED, "con", "con", ""),
    ("Il faut tuer le temps.", Outcome.NOT_AIMED, "tuer", "tuer", ""),
    ("Ça m'emmerde.", Outcome.NOT_AIMED, "emmerder", "emmerde", ""),
    ("M. Salaud a été élu.", Outcome.NAME, "salaud", "Salaud", ""),
    ("Le FDP allemand.", Outcome.NAME, "fils de pute", "FDP", ""),
    ("Le perroquet du zoo parle.", Outcome.LITERAL, "perroquet", "perroquet", ""),
    ("Hitler envahit la Pologne.", Outcome.ALONE, "Hitler", "Hitler", ""),
    ("Il m'a traité de connard.", Outcome.REPORTED, "connard", "connard", ""),
]


def explained(text: str) -> Explanation:
    return default_engine().explain(text)


@pytest.mark.parametrize(("text", "outcome", "term", "words", "by"), CONSIDERED)
def test_trace_says_what_became_of_a_term(
    text: str, outcome: Outcome, term: str, words: str, by: str
) -> None:
    notes = explained(text).notes
    assert (outcome, term, words, by) in [
        (note.outcome, note.term, note.text, note.by) for note in notes
    ]
    assert all(text[note.start : note.end] == note.text for note in notes)


def test_every_outcome_is_shown_and_said_in_both_languages() -> None:
    assert {outcome for _, outcome, *_ in CONSIDERED} == set(Outcome) == set(OUTCOMES)
    for said in OUTCOMES.values():
        assert set(said) == {"fr", "en"}
        assert all(said.values())


def test_notes_come_in_reading_order_and_once_each() -> None:
    notes = explained("Hitler, Staline et Hitler : con brio, con fuoco.").notes
    assert len(notes) >= 5
    assert [n.start for n in notes] == sorted(n.start for n in notes)
    assert len(set(notes)) == len(notes)


@pytest.mark.parametrize("text", ["Quel connard ce maire !!!!", "Bonjour.", ""])
def test_explaining_changes_nothing_and_counts_the_time(text: str) -> None:
    explanation = explained(text)
    assert explanation.screening == default_engine().screen(text)
    assert {"lexicon", "capitals", "language"} <= set(explanation.seconds)
    assert all(seconds >= 0 for seconds in explanation.seconds.values())


def test_folded_text_is_what_the_rules_read() -> None:
    assert explained("L’ÉTÉ, c\u200bœur").folded == "l'ete, coeur"
