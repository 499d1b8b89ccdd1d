"""Who may contest the answer to a report, without an account, and until when."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from moderation.redress import months_after
from moderation.report_models import Report

_SALT = "moderation.complaints"
KEY = "cle"
"""The name of the key in an address."""


def contest_key(report: Report) -> str:
    """What only mail to the reporter of ``report`` holds."""
    return Signer(salt=_SALT).signature(str(report.pk))


def contest_address(report: Report) -> str:
    """Where its reporter contests the answer; empty if there is nothing to contest."""
    if report.outcome != Report.Outcome.KEPT:
        return ""
    path = reverse("contest_report", args=[report.reference])
    return f"{settings.NEWSPAPER_URL}{path}?{KEY}={contest_key(report)}"


def is_reporters(report: Report, user: User | AnonymousUser, key: str) -> bool:
    """Whether whoever has the reference of ``report`` is its reporter.

    By the ``key`` of his mail, or his account. Who left neither address nor account has
    nothing but the reference: a reader who reports again is given it, so that elsewhere
    it does not suffice.
    """
    if report.user_id is not None and report.user_id == user.pk:
        return True
    if not report.email and report.user_id is None:
        return True
    return constant_time_compare(key, contest_key(report))


def last_day_to_contest(report: Report) -> date:
    """The last day, whole, on which the answer to ``report`` can be contested.

    Counted from the day its reporter was told, if he was (TRUST L-14).
    """
    told = report.told_at if report.told_id == report.decision_id else None
    return months_after(told or report.answered_at or timezone.now())
