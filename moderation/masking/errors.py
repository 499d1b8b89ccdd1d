"""What the services of this package refuse, beside what decisions do."""

from moderation.errors import AlreadyDecided, InvalidDecision


class InvalidMasks(InvalidDecision):
    """Spans that cannot be masked; the message is for the moderator."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="spans")


class AlreadyMasked(AlreadyDecided):
    """Someone masked these spans, or lifted the masking, in the meantime."""
