"""Verbs that insult their object, and their harmless uses."""

import pytest

from moderation.rules.match import Category
from tests.moderation.rules.conftest import Finder

THROWN = [
    ("Je vous emmerde.", "Je vous emmerde"),
    ("Je t'emmerde.", "Je t'emmerde"),
    ("Je les emmerde.", "Je les emmerde"),
    ("On vous emmerde tous.", "On vous emmerde"),
    ("J'emmerde le maire.", "J'emmerde"),
    ("Je vous conchie.", "Je vous conchie"),
    ("Je te maudis.", "Je te maudis"),
    ("Je vous chie dessus.", "Je vous chie dessus"),
    ("Je vais te niquer.", "Je vais te niquer"),
    ("Nique ta mère.", "Nique ta mère"),
    ("Emmerde ta voisine.", "Emmerde"),
    ("Allez vous faire foutre.", "Allez vous faire foutre"),
    ("Allez tous vous faire enculer.", "Allez tous vous faire enculer"),
    ("Allez donc vous faire foutre !", "Allez donc vous faire foutre"),
    ("Va te faire voir.", "Va te faire voir"),
    ("Va te faire niquer.", "Va te faire niquer"),
    ("Qu'ils aillent se faire foutre.", "aillent se faire foutre"),
]

HARMLESS = [
    "Ça m'emmerde.",
    "On s'emmerde.",
    "Il m'emmerde, ce dossier.",
    "Cette histoire nous emmerde depuis un an.",
    "Je ne veux pas vous emmerder avec ça.",
    "Il a dit vouloir emmerder les non-vaccinés.",
    "Il s'est fait baiser par sa banque.",
    "On s'est fait niquer par les impôts.",
    "Je me suis fait niquer.",
    "Ils se sont fait avoir.",
    "Allez vous faire vacciner.",
    "Je vais me faire opérer.",
    "Elle lui a donné un baiser.",
    "Il est foutu, ce moteur.",
    "Il faut la mettre à jour.",
    "Il maudit le ciel.",
]


@pytest.mark.parametrize(("text", "insult"), THROWN)
def test_verb_thrown_at_someone_is_found(found: Finder, text: str, insult: str) -> None:
    assert insult in [m.text for m in found(text, Category.INSULT)]


@pytest.mark.parametrize("text", HARMLESS)
def test_verb_that_insults_nobody_is_left_alone(found: Finder, text: str) -> None:
    assert not found(text, Category.INSULT)
