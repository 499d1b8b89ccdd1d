"""Threats and calls to violence; war, history and play left alone."""

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Category, Severity, Target
from moderation.rules.trace import Outcome
from tests.moderation.rules.conftest import Finder

MADE = [  # to whoever reads
    ("Je vais te tuer.", "Je vais te tuer"),
    ("Attends, on va vous buter.", "on va vous buter"),
    ("Je vais t'égorger.", "Je vais t'égorger"),
    ("Je te tuerai.", "Je te tuerai"),
    ("Je vous buterai tous.", "Je vous buterai"),
    ("Je vais te casser la gueule.", "Je vais te casser la gueule"),
    ("Je sais où tu habites.", "Je sais où tu habites"),
    ("Tu vas crever.", "Tu vas crever"),
    ("On te retrouvera.", "On te retrouvera"),
]

CALLED_FOR = [
    ("Il faut les pendre.", "faut les pendre"),
    ("Il faudrait tous les fusiller.", "faudrait tous les fusiller"),
    ("On devrait les lapider.", "devrait les lapider"),
    ("Il y a qu'à les gazer.", "qu'à les gazer"),
    ("Qu'on le pende !", "Qu'on le pende"),
    ("Ils méritent de mourir.", "méritent de mourir"),
    ("Une balle dans la tête et c'est réglé.", "Une balle dans la tête"),
    ("Au poteau d'exécution !", "Au poteau d'exécution"),
    ("Mort aux journalistes.", "Mort aux journalistes"),
    # Ordered
    ("Pendez-les !", "Pendez-les"),
    ("Tuons-les tous.", "Tuons-les"),
    ("Fusillez-les.", "Fusillez-les"),
]

TOLD = [
    # War and crime
    "Les rebelles ont tué douze soldats à Alep.",
    "L'armée a abattu un avion russe.",
    "Daech veut égorger ses otages.",
    "Ils les ont fusillés au matin.",
    "Il a tué sa femme, dit le procureur.",
    "Le tueur va être jugé et risque la prison à vie.",
    # History
    "Louis XVI a été guillotiné en 1793.",
    "Hitler a voulu exterminer les Juifs d'Europe.",
    "Les révolutionnaires voulaient les guillotiner.",
    # Figures of speech, sport, things
    "Il faut tuer le temps.",
    "Le film m'a tué.",
    "Ce régime va tuer les classes moyennes.",
    "Nous allons éliminer l'OM en demi-finale.",
    "Le PSG va se faire éliminer.",
    "Il faut éliminer la TVA sur les livres.",
    "Il faut éradiquer la variole.",
    "On va abattre ces arbres.",
    "Il faut les abattre, ces platanes malades.",
    "La police doit les protéger.",
]

QUOTED = [
    "Il a crié : « je vais te tuer ».",
    "Un homme lui a écrit « on va te buter » avant de fuir.",
    "Il a reçu un message disant « je sais où tu habites ».",
    "Le slogan « mort aux Juifs » a été tagué sur le mur.",
    "Le mot « fusillez-les » a été entendu.",
    "On nous a hurlé « à mort les traîtres ».",
]


@pytest.mark.parametrize(("text", "threat"), MADE)
def test_threat_made_to_someone_is_grave(found: Finder, text: str, threat: str) -> None:
    (match,) = found(text, Category.THREAT)
    assert (match.text, match.severity) == (threat, Severity.HIGH)


@pytest.mark.parametrize(("text", "call"), CALLED_FOR)
def test_call_to_violence_is_found(found: Finder, text: str, call: str) -> None:
    matches = found(text, Category.THREAT)
    assert {(m.text, m.severity) for m in matches} == {(call, Severity.MEDIUM)}


def test_threat_about_someone_else_is_only_a_hint(found: Finder) -> None:
    (match,) = found("Je vais le tuer.", Category.THREAT)
    assert (match.severity, match.target) == (Severity.LOW, Target.PERSON)
    (match,) = found("Je vais te tuer.", Category.THREAT)
    assert (match.severity, match.target) == (Severity.HIGH, Target.READER)


@pytest.mark.parametrize("text", TOLD)
def test_violence_that_is_told_is_left_alone(found: Finder, text: str) -> None:
    assert not found(text, Category.THREAT)


@pytest.mark.parametrize("text", QUOTED)
def test_quoted_threat_is_let_go_and_the_trace_says_why(text: str) -> None:
    explained = default_engine().explain(text)
    assert not explained.screening.matches
    assert Outcome.REPORTED in {note.outcome for note in explained.notes}
