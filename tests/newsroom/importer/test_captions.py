"""A picture's line: what it shows and whose it is."""

import pytest

from newsroom.importer.captions import picture, split_credit

SPLIT = {
    "À Alep, le 18 septembre 2015. REUTERS/Abdalrhman Ismail": (
        "À Alep, le 18 septembre 2015.",
        "REUTERS/Abdalrhman Ismail",
    ),
    "Le four, le 6 février 2016. Photo d'illustration Rima Haddad": (
        "Le four, le 6 février 2016.",
        "Photo d'illustration Rima Haddad",
    ),
    "La corniche. AFP/Archives": ("La corniche.", "AFP/Archives"),
    "La corniche.\u00a0AFP": ("La corniche.", "AFP"),
    "La corniche AFP/Archives": ("La corniche", "AFP/Archives"),
    "La corniche. Photo AP": ("La corniche.", "Photo AP"),
    "La corniche. Photo ANI": ("La corniche.", "Photo ANI"),
    "La corniche. Photo Michel S.": ("La corniche.", "Photo Michel S."),
    "La corniche © Rima Haddad / Le Journal": (
        "La corniche",
        "© Rima Haddad / Le Journal",
    ),
    "La corniche (Photo Rima Haddad)": ("La corniche", "(Photo Rima Haddad)"),
    "« Ça va ! » REUTERS/Rima Haddad": ("« Ça va ! »", "REUTERS/Rima Haddad"),
    "La corniche. ANWAR AMRO/AFP": ("La corniche.", "ANWAR AMRO/AFP"),
    "La corniche. SANA/Handout via REUTERS": (
        "La corniche.",
        "SANA/Handout via REUTERS",
    ),
    "La corniche. D.R.": ("La corniche.", "D.R."),
    "Photo d'archives. AFP": ("Photo d'archives.", "AFP"),
    "Le port à l'aube. Rima Haddad": ("Le port à l'aube.", "Rima Haddad"),
    "Photo AFP": (None, "Photo AFP"),
    "AFP": (None, "AFP"),
    "La corniche.": ("La corniche.", None),
    "La corniche selon l'AFP": ("La corniche selon l'AFP", None),
    "Visite de M. Rima Haddad": ("Visite de M. Rima Haddad", None),
    "M. Haddad au port. Il y est né en 1950.": (
        "M. Haddad au port. Il y est né en 1950.",
        None,
    ),
    "Photo prise le 3 mai 2016 à Beyrouth": (
        "Photo prise le 3 mai 2016 à Beyrouth",
        None,
    ),
    "La ville. AFP a publié cette image de la ville hier.": (
        "La ville. AFP a publié cette image de la ville hier.",
        None,
    ),
}


@pytest.mark.parametrize(("line", "halves"), SPLIT.items())
def test_credit_is_told_from_the_caption(line, halves):
    assert split_credit(line) == halves


def test_caption_and_credit_on_lines_of_their_own():
    found = picture(["La corniche, le 3 mai 2016.", "Photo AFP"], src="/i.jpg")
    assert (found.caption, found.credit) == ("La corniche, le 3 mai 2016.", "Photo AFP")
    assert found.day.isoformat() == "2016-05-03"
    assert found.src == "/i.jpg"


def test_a_very_long_line_is_no_work():
    line = "Ici. " * 200_000
    assert split_credit(line + "AFP") == (line.strip(), "AFP")
