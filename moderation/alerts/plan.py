"""Who is told of an alert, and after how long: what administrators set, or the default."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User

from moderation.alerts.models import AlertKind, DigestPreference, EscalationStep
from moderation.recent import recent

DEFAULT_HOURS = {
    AlertKind.THREAT: 1,
    AlertKind.GRAVE: 1,
    AlertKind.REPORT: 24,
    AlertKind.APPEAL: 72,
}
DEFAULT_STEP = "default"
"""The key of the step that stands in while no step is set."""
SECONDS = 60
"""How old the delays that the desk shows may be."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address, with the language of what it is sent; ``account`` is a key, if any."""

    address: str
    language: str
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """``hours`` after it came, each kind of alert is told to ``recipients``.

    ``own`` are those it names itself; where it reaches nobody, ``recipients`` are
    `usual_recipients`, so that no alert is lost.
    """

    key: str
    name: str
    hours: Mapping[AlertKind, int]
    own: tuple[Recipient, ...]
    recipients: tuple[Recipient, ...]


def steps() -> list[Step]:
    """The steps that administrators set, in order; one that stands in if there is none."""
    usual = usual_recipients()
    kept = list(EscalationStep.objects.prefetch_related("members"))
    if not kept:
        return [Step(DEFAULT_STEP, "", DEFAULT_HOURS, (), usual)]
    languages = _languages({m.pk for step in kept for m in step.members.all()})
    found = []
    for step in kept:
        own = tuple(_named(step, languages))
        hours = {k: h for k in AlertKind if (h := step.hours(k)) is not None}
        found.append(Step(str(step.pk), step.name, hours, own, own or usual))
    return found


def usual_recipients() -> tuple[Recipient, ...]:
    """Every account that decides and has an address; else the newspaper's contact."""
    moderators = User.objects.with_perm(
        "moderation.add_decision",
        include_superusers=False,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    people = list(moderators.exclude(email="").order_by("pk"))
    languages = _languages({user.pk for user in people})
    found = tuple(_unique(_of_account(user, languages) for user in people))
    return found or (Recipient(settings.CONTACT_EMAIL, settings.LANGUAGE_CODE),)


def delays() -> dict[AlertKind, timedelta]:
    """After how long an alert of each kind is late: its first positive hours."""
    kept = list(EscalationStep.objects.all())
    late = dict(DEFAULT_HOURS)
    for kind in AlertKind:
        late[kind] = min(
            (hours for step in kept if (hours := step.hours(kind))), default=late[kind]
        )
    return {kind: timedelta(hours=hours) for kind, hours in late.items()}


def shown_delays() -> dict[AlertKind, timedelta]:
    """`delays` as of SECONDS ago at most."""
    return recent("alert_delays", delays, seconds=SECONDS)


def _named(step: EscalationStep, languages: Mapping[int, str]) -> list[Recipient]:
    members = [m for m in step.members.all() if m.is_active and m.email]
    listed = [
        Recipient(address, settings.LANGUAGE_CODE)
        for address in step.listed_addresses()
    ]
    return _unique([*(_of_account(m, languages) for m in members), *listed])


def _unique(recipients: Iterable[Recipient]) -> list[Recipient]:
    """``recipients`` without those whose address came before."""
    found: dict[str, Recipient] = {}
    for recipient in recipients:
        found.setdefault(recipient.address.lower(), recipient)
    return list(found.values())


def _of_account(user: User, languages: Mapping[int, str]) -> Recipient:
    language = languages.get(user.pk, settings.LANGUAGE_CODE)
    return Recipient(user.email, language, user.pk)


def _languages(accounts: set[int]) -> dict[int, str]:
    """{account: the language it chose its digest in}, where it chose one."""
    chosen = DigestPreference.objects.filter(account__in=accounts)
    return dict(chosen.values_list("account", "language"))
