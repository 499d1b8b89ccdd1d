"""Which decisions, and which comments that no rule flagged, are judged again.

Drawn by a keyed hash of the row's key: nobody can tell beforehand what will be looked
at again, nor choose it, and the same row is always drawn or never. Decisions are drawn
as they are recorded, in the same transaction: none can be missed, there is nothing
to catch up with, and a share that is changed holds from that moment on. Comments that
no rule flagged are drawn a day at a time, once the queue and readers have had LAG.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.checks import Error, register
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime

from comments.models import Comment
from moderation.models import Action, AuditDay, Decision, Flag, SecondLook
from moderation.periods import midnight

LAG = timedelta(days=7)
"""By then moderators have decided on what waited, and readers have reported."""
CATCHES_UP = timedelta(days=31)
"""Days missed longer ago than this are left out."""
YEAR = 365  # days


class Sample(StrEnum):
    """What a key is drawn for; part of the hash, so that samples are independent."""

    DECISIONS = "decisions"
    AUDIT = "audit"


def is_drawn(sample: Sample, key: int, share: float) -> bool:
    """Whether the row ``key`` is one of the ``share`` (0 to 1) that is looked at."""
    salt = f"moderation.second_looks.{sample}"
    digest = salted_hmac(salt, str(key), algorithm="sha256").digest()
    return int.from_bytes(digest[:8]) < share * 2**64


def draw_from(decisions: Iterable[Decision]) -> None:
    """Draw from ``decisions`` as they are stored. One query if any is drawn, else none.

    What moderators published or hid may be drawn; what they put back on hold says no
    more than that they wait, and an undoing is a decision withdrawn.
    """
    share = settings.SECOND_LOOK_SHARE
    looks = [
        SecondLook(
            comment_id=decision.comment_id,
            revision_id=decision.revision_id,
            decision=decision,
            created_at=decision.created_at,
        )
        for decision in decisions
        if decision.moderator_id is not None
        and decision.undoes_id is None
        and decision.action in (Action.PUBLISH, Action.HIDE)
        and is_drawn(Sample.DECISIONS, decision.pk, share)
    ]
    if looks:
        SecondLook.objects.bulk_create(looks)


def days_to_audit() -> Iterator[date]:
    """The newspaper's days that are due and were not drawn, the first one first."""
    last_due = localtime(timezone.now() - LAG).date()
    latest = AuditDay.objects.order_by("-day").values_list("day", flat=True).first()
    earliest = last_due - CATCHES_UP
    day = max(latest + timedelta(days=1), earliest) if latest else last_due
    while day <= last_due:
        yield day
        day += timedelta(days=1)


def audit(day: date) -> AuditDay:
    """Count what became of the comments received on ``day``, and draw from those in
    sight that no rule flagged. Done once for each day, whoever asks again.

    Every comment has nearly the same chance, so that a share found in the sample is
    the newspaper's: SECOND_LOOK_AUDITS of those a year has, as far as days are known.
    """
    try:
        with transaction.atomic():
            return _audit(day)
    except IntegrityError:  # drawn before, or at this very moment
        return AuditDay.objects.get(day=day)


def _audit(day: date) -> AuditDay:
    flags = Flag.objects.filter(revision=OuterRef("revision"))
    received = Comment.objects.filter(
        received_at__gte=midnight(day),
        received_at__lt=midnight(day + timedelta(days=1)),
        source="",
        revision__isnull=False,
        status__in=(Comment.Status.PUBLISHED, Comment.Status.HIDDEN),
    )
    unflagged: list[tuple[int, int]] = []
    flagged_hidden = missed_hidden = 0
    rows = received.annotate(flagged=Exists(flags)).order_by("pk")
    for pk, revision, status, flagged in rows.values_list(
        "pk", "revision", "status", "flagged"
    ):
        if status == Comment.Status.PUBLISHED:
            if not flagged:
                unflagged.append((pk, revision))
        elif flagged:
            flagged_hidden += 1
        else:
            missed_hidden += 1
    made = AuditDay.objects.create(
        day=day,
        share=_share(day, len(unflagged)),
        unflagged=len(unflagged),
        flagged_hidden=flagged_hidden,
        missed_hidden=missed_hidden,
    )
    SecondLook.objects.bulk_create(
        SecondLook(
            comment_id=pk, revision_id=revision, audit=made, created_at=made.drawn_at
        )
        for pk, revision in unflagged
        if is_drawn(Sample.AUDIT, pk, made.share)
    )
    return made


def _share(day: date, count: int) -> float:
    """The chance of each of ``count`` comments, from the days of the year before."""
    known = AuditDay.objects.filter(day__lt=day, day__gte=day - timedelta(days=YEAR))
    counts = [*known.values_list("unflagged", flat=True), count]
    a_year = sum(counts) / len(counts) * YEAR
    return min(1.0, settings.SECOND_LOOK_AUDITS / a_year) if a_year else 1.0


@register
def check_second_looks(**options: object) -> list[Error]:
    """The share is one, and nobody looks at fewer than no comments."""
    errors = []
    if not 0 <= settings.SECOND_LOOK_SHARE <= 1:
        errors.append(
            Error(
                f"NEWSROOM_SECOND_LOOK_SHARE is {settings.SECOND_LOOK_SHARE}: "
                "a share is from 0 to 1.",
                id="moderation.E002",
            )
        )
    if settings.SECOND_LOOK_AUDITS < 0:
        errors.append(
            Error(
                f"NEWSROOM_SECOND_LOOK_AUDITS is {settings.SECOND_LOOK_AUDITS}: "
                "a number of comments is 0 at least.",
                id="moderation.E003",
            )
        )
    return errors
