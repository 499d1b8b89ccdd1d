import pytest

from articles.ranks import Wish, in_wished_order


def order(*wishes: tuple[str, int | None, int | None]) -> str:
    return "".join(in_wished_order([Wish(*wish) for wish in wishes]))


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ([("a", 1, 1), ("b", 2, 2), ("c", 3, 3)], "abc"),
        ([("a", 1, 2), ("b", 2, 1), ("c", 3, 3)], "bac"),  # swap
        ([("a", 1, 3), ("b", 2, 2), ("c", 3, 3)], "bca"),  # down
        ([("a", 1, 1), ("b", 2, 2), ("c", 3, 1)], "cab"),  # up
        ([("a", 1, 1), ("b", 2, 2), ("n", None, 2)], "anb"),  # insertion
        ([("a", 1, 1), ("n", None, 1), ("m", None, 1)], "nma"),
        ([("a", 1, 1), ("n", None, None), ("b", 2, 2)], "abn"),  # at the end
        ([("a", 1, None), ("b", 2, 2)], "ba"),
        ([("a", 1, 99), ("b", 2, 2), ("n", None, 99)], "ban"),
        ([("a", 10, 10), ("b", 20, 20), ("n", None, 15)], "anb"),  # with gaps
        ([("a", 1, 2), ("b", 2, 3), ("c", 3, 1)], "cab"),  # rotation
        ([], ""),
    ],
)
def test_order_is_what_the_screen_asks_for(
    wishes: list[tuple[str, int | None, int | None]], expected: str
) -> None:
    assert order(*wishes) == expected
