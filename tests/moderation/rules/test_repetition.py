"""Texts that an author has posted before."""

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Match

EARLIER = (
    "Le maire a encore promis de réparer la route de la gare avant la fin de l’été, "
    "mais les habitants du quartier attendent toujours que les travaux commencent."
)

SAME = [
    EARLIER,
    EARLIER.upper().replace(".", ""),
    EARLIER.replace("é", "e").replace("’", "'"),
    EARLIER.replace(",", " !"),
    f"{EARLIER} Voilà.",
    f"Bonjour, {EARLIER}",
]

DIFFERENT = [
    "La médiathèque ouvre désormais le dimanche, et c’est une bonne nouvelle pour tous.",
    EARLIER[: len(EARLIER) // 2],
    f"{EARLIER} La mairie répond que les crédits manquent et que la région doit payer.",
    " ".join(sorted(EARLIER.split())),
    "Le maire a encore promis.",
]


def repeated(text: str, *earlier: str) -> list[Match]:
    matches = default_engine().screen(text, earlier=earlier).matches
    return [match for match in matches if match.rule == "repetition"]


@pytest.mark.parametrize("text", SAME)
def test_text_posted_again_is_found_whole(text: str) -> None:
    assert not repeated(text)
    (match,) = repeated(text, EARLIER)
    assert match.text == text


@pytest.mark.parametrize("text", DIFFERENT)
def test_different_text_is_left_alone(text: str) -> None:
    assert not repeated(text, EARLIER)


@pytest.mark.parametrize(
    ("text", "count"),
    [("Bravo, tout à fait !", 0), ("Bravo, tout à fait d’accord !", 1)],
)
def test_text_of_few_words_may_come_back(text: str, count: int) -> None:
    assert len(repeated(text, text)) == count


def test_nearest_of_several_earlier_texts_is_told() -> None:
    (match,) = repeated(EARLIER, DIFFERENT[0], EARLIER, f"{EARLIER} Voilà.")
    assert "100\u00a0%" in match.explanation["fr"]
    assert "100%" in match.explanation["en"]
