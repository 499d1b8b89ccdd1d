"""Chooses the action from what the rules found. No Django, no database."""

from collections.abc import Iterable
from enum import StrEnum

from moderation.rules.match import Category, Match, Severity


class Action(StrEnum):
    """What happens to a comment. The rules never hide: only a moderator does."""

    PUBLISH = "publish"
    HOLD = "hold"
    HIDE = "hide"


_HINTS = frozenset({Category.INSULT, Category.EPITHET, Category.THREAT, Category.LINK})


def action_for(matches: Iterable[Match], *, incomplete: bool = False) -> Action:
    """Hold a comment for any match, unless all are mere hints, or if a rule gave up.

    A hint is an insult, epithet, threat or link of low severity: a mild word
    (« mollasson »), one that is quoted rather than used, a threat told rather than made.
    It is shown to moderators, but does not make the comment wait. Shouting and repeated
    punctuation are low too, yet beyond doubt: they hold, since in the default mode
    every flagged comment waits. ``incomplete`` says that not all of the text was
    examined (TRUST F14).
    """
    if incomplete:
        return Action.HOLD
    if any(asks_to_wait(m.category, m.severity) for m in matches):
        return Action.HOLD
    return Action.PUBLISH


def asks_to_wait(category: str, severity: str) -> bool:
    """Whether one match makes its comment wait: all do, but mere hints."""
    return category not in _HINTS or severity != Severity.LOW
