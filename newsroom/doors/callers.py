"""Which client calls, by its key or its signature, and whether it still may."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from moderation.clients import client_of_key, client_of_signature, note_use
from moderation.models import ApiClient
from newsroom.api.throttles import seconds_to_wait
from newsroom.doors.envelope import Refusal, raw_body


class OverQuota(Refusal):
    """A client that is known, and has called too often."""


def caller_by_key(request: HttpRequest) -> ApiClient:
    """The client of `?key=…`, or of the header `X-Goog-Api-Key` that logs do not show."""
    key = request.GET.get("key") or request.headers.get("X-Goog-Api-Key", "")
    client = client_of_key(key)
    if client is None:
        raise Refusal(403, _("Clé absente, inconnue ou révoquée."))
    return _within_quota(client)


def caller_by_signature(request: HttpRequest, prefix: str) -> ApiClient:
    """The client that `X-Coral-Signature` proves to have written the body."""
    header = request.headers.get("X-Coral-Signature", "")
    client = client_of_signature(prefix, header, raw_body(request))
    if client is None:
        raise Refusal(401, _("Signature absente ou fausse."))
    return _within_quota(client)


def _within_quota(client: ApiClient) -> ApiClient:
    if wait := seconds_to_wait(client):
        raise OverQuota(
            429, _("Quota d’appels dépassé."), headers={"Retry-After": str(wait)}
        )
    note_use(client)
    return client
