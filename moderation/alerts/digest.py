"""Digests: to whom one is due, and what it tells. Hours are those of the newspaper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db.models import Count
from django.utils import timezone

from moderation.alerts.models import DeskMail, DigestPreference
from moderation.alerts.outbox import new_message_id
from moderation.alerts.plan import delays
from moderation.alerts.standing import Late, count_late, moments
from moderation.complaints.models import open_contested
from moderation.heat import Heat, heating_articles
from moderation.periods import Period, midnight
from moderation.tallies import DECIDED, Tally, moderators_decisions
from moderation.waiting import live_counts, oldest_wait

Frequency = DigestPreference.Frequency
DAYS = {Frequency.DAILY.value: 1, Frequency.WEEKLY.value: 7}
HEATING = 5
"""Articles that a digest names."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What waits now, and what was decided in the ``first`` to ``last`` days."""

    first: date
    last: date
    waiting: dict[str, int]
    oldest: datetime | None
    late: Late
    appeals: int
    decided: Tally
    heating: list[Heat]


def chosen_digest(account: User) -> DigestPreference:
    """What ``account`` chose, else what it is offered: stored only once it chooses."""
    chosen = DigestPreference.objects.filter(account=account).first()
    return chosen or DigestPreference(account=account)


def choose_digest(
    account: User, *, frequency: str, hour: int, weekday: int, language: str
) -> DigestPreference:
    """Keep when ``account`` wants its digest; what was due before is not sent."""
    chosen, _new = DigestPreference.objects.update_or_create(
        account=account,
        defaults={
            "frequency": frequency,
            "hour": hour,
            "weekday": weekday,
            "language": language,
            "chosen_at": timezone.now(),
        },
    )
    return chosen


def stop_digest(account: int) -> None:
    """Send ``account`` no digest any more, not even one that is owed."""
    chosen = DigestPreference.objects.filter(account=account)
    chosen.update(frequency=Frequency.NEVER, chosen_at=timezone.now())


def last_due(preference: DigestPreference, now: datetime) -> tuple[date, datetime]:
    """The newspaper's day and the moment (UTC) of the last digest due until ``now``.

    An hour that clocks leave out is the one after it; one they show twice, its first.
    """
    day = timezone.localtime(now).date()
    step = timedelta(days=1)
    if preference.frequency == Frequency.WEEKLY:
        day -= timedelta(days=(day.weekday() - preference.weekday) % 7)
        step = timedelta(days=7)
    moment = _moment(day, preference.hour)
    if moment > now:
        day -= step
        moment = _moment(day, preference.hour)
    return day, moment


def next_due(preference: DigestPreference, now: datetime) -> datetime:
    """When the next digest is due (UTC)."""
    day = last_due(preference, now)[0]
    days = 7 if preference.frequency == Frequency.WEEKLY else 1
    return _moment(day + timedelta(days=days), preference.hour)


def note_digests() -> int:
    """Note whom a digest is due to now; return how many new ones there are.

    One for an account and period, whoever else notes them at the same time. Of periods
    that were missed, only the last one.
    """
    now = timezone.now()
    due = list(_due(now))
    DeskMail.objects.bulk_create(due, ignore_conflicts=True)
    mine = [mail.message_id for mail in due]  # those that another noted are not stored
    return DeskMail.objects.filter(message_id__in=mine).count()


def digest_of(day: date, days: int) -> Digest:
    """What a digest due on ``day`` tells: of now, and of the ``days`` before that day."""
    now = timezone.now()
    first = day - timedelta(days=days)
    period = Period(midnight(first), midnight(day))
    decisions = moderators_decisions(period).filter(created_at__gte=period.start)
    counts = decisions.aggregate(
        **{name: Count("pk", filter=kind) for name, kind in DECIDED.items()}
    )
    return Digest(
        first=first,
        last=day - timedelta(days=1),
        waiting=live_counts(),
        oldest=oldest_wait(),
        late=count_late(moments(delays(), now)),
        appeals=open_contested(),
        decided=Tally(**counts),
        heating=heating_articles(period)[:HEATING],
    )


def may_read_desk(account: User) -> bool:
    """Whether a digest still is for ``account``'s eyes, and can reach it."""
    return (
        account.is_active
        and bool(account.email)
        and account.has_perm("moderation.view_queueentry")
    )


def _due(now: datetime) -> Iterator[DeskMail]:
    wanted = DigestPreference.objects.exclude(frequency=Frequency.NEVER)
    week_ago = timezone.localtime(now).date() - timedelta(days=8)
    recent = DeskMail.objects.filter(period__gte=week_ago)
    noted = set(recent.values_list("account", "period"))
    for preference in wanted.select_related("account").order_by("pk"):
        day, moment = last_due(preference, now)
        if moment <= preference.chosen_at or (preference.pk, day) in noted:
            continue
        if not may_read_desk(preference.account):
            continue
        yield DeskMail(
            address=preference.account.email,
            account=preference.account,
            language=preference.language,
            message_id=new_message_id("resume"),
            period=day,
            days=DAYS[preference.frequency],
            created_at=now,
        )


def _moment(day: date, hour: int) -> datetime:
    local = datetime.combine(day, time(hour), tzinfo=timezone.get_current_timezone())
    return local.astimezone(UTC)
