"""Insults written so as not to be read by rules, and innocent words so written."""

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Category, Match
from tests.moderation.rules.conftest import Finder

# How it is disguised, as written, the term meant
DISGUISED = [
    # Verlan and backwards
    ("reversed", "drannoc", "connard"),
    ("reversed", "culéen", "enculé"),
    ("", "tarba", "tarba"),
    ("", "lopesa", "lopesa"),
    ("", "teupu", "teupu"),
    # In haste
    ("swapped", "conanrd", "connard"),
    ("swapped", "enfioré", "enfoiré"),
    ("swapped", "saolpe", "salope"),
    # By sound
    ("respelled", "konard", "connard"),
    ("respelled", "salaupard", "salopard"),
    ("respelled", "çalope", "salope"),
    ("respelled", "ankulé", "enculé"),
    # Without vowels
    ("", "cnnrd", "connard"),
    ("", "slp", "salope"),
    # Turned letters
    ("turned", "pɹɐuuoɔ", "connard"),
    ("turned", "ǝdolɐs", "salope"),
    # A capital I for l
    ("leet", "saIopard", "salopard"),
    ("leet", "saIope", "salope"),
    # Cut by tags that readers do not see
    ("", "con<b>nard", "connard"),
    ("", "c<i>o</i>nnard", "connard"),
    ("", "sal<span class=x>ope", "salope"),
    # Cut at the end of a line
    ("separated", "con-\nnard", "connard"),
    ("separated", "con-\r\nnard", "connard"),
    ("separated", "con\nnard", "connard"),
    ("separated", "enfoi-\nré", "enfoiré"),
]

INNOCENT = [
    # Verlan and backwards
    "ouf, relou, zarbi, chelou",
    "narcotique, nardin et Narcisse",
    "Le nard est une plante.",
    "dranreb et niatsab, Bernard et Bastian à l'envers",
    "L'élu est tuté, puis tuyauté.",
    # In haste
    "Conrad a écrit Lord Jim ; Conrad était marin.",
    "Le connétable et le connaisseur.",
    "Un hmome, une femem et un enfnat.",
    # By sound
    "La salade, le salon et le salopin.",
    "L'ankylose du genou.",
    "Un canard laqué, un konjac et un koala.",
    # Without vowels: acronyms
    "Le CNRD récompense les lycéens.",
    "La CGT, le LGV et le SLTC.",
    "Le PTT et la BNP.",
    # Turned letters
    "Le ɔ ouvert et le ə du français.",
    "Un ɐccent étrange.",
    # A capital I
    "Le pIan est bon, saIut.",
    "McIntosh et l'AIEA.",
    # Tags
    "Un <b>concert</b> à <i>Lyon</i>.",
    "dis<b>pute</b>, dé<i>pute</i>",
    "x < y et y > z",
    # At the end of a line
    "Un con-\ncert à Lyon.",
    "Le con-\ntrat est signé.",
    "Les sal-\nopettes sont bleues.",
    "Une dis-\npute éclate.",
    "Le poi-\nvron et la cour-\ngette.",
]


def insults(text: str) -> list[Match]:
    matches = default_engine().screen(text).matches
    return [match for match in matches if match.category is Category.INSULT]


@pytest.mark.parametrize(("variant", "word", "term"), DISGUISED)
def test_disguised_insult_is_read_and_its_disguise_told(
    variant: str, word: str, term: str
) -> None:
    text = f"Encore ce {word} qui parle."
    (match,) = (m for m in insults(text) if m.term == term)
    assert (match.text, match.variant) == (word, variant)


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_text_so_written_is_left_alone(found: Finder, text: str) -> None:
    assert not found(text, Category.INSULT)
    assert not found(text, Category.EPITHET)


def test_disguise_is_explained() -> None:
    (match,) = insults("Quel drannoc !")
    assert "à l’envers ou en verlan" in match.explanation["fr"]
    assert "backwards" in match.explanation["en"]
    (plain,) = insults("Quel connard !")
    assert "envers" not in plain.explanation["fr"]
