"""The site's addresses, and some that fail in each way it has a page for."""

from allauth.account.decorators import verified_email_required
from allauth.core.ratelimit import respond_429
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from newsroom.urls import *  # noqa: F403
from newsroom.urls import urlpatterns as site


def bad_request(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("for a test")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("for a test")


@verified_email_required
def for_known_addresses(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    *site,
    path("essai/400/", bad_request),
    path("essai/403/", forbidden),
    path("essai/429/", respond_429),
    path("essai/500/", broken),
    path("essai/adresse/", for_known_addresses),
]
