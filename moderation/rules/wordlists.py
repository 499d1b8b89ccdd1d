"""Writes a set of words as the line of text it is easiest to read and extend."""


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, which spaces separate."""
    return frozenset(text.split())
