"""How often one caller may call (TRUST S-26).

The limits on all calls are counted in the cache named « rates »: in each process's
memory unless there is Redis, so that reading never writes to the database. Those on
writing are counted in the cache that all processes share.
"""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, cast

from django.core.cache import BaseCache, caches
from django.utils.connection import ConnectionProxy
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle

if TYPE_CHECKING:  # that module loads this one, named in the settings
    from rest_framework.views import APIView

IPV6_PREFIX = 64  # bits; what one subscriber is given at least (RFC 6177)


RATES = cast("BaseCache", ConnectionProxy(caches, "rates"))


class AnonymousRate(SimpleRateThrottle):
    """Counts calls without an account, by network address."""

    scope = "anon"
    cache = RATES

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if request.user.is_authenticated:
            return None
        return f"api:{self.scope}:{network_of(self.get_ident(request))}"


class AccountRate(SimpleRateThrottle):
    """Counts calls by account, wherever they come from."""

    scope = "user"
    cache = RATES

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if not request.user.is_authenticated:
            return None
        return f"api:{self.scope}:{request.user.pk}"


class WritingRate(ScopedRateThrottle):
    """Counts an account's writing calls to views that name a `throttle_scope`."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        if request.method in SAFE_METHODS or not request.user.is_authenticated:
            return True
        return super().allow_request(request, view)


def network_of(address: str | None) -> str:
    """The address itself in IPv4, its /64 in IPv6; « ? » for what is no address."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "?"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        # A zone (fe80::1%eth0) names an interface of the machine, not a caller
        return str(IPv6Network((int(parsed), IPV6_PREFIX), strict=False))
    return str(parsed)
