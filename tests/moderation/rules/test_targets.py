"""Whom an insult hits, where the words around it tell."""

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Target

TARGETS = [
    ("Vous êtes un abruti.", Target.READER),
    ("Ferme ta gueule.", Target.READER),
    ("Espèce d'andouille, tu ne sais pas lire.", Target.READER),
    ("Macron est un idiot.", Target.PERSON),
    ("Quel abruti ce maire.", Target.PERSON),
    ("Ce petit Hitler de canton décide de tout.", Target.PERSON),
    ("Un nain poutinien nous gouverne.", Target.PERSON),
    ("Ce journaliste est un abruti.", Target.JOURNALIST),
    ("Quels abrutis, vos journalistes.", Target.JOURNALIST),
    ("Les merdias nous mentent.", Target.JOURNALIST),
    ("Tous des abrutis, ces automobilistes.", Target.GROUP),
    ("Ces abrutis klaxonnent la nuit.", Target.GROUP),
    ("Sale arabe.", Target.GROUP),
    ("On a vu un abruti passer.", Target.NOBODY),
]


@pytest.mark.parametrize(("text", "target"), TARGETS)
def test_target_of_the_first_match(text: str, target: Target) -> None:
    first = default_engine().screen(text).matches[0]
    assert first.target is target, first
