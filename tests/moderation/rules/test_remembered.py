"""Words are judged once, and forgotten before they fill the memory."""

import pytest

from moderation.rules import remembered
from moderation.rules.remembered import Remembered


def test_word_is_judged_once_until_too_many_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembered, "REMEMBERED", 2)
    asked: list[str] = []

    def is_long(word: str) -> bool:
        asked.append(word)
        return len(word) > 3

    long = Remembered(is_long)
    assert [*map(long.__getitem__, ["non", "jamais", "non"])] == [False, True, False]
    assert asked == ["non", "jamais"]
    assert long["toujours"]
    assert list(long) == ["toujours"]
    assert not long["non"]
    assert asked == ["non", "jamais", "toujours", "non"]
