"""Languages that the newspaper does not accept."""

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Category
from tests.moderation.rules.conftest import Finder

FOREIGN = [
    ("es", "Los vecinos dicen que el alcalde no hace nada por la ciudad."),
    ("de", "Der Bürgermeister ist nicht da und die Leute warten auf eine Antwort."),
    ("it", "Il sindaco non ha fatto niente per la città e gli abitanti lo sanno."),
    ("pt", "O prefeito não fez nada para a cidade e os moradores estão com raiva."),
    ("nl", "De burgemeester heeft niet veel voor de stad gedaan en het is een ramp."),
    ("tr", "Belediye başkanı bu şehir için çok şey yapmadı ve bir daha gelmeyecek."),
    ("ru", "Мэр города снова ничего не сделал для своих жителей, и это плохо."),
    ("he", "ראש העיר לא עשה שום דבר למען התושבים השנה הזאת"),
    ("el", "Ο δήμαρχος δεν έκανε τίποτα για την πόλη και τους κατοίκους της."),
    ("hy", "Քաղաքապետը ոչինչ չի արել քաղաքի և նրա բնակիչների համար այս տարի"),
    ("hi", "महापौर ने इस साल शहर के लोगों के लिए कुछ नहीं किया"),
    ("ko", "시장은 주민들을 위해 아무것도 하지 않았고 그것은 정말 매우 나쁜 일입니다"),
    ("zh", "市长 没有 为 居民 做 任何 事情 这 很 糟糕"),
]

ACCEPTED = [
    "Le maire n'a rien fait pour la ville et ses habitants cette année.",
    "The mayor did nothing for the city and its people this year, what a shame.",
    "لم يفعل رئيس البلدية شيئا من أجل المدينة وسكانها هذا العام",
    # Letters of Arabic, and of the other dialects, in Latin letters
    "Kifak ya zalame, shu 3am ta3mel bel balad hal2 w lesh ma bte7ke",
    "wesh kho rani nhar kamel nestenna w walou ma kan walou",
    "3labali beli had chi machi normal w koulchi rah ghali bezaf lyoum",
    # Mixed with French
    "« Se non è vero, è ben trovato », comme on dit en Italie, et ce n'est pas faux.",
    "Le maire a répondu « no pasarán » et tout le monde a ri dans la salle.",
    "Мэр n'a rien dit, et les journalistes russes sont partis avec lui.",
    # Words that French shares with others
    "« Casse-toi, pauvre con ! », avait dit le président.",
    "bla bla bla bla bla bla bla bla bla",
    "Pedro Sánchez, Alberto Núñez Feijóo, Santiago Abascal, Carles Puigdemont",
]


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_foreign_text_is_found_whole(found: Finder, language: str, text: str) -> None:
    (match,) = found(text, Category.LANGUAGE)
    assert (match.text, match.term) == (text, language)
    assert f"({language})" in match.explanation["fr"]
    assert default_engine().screen(text).languages[0] == language


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted_and_mixed_languages_are_left_alone(found: Finder, text: str) -> None:
    assert not found(text, Category.LANGUAGE)


@pytest.mark.parametrize(("language", "text"), FOREIGN[:10])
def test_eight_words_tell_and_seven_do_not(
    found: Finder, language: str, text: str
) -> None:
    words = text.split()
    assert not found(" ".join(words[:7]), Category.LANGUAGE)
    (match,) = found(" ".join(words * 2), Category.LANGUAGE)
    assert match.term == language
