"""Shouting by capitals: whole texts, runs, spaced and alternating letters."""

import pytest

from moderation.rules.match import Category, Severity
from tests.moderation.rules.conftest import Finder

SHOUTED = [
    ("RÉFÉRENDUM MAINTENANT", ["RÉFÉRENDUM MAINTENANT"]),
    ("RENDEZ-NOUS NOS TRAINS ET NOS GARES", ["RENDEZ-NOUS NOS TRAINS ET NOS GARES"]),
    ("PERSONNE NE NOUS ÉCOUTE ICI !", ["PERSONNE NE NOUS ÉCOUTE ICI !"]),
    ("  TOUS POURRIS  ", ["TOUS POURRIS"]),
    ("Il n'a plus le choix IL EST AUX ABOIS", ["IL EST AUX ABOIS"]),
    ("Je le dis : C'EST UNE HONTE, vraiment.", ["C'EST UNE HONTE"]),
    (
        "ON NOUS MENT TOUS depuis un an, RENDEZ L'ARGENT DU PEUPLE maintenant.",
        ["ON NOUS MENT TOUS", "RENDEZ L'ARGENT DU PEUPLE"],
    ),
    ("LA SNCF EST EN RETARD DEPUIS 2015", ["LA SNCF EST EN RETARD DEPUIS 2015"]),
    ("O N S E F I C H E D E N O U S", ["O N S E F I C H E D E N O U S"]),
    ("Bravo, C.E.S.T.F.I.N.I alors", ["C.E.S.T.F.I.N.I"]),
    ("C'est CoMiQuE, vraiment.", ["CoMiQuE"]),
    ("DÉMISSION ! DÉMISSION !", ["DÉMISSION ! DÉMISSION !"]),
    ("Le stade était VIDE, COMPLÈTEMENT VIDE, hier.", ["VIDE, COMPLÈTEMENT VIDE"]),
    ("GRÈVE GÉNÉRALE !", ["GRÈVE GÉNÉRALE !"]),
]

CALM = [
    "Trois avis : ADEME, SGAE. DREAL, CGDD et CESER ont répondu.",
    "La CGT et la CFDT ont quitté la table à l'ONU.",
    "SNCF, RATP, EDF, CGT : même combat.",
    "Le SAMU du CHRU de Lille est saturé.",
    "La FINUL et l'OSDH comptent les morts.",
    "Le TGV INOUI 6607 a du retard.",
    "Louis XVI, Napoléon III et Louis XVIII ont régné.",
    "Un Airbus A320 et un Boeing 737 MAX.",
    "Antoine-Serge KARAMAOUN et Jean FAKHOURI ont répondu.",
    "FAKHOURI",
    "JEAN DUPONT",
    "J. R. R. Tolkien et C. S. Lewis",
    "A B C D E F G",
    "OUI",
    "NON !",
    "C'est une HONTE.",
    "iPhone, YouTube, McDonald's et LaTeX",
    "السلام عليكم يا اصدقاء",
    "日本語の文章です。とても静かです。",
    "",
]


@pytest.mark.parametrize(("text", "spans"), SHOUTED)
def test_shouting_is_found_whole(found: Finder, text: str, spans: list[str]) -> None:
    matches = found(text, Category.SHOUTING)
    assert [m.text for m in matches if m.rule == "capitals"] == spans


@pytest.mark.parametrize("text", CALM)
def test_names_acronyms_and_numerals_do_not_shout(found: Finder, text: str) -> None:
    assert not found(text, Category.SHOUTING)


def test_whole_text_weighs_more_than_a_run(found: Finder) -> None:
    (whole,) = found("ON NOUS MENT DEPUIS DES ANNÉES", Category.SHOUTING)
    (run,) = found("Ici, ON NOUS MENT DEPUIS DES ANNÉES", Category.SHOUTING)
    assert (whole.severity, whole.term) == (Severity.MEDIUM, "whole")
    assert (run.severity, run.term) == (Severity.LOW, "run")
