"""How often one caller may call (TRUST S-26).

The limits on all calls are counted in the cache named « rates »: in each process's
memory unless there is Redis, so that reading never writes to the database. Those on
writing are counted in the cache that all processes share.
"""

import time
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from typing import TYPE_CHECKING, cast

from django.core.cache import BaseCache, caches
from django.utils.connection import ConnectionProxy
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import (
    BaseThrottle,
    ScopedRateThrottle,
    SimpleRateThrottle,
)

from moderation.models import ApiClient

if TYPE_CHECKING:  # that module loads this one, named in the settings
    from rest_framework.views import APIView

MINUTE, DAY = 60, 24 * 3600  # seconds
IPV6_PREFIX = 64  # bits; what one subscriber is given at least (RFC 6177)


RATES = cast("BaseCache", ConnectionProxy(caches, "rates"))


class AnonymousRate(SimpleRateThrottle):
    """Counts calls without an account, by network address."""

    scope = "anon"
    cache = RATES

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if request.user.is_authenticated or isinstance(request.auth, ApiClient):
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


class ClientQuota(BaseThrottle):
    """Counts the calls of a client system, in fixed windows of a minute and a UTC day.

    Two numbers a client, where a list of a day's calls would be long.
    """

    def allow_request(self, request: Request, view: "APIView") -> bool:
        self._wait = 0
        if isinstance(request.auth, ApiClient):
            self._wait = seconds_to_wait(request.auth)
        return not self._wait

    def wait(self) -> float:
        return self._wait


def seconds_to_wait(client: ApiClient) -> int:
    """Count one call; 0 if it may pass, else when to call again, in seconds."""
    now = time.time()
    waits = [
        ceil(length - now % length)
        for length, quota in ((MINUTE, client.per_minute), (DAY, client.per_day))
        if _calls(client, length, int(now // length)) > quota
    ]
    return max(waits, default=0)


def _calls(client: ApiClient, length: int, window: int) -> int:
    """The number of calls in this window, with the present one."""
    key = f"client:{client.pk}:{length}:{window}"
    RATES.add(key, 0, timeout=length)
    try:
        return RATES.incr(key)
    except ValueError:  # dropped between the two by a full cache
        RATES.set(key, 1, timeout=length)
        return 1


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
