"""Chooses the action from what the rules found. No Django, no database."""

from collections.abc import Iterable
from enum import StrEnum

from moderation.rules.match import Category, Match, Severity


class Action(StrEnum):
    """What happens to a comment. The rules never hide: only a moderator does."""

    PUBLISH = "publish"
    HOLD = "hold"
    HIDE = "hide"


_WORDS = frozenset({Category.INSULT, Category.EPITHET})


def action_for(matches: Iterable[Match]) -> Action:
    """Hold a comment for any match, unless all are mere hints.

    A hint is an insult or epithet of low severity: a mild word (« mollasson ») or one
    that is quoted rather than used. It is shown to moderators, but does not make the
    comment wait. Shouting and repeated punctuation are low too, yet beyond doubt:
    they hold, since in the default mode every flagged comment waits.
    """
    if all(m.category in _WORDS and m.severity is Severity.LOW for m in matches):
        return Action.PUBLISH
    return Action.HOLD
