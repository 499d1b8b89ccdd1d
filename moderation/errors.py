"""What the moderation services refuse; the edge translates these into HTTP 409, 400."""

from typing import TYPE_CHECKING

from comments.errors import CommentRefused

if TYPE_CHECKING:
    from moderation.models import Decision


class AlreadyDecided(Exception):
    """Someone decided on the comment since the moderator loaded it.

    ``latest`` is that decision, or None if only the text changed.
    """

    def __init__(self, message: str, latest: "Decision | None" = None) -> None:
        super().__init__(message)
        self.latest = latest


class InvalidDecision(Exception):
    """A decision that lacks its reason or note; the message is for the moderator.

    ``field`` names what is missing, "reason" or "note"; empty if it is neither.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class InvalidSanction(InvalidDecision):
    """A sanction that may not be imposed or lifted so; ``field`` names what is wrong."""


class PostingSuspended(CommentRefused):
    """The author may not post for a while; the message says why and until when."""


class InvalidReport(Exception):
    """A report that lacks something; ``errors`` is {field: message for the reader}."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class NothingToReport(Exception):
    """The comment was withdrawn before the report came in."""


class ReportedTooOften(Exception):
    """Too many reports from one account, network or address; ``wait`` is in seconds."""

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.wait = wait


class SelectionGrew(InvalidDecision):
    """More comments meet the filters than the moderator agreed to decide on.

    ``count`` is how many do now.
    """

    def __init__(self, message: str, count: int) -> None:
        super().__init__(message, field="at_most")
        self.count = count


class InvalidAppeal(Exception):
    """An argument that cannot be stored; the message is for the author."""


class NothingToContest(Exception):
    """The hiding no longer holds, or may be contested no more."""


class AlreadyAnswered(AlreadyDecided):
    """The appeal was closed since the moderator loaded it."""


class OwnDecision(InvalidDecision):
    """Who hid a comment may not answer its author's appeal."""
