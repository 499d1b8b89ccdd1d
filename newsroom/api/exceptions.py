"""The one place where refusals become HTTP. Every error answer has one shape:
`{"type", "errors": [{"code", "detail", "attr"}]}` (drf-standardized-errors)."""

from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from drf_standardized_errors import formatter, handler
from drf_standardized_errors.handler import exception_handler
from rest_framework.exceptions import (
    APIException,
    ErrorDetail,
    NotFound,
    ParseError,
    PermissionDenied,
    Throttled,
    ValidationError,
)
from rest_framework.settings import api_settings

from comments.errors import CommentRefused, CommentsClosed, InvalidText, PostedTooOften
from moderation.charter.door import EnoughHere
from moderation.errors import (
    AlreadyDecided,
    InvalidAppeal,
    InvalidDecision,
    InvalidReport,
    NothingToContest,
    NothingToReport,
    OwnDecision,
    PostingSuspended,
    ReportedTooOften,
)
from moderation.models import Decision
from newsroom.api.serializers.moderation import OtherDecisionSerializer

__all__ = ["exception_handler"]  # the schema generator compares it by identity

UNREADABLE = (
    BadRequest,
    MultiPartParserError,
    SuspiciousOperation,
    UnreadablePostError,
)
WHOLE = api_settings.NON_FIELD_ERRORS_KEY
ONE_MINUTE = 60  # seconds: the window that PostedTooOften counts in


class Conflict(APIException):
    """409: ``latest`` is what was decided meanwhile, None if only the text changed."""

    status_code = 409
    default_code = "already_decided"

    def __init__(
        self, detail: str, latest: Decision | None, code: str | None = None
    ) -> None:
        super().__init__(detail, code)
        self.latest = latest


class ExceptionHandler(handler.ExceptionHandler):
    """Translates what the services refuse, and what Django cannot read."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        match exc:
            case InvalidText():
                return ValidationError(
                    {"text": [ErrorDetail(str(exc), "invalid_text")]}
                )
            case EnoughHere():
                return PermissionDenied(str(exc), "enough_here")
            case CommentsClosed():
                return PermissionDenied(str(exc), "comments_closed")
            case PostedTooOften():
                return Throttled(ONE_MINUTE, str(exc), "posted_too_often")
            case PostingSuspended():
                return PermissionDenied(str(exc), "posting_suspended")
            case CommentRefused():
                return ValidationError({WHOLE: [ErrorDetail(str(exc), "refused")]})
            case AlreadyDecided():
                return Conflict(str(exc), exc.latest)
            case NothingToContest():
                return Conflict(str(exc), None, "nothing_to_contest")
            case InvalidAppeal():
                return ValidationError(
                    {"argument": [ErrorDetail(str(exc), "invalid_appeal")]}
                )
            case OwnDecision():
                return PermissionDenied(str(exc), "own_decision")
            case InvalidDecision():
                return ValidationError(
                    {exc.field or WHOLE: [ErrorDetail(str(exc), "invalid_decision")]}
                )
            case InvalidReport():
                return ValidationError(
                    {
                        field: [ErrorDetail(message, "invalid_report")]
                        for field, message in exc.errors.items()
                    }
                )
            case NothingToReport():
                return NotFound()
            case ReportedTooOften():
                return Throttled(exc.wait, str(exc), "reported_too_often")
            case _ if isinstance(exc, UNREADABLE):
                return ParseError(_("Requête illisible."))
        return super().convert_known_exceptions(exc)

    def convert_unhandled_exceptions(self, exc: Exception) -> APIException:
        if isinstance(exc, APIException):
            return exc
        return APIException(_("Erreur du serveur : elle est notée dans son journal."))


class ExceptionFormatter(formatter.ExceptionFormatter):
    """Adds to a 409 the decision that came first."""

    def format_error_response(self, error_response: Any) -> Any:
        data = super().format_error_response(error_response)
        if isinstance(self.exc, Conflict):
            latest = self.exc.latest
            data["decision"] = latest and OtherDecisionSerializer(latest).data
        return data
