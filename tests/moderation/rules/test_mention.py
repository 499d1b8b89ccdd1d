"""Insults that are quoted or reported, and insults in quotation marks all the same."""

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Category
from moderation.rules.trace import Outcome
from tests.moderation.rules.conftest import Finder

MENTIONED = [
    "Sartre appelle salauds ceux qui se croient nécessaires.",
    "D'après le Robert, « connard » vient du nom.",
    # A word before the quotation reports it
    "Le mot « connard » est dans le dictionnaire.",
    "Il a répondu : « Ferme ta gueule, abruti. »",
    "On l'a appelé « abruti » pendant des années.",
    "La chanson « Connard » passe à la radio.",
    # A word after it does
    "« Connard » signifie idiot.",
    "« Pauvre con », a-t-il répondu.",
    "« Casse-toi, pauvre con ! », avait dit le président.",
    # Called this and that
    "Il m'a traité de connard et de salaud.",
    "Elle l'a traitée de pute et de salope devant tous.",
    "Il l'avait insulté de salaud.",
    "Qualifié d'imbécile, il a porté plainte.",
    # Said by others
    "Il a écrit que ce maire est un abruti.",
    "Elle a dit que le ministre était un connard.",
    # Taken for
    "Ne nous prenez pas pour des abrutis.",
    "Il nous prend pour des débiles.",
    "On passe pour des cons à Bruxelles.",
    # Titles
    "« L'Imbécile de Paris » a paru hier.",
    "« Le Salaud lumineux » est un roman.",
]

USED = [
    ("Moi j'appelle salauds ceux qui partent.", "salauds"),
    ("Ce matin, « ce connard » a menti.", "connard"),
    ("Ce maire est un « connard ».", "connard"),
    ("Comme on dit, ce « abruti » a encore parlé.", "abruti"),
    ("Quel « abruti » ce maire.", "abruti"),
    ("Sale « connard » !", "Sale « connard"),
    ("Bande d'« abrutis » !", "Bande d'« abrutis"),
    ("Les 'abrutis' du conseil municipal.", "abrutis"),
    ("Il a parlé. « Connard ! »", "Connard"),
    ("Je te traite de connard.", "connard"),
    ("Je répète que tu es un connard.", "connard"),
    ("Je dis que ce maire est un connard.", "connard"),
    ("On peut dire que ce maire est un connard.", "connard"),
    ("Tu es un connard, voilà le mot.", "connard"),
    ("J'ai lu l'article : quel connard ce maire.", "connard"),
    ("Le film est nul et l'acteur est un connard.", "connard"),
    ("Il dit la vérité, espèce d'abruti.", "espèce d'abruti"),
    ("Le maire a dit non, quel abruti.", "abruti"),
]


@pytest.mark.parametrize("text", MENTIONED)
def test_mention_is_let_go_and_the_trace_says_why(text: str) -> None:
    explained = default_engine().explain(text)
    assert not explained.screening.matches
    assert Outcome.REPORTED in {note.outcome for note in explained.notes}


@pytest.mark.parametrize(("text", "insult"), USED)
def test_use_is_found_whatever_stands_around_it(
    found: Finder, text: str, insult: str
) -> None:
    assert insult in [m.text for m in found(text, Category.INSULT)]
