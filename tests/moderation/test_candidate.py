"""What a term on trial changes in a text, and that its quick test loses none."""

import string
from functools import cache

import pytest

from moderation.candidate import Candidate, allowed_around, could_hold
from moderation.rules.document import Document
from moderation.rules.index import LexiconIndex
from moderation.rules.inflection import forms_of
from moderation.rules.lexicon import Entry, Kind, Tier, shipped_entries
from moderation.rules.respelling import respellings

LEET = {"o": "0", "i": "1", "e": "3", "a": "@", "s": "$", "t": "7", "l": "|"}


@cache
def whole_lexicon():
    return LexiconIndex(shipped_entries())


def words(matches):
    return [match.text for match in matches]


def test_a_new_term_is_told_from_the_others():
    others = [Entry("abruti")]
    candidate = Candidate(Entry("zouave"), others)
    both = candidate.effect("Quel zouave, cet abruti.")
    assert (words(both.raised), words(both.dropped), both.alone) == (
        ["zouave"],
        [],
        False,
    )
    assert candidate.effect("Deux zouaves.").alone
    assert not candidate.effect("Quel abruti.").raised


def test_a_term_in_the_place_of_another():
    former = Entry("zouave")
    narrower = Entry("zouave", kind=Kind.LABEL, tier=Tier.AIMED)
    candidate = Candidate(narrower, [former], replacing=former)
    aimed = candidate.effect("Espèce de zouave !")
    assert words(aimed.raised) == ["Espèce de zouave"]
    told = candidate.effect("Le zouave du pont de l’Alma.")
    assert (words(told.raised), words(told.dropped)) == ([], ["zouave"])
    assert [str(note.outcome) for note in told.notes] == ["not_aimed"]


def test_an_allowed_phrase_drops_what_it_covers():
    lexicon = [Entry("zouave")]
    candidate = Candidate(Entry("zouave du pont", kind=Kind.GUARD), lexicon)
    covered = candidate.effect("Le zouave du pont de l’Alma.")
    assert (words(covered.raised), words(covered.dropped)) == ([], ["zouave"])
    assert not candidate.effect("Un zouave.").dropped


def test_a_term_says_which_phrase_prevented_it():
    guard = Entry("zouave du pont", kind=Kind.GUARD)
    candidate = Candidate(Entry("zouave"), [guard, Entry("pont-neuf", kind=Kind.GUARD)])
    effect = candidate.effect("Le zouave du pont de l’Alma.")
    assert not effect.raised
    assert [note.by for note in effect.notes] == ["zouave du pont"]
    assert allowed_around(Entry("zouave"), [guard, Entry("pont", kind=Kind.GUARD)]) == [
        "zouave du pont"
    ]


def test_a_helper_raises_matches_with_others():
    lexicon = [Entry("Néron", kind=Kind.NAME)]
    candidate = Candidate(Entry("apprenti", kind=Kind.BELITTLER), lexicon)
    assert words(candidate.effect("Cet apprenti Néron.").raised) == ["apprenti Néron"]
    tail = Candidate(
        Entry("tartine", kind=Kind.COMPOUND_TAIL),
        [Entry("écolo", kind=Kind.COMPOUND_HEAD)],
    )
    assert words(tail.effect("Une écolotartine !").raised) == ["écolotartine"]


def test_an_acronym_stops_a_shout():
    candidate = Candidate(Entry("ASSEZ", kind=Kind.ACRONYM), [])
    effect = candidate.effect("ASSEZ ASSEZ ASSEZ")
    assert (words(effect.raised), len(effect.dropped)) == ([], 1)


def disguises(word):
    yield word
    for sign in (*string.punctuation, "😀", "…", "\u200b", "·", "–"):
        yield word[0] + sign + word[2:]
        yield word[:2] + sign + word[2:]
        yield sign.join(word)
        yield word + sign
    for letter, sign in LEET.items():
        yield word.replace(letter, sign)
    for letter in set(word):
        yield word.replace(letter, letter * 3)
        yield word.replace(letter, f"{letter}-{letter}")
    yield word.replace("nn", "n").replace("tt", "t").replace("ss", "s")
    yield word.replace("ck", "k").replace("c", "k")
    yield word.replace("c", "ck")
    yield from (spelling for spelling, _ in respellings(word, strong=True))
    yield word.replace("l", "I")
    if len(word) > 4:
        yield from (f"{word[:3]}-\n{word[3:]}", f"{word[:2]}<b>{word[2:]}</b>")
    yield from (" ".join(word), word.upper(), f"{word}·e·s", f"{word}-e-s")
    yield word.replace("a", "а").replace("o", "ο")  # look-alikes


@pytest.mark.parametrize("kind", sorted({str(e.kind) for e in shipped_entries()}))
def test_the_quick_test_passes_every_text_that_holds_the_term(kind):
    """Whatever the whole lexicon reads as a term, however disguised."""
    index = whole_lexicon()
    mine = [e for e in shipped_entries() if e.kind == kind]
    found = 0
    for entry in mine[:: max(1, len(mine) // 6)]:
        passes = could_hold([entry])
        for form in sorted(forms_of(entry))[:2]:
            for disguised in disguises(form):
                text = f"Toi, ({disguised}) va."
                document = Document(text, "fr", index)
                if any(hit.entry == entry for hit in document.hits):
                    found += 1
                    assert passes(text), text
    never_hit = {Kind.ORDINARY, Kind.ACRONYM, Kind.COMPOUND_HEAD, Kind.COMPOUND_TAIL}
    assert found > 5 or Kind(kind) in never_hit | {Kind.GUARD, Kind.CONTEXT}


def test_the_quick_test_fails_what_cannot_hold_the_term():
    passes = could_hold([Entry("zouave")])
    assert passes("Quel z0u@v€ !")
    assert not passes("Un avis mesuré sur la question, peut-être.")
    assert not could_hold([Entry("con")])("Le second conseil économique.")
