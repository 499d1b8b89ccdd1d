"""« Signaler » on the readers' pages and in the API: its link, and its limits."""

from math import ceil
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from articles.models import Article
from comments.models import Comment
from comments.threads import Card
from moderation.errors import ReportedTooOften
from newsroom.api.throttles import network_of


def reportable_comments() -> QuerySet[Comment]:
    """What readers see, and may therefore report."""
    return (
        Comment.objects.published()
        .filter(article__status=Article.Status.PUBLISHED)
        .select_related("article__section", "author")
    )


def account_in(request: HttpRequest | Request) -> User | None:
    """The account that reports, if any."""
    return request.user if isinstance(request.user, User) else None


def report_link(card: Card) -> SafeString:
    """The link that reports the comment, for below it."""
    return format_html(
        '<a href="{}" rel="nofollow">{}<span class="visually-hidden"> {}</span></a>',
        reverse("report", args=[card.pk]),
        _("Signaler"),
        _("le commentaire de %(name)s") % {"name": card.author},
    )


def check_report_rate(request: HttpRequest | Request, email: str) -> None:
    """Count one report of this caller and to this address.

    By account or, without one, by network; and by address, so that nobody's mailbox is
    filled by others. Raises ReportedTooOften.
    """
    waits = [
        rate.wait() or 1
        for rate in (AccountReports(), NetworkReports(), _AddressReports(email))
        if not rate.allow_request(request, None)  # type: ignore[arg-type]
    ]
    if waits:
        raise ReportedTooOften(
            _(
                "Trop de signalements en peu de temps : attendez un peu, puis renvoyez "
                "celui-ci. Rien de ce que vous avez écrit n’est perdu."
            ),
            ceil(max(waits)),
        )


class _ReportRate(SimpleRateThrottle):
    cache = cache  # the one that all processes share


class AccountReports(_ReportRate):
    scope = "report"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        user = request.user
        return f"report:{user.pk}" if user.is_authenticated else None


class NetworkReports(_ReportRate):
    scope = "report_network"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        if request.user.is_authenticated:
            return None
        return f"report:{network_of(self.get_ident(request))}"


class _AddressReports(_ReportRate):
    scope = "report_address"

    def __init__(self, email: str) -> None:
        super().__init__()
        self._email = email.strip().lower()

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        # Spaces and such are not allowed in a key of memcached
        return (
            f"report:{self._email.encode(errors='replace').hex()}"
            if self._email
            else None
        )
