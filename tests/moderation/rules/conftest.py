"""What every rule's table of texts and spans needs."""

from collections.abc import Callable

import pytest

from moderation.engine import default_engine
from moderation.rules.match import Category, Match

Finder = Callable[[str, Category], list[Match]]


@pytest.fixture(scope="session")
def found() -> Finder:
    """Matches of one category that the shipped lexicon finds in a text."""

    def find(text: str, category: Category) -> list[Match]:
        matches = default_engine().screen(text).matches
        return [match for match in matches if match.category is category]

    return find
