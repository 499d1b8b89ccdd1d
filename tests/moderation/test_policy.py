"""Which action the matches call for."""

import pytest

from moderation.policy import Action, action_for
from moderation.rules.match import Category, Match, Severity


def match(category: Category, severity: Severity) -> Match:
    return Match("rule", 1, category, severity, 0, 1, "x", {"fr": "x", "en": "x"})


@pytest.mark.parametrize(
    ("matches", "action"),
    [
        ([], Action.PUBLISH),
        ([match(Category.INSULT, Severity.LOW)], Action.PUBLISH),
        ([match(Category.EPITHET, Severity.LOW)] * 2, Action.PUBLISH),
        ([match(Category.PUNCTUATION, Severity.LOW)], Action.HOLD),
        ([match(Category.SHOUTING, Severity.LOW)], Action.HOLD),
        ([match(Category.INSULT, Severity.MEDIUM)], Action.HOLD),
        ([match(Category.EPITHET, Severity.HIGH)], Action.HOLD),
    ],
)
def test_only_hints_do_not_wait(matches: list[Match], action: Action) -> None:
    assert action_for(matches) == action
