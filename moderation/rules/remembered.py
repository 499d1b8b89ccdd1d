"""What was found out about a word, kept for the next text that holds it."""

from collections.abc import Callable

REMEMBERED = 50_000  # words


class Remembered(dict[str, bool]):
    """Whether ``judge`` holds of a word, asked once for each: most of a text's words are
    in the next one as well. ``map(remembered.__getitem__, words)`` is then quick.
    """

    def __init__(self, judge: Callable[[str], bool]) -> None:
        self._judge = judge

    def __missing__(self, word: str) -> bool:
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = judged = self._judge(word)
        return judged
