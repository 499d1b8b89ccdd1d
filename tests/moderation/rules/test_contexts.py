"""Words that a text's subject makes honest, and the same words without it."""

import pytest

from moderation.engine import Engine, default_engine
from moderation.rules.lexicon import Entry, Kind
from moderation.rules.match import Category
from moderation.rules.trace import Outcome
from tests.moderation.rules.conftest import Finder

# Text, what tells its subject, the word excused
EXCUSED = [
    ("Ce mongol ne comprend rien{}.", " à la steppe", "mongol"),
    ("Quel gland{} !", ", tombé du plus vieux chêne", "gland"),
    ("Quel blaireau{} !", " ! Il creuse un terrier sous la haie", "blaireau"),
    ("Quel bâtard{} !", ", mi-griffon, mi-labrador", "bâtard"),
    ("Quelle andouille{} !", ", fumée chez le charcutier", "andouille"),
    ("Quel thon{} !", ", malgré les quotas de pêche", "thon"),
    ("Ce petit Hitler{} parle.", ", écolier à Linz,", "petit Hitler"),
    ("Il faut les abattre{}.", ", ces platanes malades", "faut les abattre"),
]


@pytest.mark.parametrize(("text", "subject", "word"), EXCUSED)
def test_subject_of_the_text_excuses_its_word(
    text: str, subject: str, word: str
) -> None:
    engine = default_engine()
    assert word in [m.text for m in engine.screen(text.format("")).matches]
    explained = engine.explain(text.format(subject))
    assert not explained.screening.matches
    assert Outcome.CONTEXT in {note.outcome for note in explained.notes}


@pytest.mark.parametrize(
    "text",
    [
        "Ce mongol vit dans la steppe.",
        "Dans la steppe vit ce mongol.",
        "Parlons de la steppe. Il y fait froid. Ce mongol le sait.",
        "Ce mongol le sait.\n\nLA STEPPE est froide.",
    ],
)
def test_subject_may_stand_anywhere(found: Finder, text: str) -> None:
    assert not found(text, Category.INSULT)
    assert found(
        text.replace("steppe", "ville").replace("STEPPE", "VILLE"), Category.INSULT
    )


def test_context_excuses_no_other_word(found: Finder) -> None:
    (match,) = found("Ce mongol de la steppe est un connard.", Category.INSULT)
    assert match.text == "connard"


def test_an_editor_s_context_excuses_the_editor_s_word() -> None:
    insult = Entry("zigomarfe", note="mot de la rédaction")
    context = Entry("zigomarfe", kind=Kind.CONTEXT, forms=("fromage", "Étable"))
    without, engine = Engine([insult]), Engine([insult, context])
    for text in ("Quel zigomarfe, ce fromage !", "Un zigomarfe sort de l'etable."):
        assert [m.text for m in without.screen(text).matches] == ["zigomarfe"]
        assert not engine.screen(text).matches
        (note,) = engine.explain(text).notes
        assert (note.outcome, note.term) == (Outcome.CONTEXT, "zigomarfe")
        assert note.by in {"fromage", "etable"}
    assert engine.screen("Quel zigomarfe, ce maire !").matches
