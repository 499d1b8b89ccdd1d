"""Keeping the outbox's promises: who sends what next, and what comes of it.

One delivery at a time for each endpoint, several endpoints at once: one that hangs holds
up nobody else. Whoever sends for an endpoint claims it, for a time that ends by itself,
so that a killed process leaves nothing stuck. What was sent and not noted is sent again,
under the same id: receivers get each event at least once.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from moderation.webhooks.alarm_mail import tell_administrators
from moderation.webhooks.models import (
    Failure,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from moderation.webhooks.schedule import (
    DISABLED_AFTER,
    KEPT,
    delay_after,
    rest_after,
)
from moderation.webhooks.sending import Message, Outcome, send

logger = logging.getLogger(__name__)

AT_ONCE = 8
"""Endpoints that are sent to at the same moment."""
CLAIM = timedelta(minutes=5)
"""Far longer than an attempt and the search for its host may take."""
PURGED_AT_ONCE = 1000  # events
UNWELL = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
"""Answers that speak of the receiver, not of the one event it was sent."""
GONE = gettext_noop("le système a répondu qu’il n’existe plus (410)")
FAILING = gettext_noop("aucun envoi n’a abouti pendant %(days)d jours")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that is ours until ``until``."""

    delivery: WebhookDelivery
    until: datetime

    @property
    def message(self) -> Message:
        endpoint, event = self.delivery.endpoint, self.delivery.event
        return Message(event.uid, endpoint.url, event.body, endpoint.live_secrets)


def deliver_due(
    *, stopping: Callable[[], bool] = lambda: False
) -> Iterator[tuple[WebhookDelivery, Outcome]]:
    """Attempt what is due, until nothing is; yield each attempt once it is noted.

    Once ``stopping`` is true, only what is on its way is waited for.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sending: dict[Future[Outcome], Claimed] = {}
        while True:
            if not stopping():
                for claimed in _take(AT_ONCE - len(sending)):
                    sending[pool.submit(_send, claimed.message)] = claimed
            if not sending:
                return
            done, _rest = wait(sending, return_when=FIRST_COMPLETED)
            for future in done:
                claimed, outcome = sending.pop(future), future.result()
                _note(claimed, outcome)
                yield claimed.delivery, outcome


def purge() -> int:
    """Forget events older than KEPT, received or not; how many, a thousand at most."""
    old = WebhookEvent.objects.filter(created_at__lt=timezone.now() - KEPT)
    keys = list(
        old.order_by("created_at").values_list("pk", flat=True)[:PURGED_AT_ONCE]
    )
    WebhookEvent.objects.filter(pk__in=keys).delete()
    return len(keys)


def _take(count: int) -> Iterator[Claimed]:
    ready = WebhookEndpoint.objects.ready(timezone.now()).order_by("rests_until", "pk")
    for pk in list(ready.values_list("pk", flat=True)[:count]):
        if claimed := _claim(pk):
            yield claimed


def _claim(endpoint: int) -> Claimed | None:
    """Its oldest due delivery; None if another process was faster."""
    now = timezone.now()
    until = now + CLAIM
    mine = WebhookEndpoint.objects.ready(now).filter(pk=endpoint)
    if not mine.update(claimed_until=until):
        return None
    due = WebhookDelivery.objects.due(now).filter(endpoint=endpoint)
    delivery = (
        due.select_related("event", "endpoint")
        .order_by("next_attempt_at", "pk")
        .first()
    )
    if delivery is None:
        _release(endpoint, until)
        return None
    return Claimed(delivery, until)


def _release(endpoint: int, until: datetime) -> None:
    """Give up our claim, not that of who took the endpoint over when ours had ended."""
    held = WebhookEndpoint.objects.filter(pk=endpoint, claimed_until=until)
    held.update(claimed_until=None)


def _send(message: Message) -> Outcome:
    try:
        return send(message)
    except Exception:  # one event that cannot be sent must not stop the others
        logger.exception("webhook %s cannot be sent", message.uid)
        return Outcome(Failure.FAULT)


@transaction.atomic
def _note(claimed: Claimed, outcome: Outcome) -> None:
    delivery = claimed.delivery
    endpoint = (
        WebhookEndpoint.objects.select_for_update()
        .filter(pk=delivery.endpoint_id)
        .first()
    )
    if endpoint is None:  # deleted meanwhile, and its deliveries with it
        return
    now = timezone.now()
    _note_delivery(delivery, outcome, now)
    _note_endpoint(endpoint, outcome, now)
    _release(endpoint.pk, claimed.until)


def _note_delivery(delivery: WebhookDelivery, outcome: Outcome, now: datetime) -> None:
    delivery.attempts += 1
    delivery.attempted_at = now
    delivery.status_code = outcome.status_code
    delivery.duration = outcome.duration
    delivery.failure = outcome.failure or ""
    delivery.answer = outcome.answer
    delay = None if outcome.gone else delay_after(delivery.attempts)
    if outcome.failure is None:
        delivery.state, delivery.next_attempt_at = delivery.State.DELIVERED, None
    elif delay is None:
        delivery.state, delivery.next_attempt_at = delivery.State.PARKED, None
    else:
        delivery.next_attempt_at = now + delay
    # An update: no row comes back if it was deleted meanwhile
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        **{name: getattr(delivery, name) for name in _NOTED}
    )


_NOTED = (
    "state",
    "attempts",
    "next_attempt_at",
    "attempted_at",
    "status_code",
    "duration",
    "failure",
    "answer",
)


def _note_endpoint(endpoint: WebhookEndpoint, outcome: Outcome, now: datetime) -> None:
    if outcome.failure is None:
        endpoint.failures, endpoint.failing_since = 0, None
        endpoint.rests_until = None
    else:
        endpoint.failures += 1
        endpoint.failing_since = endpoint.failing_since or now
        if _is_unwell(outcome):
            endpoint.rests_until = now + rest_after(endpoint.failures)
    if reason := _reason_to_disable(endpoint, outcome, now):
        endpoint.active = False
        endpoint.disabled_because = reason
        transaction.on_commit(partial(tell_administrators, endpoint.pk), robust=True)
    endpoint.save(
        update_fields=[
            "failures",
            "failing_since",
            "rests_until",
            "active",
            "disabled_because",
        ]
    )


def _is_unwell(outcome: Outcome) -> bool:
    """Whether another event would fare no better now."""
    if outcome.status_code is None:
        return outcome.failure != Failure.FAULT
    return outcome.status_code in UNWELL


def _reason_to_disable(
    endpoint: WebhookEndpoint, outcome: Outcome, now: datetime
) -> str:
    """In the newspaper's own language; empty if it stays as it is."""
    if not endpoint.active:
        return ""
    if outcome.gone:
        return gettext(GONE)
    failing = now - endpoint.failing_since if endpoint.failing_since else timedelta()
    if outcome.failure is not None and failing >= DISABLED_AFTER:
        return gettext(FAILING) % {"days": failing.days}
    return ""
