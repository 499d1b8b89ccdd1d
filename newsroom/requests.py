from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


class AuthenticatedRequest(HttpRequest):
    """The request of a view that only people with an account reach."""

    user: User


def own_address(request: HttpRequest, address: str | None) -> str:
    """``address`` if it stays on this site, else nothing."""
    safe = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if address and safe else ""
