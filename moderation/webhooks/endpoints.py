"""What administrators do with an endpoint: its secrets, tests, another attempt."""

import base64
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Least
from django.utils import timezone

from moderation.webhooks.models import WebhookDelivery, WebhookEndpoint
from moderation.webhooks.outbox import store, test_payload
from moderation.webhooks.schedule import ATTEMPTS_MAX


def new_secret() -> str:
    """256 random bits, written as Standard Webhooks asks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def give_secret(endpoint: WebhookEndpoint, *, by: User) -> str:
    """Fill in a new endpoint's secret and author, without saving it."""
    endpoint.secret = new_secret()
    endpoint.created_by = by
    return endpoint.secret


@transaction.atomic
def replace_secret(endpoint: WebhookEndpoint) -> str:
    """A new secret; the present one goes on signing beside it until it is retired."""
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    endpoint.former_secret = endpoint.secret
    endpoint.secret = new_secret()
    endpoint.secret_changed_at = timezone.now()
    endpoint.save(update_fields=["secret", "former_secret", "secret_changed_at"])
    return endpoint.secret


def retire_former_secret(endpoint: WebhookEndpoint) -> None:
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(former_secret="")


def forget_failures(endpoint: WebhookEndpoint) -> None:
    """Begin anew with an endpoint put back in service, or changed, without saving it."""
    endpoint.disabled_because = ""
    endpoint.failing_since = None
    endpoint.failures = 0
    endpoint.rests_until = None


@transaction.atomic
def send_test(endpoint: WebhookEndpoint) -> None:
    """Note an event without content for ``endpoint`` alone, to be sent as any other."""
    store([test_payload(endpoint)], [endpoint])
    _wake(WebhookEndpoint.objects.filter(pk=endpoint.pk))


@transaction.atomic
def retry_now(deliveries: QuerySet[WebhookDelivery]) -> int:
    """Let those of ``deliveries`` that were not received be tried at once; how many.

    One that was given up has one attempt more.
    """
    kept = list(
        deliveries.exclude(state=WebhookDelivery.State.DELIVERED).values_list(
            "pk", "endpoint"
        )
    )
    WebhookDelivery.objects.filter(pk__in=[pk for pk, _endpoint in kept]).update(
        state=WebhookDelivery.State.WAITING,
        next_attempt_at=timezone.now(),
        attempts=Least("attempts", Value(ATTEMPTS_MAX - 1)),
    )
    _wake(WebhookEndpoint.objects.filter(pk__in={endpoint for _pk, endpoint in kept}))
    return len(kept)


def _wake(endpoints: QuerySet[WebhookEndpoint]) -> None:
    endpoints.update(rests_until=None)
