"""Errors in Google's shape, for every failure: `{"error": {code, message, status}}`.

https://google.aip.dev/193
"""

import logging
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import ParseError

from newsroom.api.parsers import JSONParser

logger = logging.getLogger(__name__)

STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    415: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
}
ERROR_TYPE = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
View = Callable[..., HttpResponse]


class Refusal(Exception):
    """A request that is not answered; ``error_type`` is Perspective's own code for it."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        error_type: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.error_type = error_type
        self.headers = headers or {}

    def response(self) -> JsonResponse:
        error: dict[str, Any] = {
            "code": self.code,
            "message": str(self),
            "status": STATUSES[self.code],
        }
        if self.error_type:
            error["details"] = [{"@type": ERROR_TYPE, "errorType": self.error_type}]
        return JsonResponse({"error": error}, status=self.code, headers=self.headers)


def door(view: View) -> View:
    """A view that takes POST only, and whose every failure is a :class:`Refusal`."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if settings.SECURE_SSL_REDIRECT and not request.is_secure():
                # Keys must not travel in the clear, and a redirect is not followed
                raise Refusal(403, _("Cette adresse ne répond qu’en HTTPS."))
            if request.method != "POST":
                raise Refusal(
                    405,
                    _("Seule la méthode POST est admise."),
                    headers={"Allow": "POST"},
                )
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refusal.response()
        except SuspiciousOperation:  # an address of thousands of fields
            return Refusal(400, _("Requête illisible.")).response()
        except Exception:
            # The caller reads JSON and nothing else, whatever is wrong here
            logger.exception("failure at %s", request.path)
            message = _("Erreur du serveur : elle est notée dans son journal.")
            return Refusal(500, message).response()

    return guarded


@csrf_exempt
@never_cache
def no_door(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    return Refusal(404, _("Cette adresse n’existe pas.")).response()


def raw_body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        raise Refusal(400, _("Corps trop long.")) from None
    except UnreadablePostError:
        raise Refusal(400, _("Requête illisible.")) from None


def json_object(request: HttpRequest) -> dict[str, Any]:
    """The body, which must be one JSON object in UTF-8."""
    if request.content_type != "application/json":
        raise Refusal(415, _("Le corps doit être en « application/json »."))
    try:
        data = JSONParser().parse(BytesIO(raw_body(request)))
    except ParseError as error:
        raise Refusal(400, str(error.detail)) from None
    if not isinstance(data, dict):
        raise Refusal(400, _("Le corps doit être un objet JSON."))
    return data
