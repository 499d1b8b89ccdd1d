"""What is sent when, what failure leads to, and who is told."""

import json
from concurrent.futures import wait as wait_for
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from moderation.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from moderation.webhooks import sending
from moderation.webhooks.delivery import CLAIM, deliver_due, purge
from moderation.webhooks.endpoints import replace_secret, retry_now, send_test
from moderation.webhooks.models import Failure
from moderation.webhooks.schedule import (
    ATTEMPTS_MAX,
    DELAYS,
    DISABLED_AFTER,
    JITTER,
    KEPT,
    delay_after,
    rest_after,
)
from tests.factories import ArticleFactory, EditorFactory, ReaderFactory, UserFactory
from tests.moderation.webhooks.receiving import code, endpoint, receiving

pytestmark = pytest.mark.django_db
State = WebhookDelivery.State


def deliver():
    return [outcome for _delivery, outcome in deliver_due()]


def note_tests(address, count=1):
    for _ in range(count):
        send_test(address)


@pytest.fixture
def wait(monkeypatch):
    """Let time pass for the schedule; signatures keep the true one."""
    passed = [timedelta()]
    now = timezone.now
    for module in ("delivery", "endpoints", "outbox"):
        monkeypatch.setattr(
            f"moderation.webhooks.{module}.timezone",
            type("Clock", (), {"now": staticmethod(lambda: now() + passed[0])}),
        )

    def wait(**delta):
        passed[0] += timedelta(**delta)

    return wait


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen between an attempt's answer and its note."""

    def happens(what):
        def wait_and_do(futures, **options):
            arrived = wait_for(futures, **options)
            what()
            return arrived

        monkeypatch.setattr("moderation.webhooks.delivery.wait", wait_and_do)

    return happens


def states():
    return list(WebhookDelivery.objects.order_by("pk").values_list("state", flat=True))


def test_each_event_is_delivered_once_and_read_by_the_reference(receiver):
    address = endpoint(receiver.url)
    note_tests(address, 3)
    assert states() == ["waiting"] * 3
    deliver()
    assert states() == ["delivered"] * 3
    payloads = receiver.verified(address.secret)
    assert [p["type"] for p in payloads] == ["endpoint.test"] * 3
    assert len(set(receiver.ids)) == 3
    deliver()
    assert len(receiver.requests) == 3


def test_a_comment_reaches_the_receiver(receiver):
    from moderation.services import submit_comment

    address = endpoint(receiver.url)
    comment = submit_comment(
        article=ArticleFactory(), author=ReaderFactory().commenter, text="Un avis."
    )
    assert receiver.requests == []  # not in the request
    call_command("deliver_webhooks")
    posted, decided = receiver.verified(address.secret)
    assert posted["data"]["comment"]["id"] == comment.pk
    assert decided["data"]["decision"]["automatic"] is True


def test_failures_are_tried_again_later_and_later_under_the_same_id(receiver, wait):
    receiver.answer = code(500, b"en panne")
    note_tests(endpoint(receiver.url))
    waited = []
    for attempt in range(1, ATTEMPTS_MAX + 1):
        assert [o.failure for o in deliver()] == [Failure.STATUS]
        delivery = WebhookDelivery.objects.get()
        assert delivery.attempts == attempt == len(receiver.requests)
        assert (delivery.status_code, delivery.answer) == (500, "en panne")
        assert deliver() == []  # not before its time
        if delivery.next_attempt_at is not None:
            waited.append(delivery.next_attempt_at - delivery.attempted_at)
            wait(seconds=waited[-1].total_seconds() + 1)
    # As long as planned, but for the share that is drawn
    shares = [
        waited_for / delay for waited_for, delay in zip(waited, DELAYS, strict=True)
    ]
    assert all(1 - JITTER - 0.01 <= share <= 1 + JITTER + 0.01 for share in shares)
    assert list(DELAYS) == sorted(DELAYS)
    assert len(set(receiver.ids)) == 1
    assert states() == ["parked"]
    wait(days=2)
    assert deliver() == []


def test_attempts_are_signed_at_their_own_time(receiver, wait):
    receiver.answer = code(503)
    address = endpoint(receiver.url)
    note_tests(address)
    deliver()
    receiver.answer = code(200)
    wait(minutes=1)
    deliver()
    assert states() == ["delivered"]
    assert len(receiver.verified(address.secret)) == 2
    address.refresh_from_db()
    assert (address.failures, address.failing_since) == (0, None)


def test_one_poisoned_event_does_not_hold_the_others(receiver, monkeypatch, caplog):
    address = endpoint(receiver.url)
    note_tests(address, 3)
    poison = WebhookEvent.objects.order_by("pk")[0]
    true_send = sending.send

    def send(message):
        if message.uid == poison.uid:
            raise ValueError("no such thing can be sent")
        return true_send(message)

    monkeypatch.setattr("moderation.webhooks.delivery.send", send)
    WebhookDelivery.objects.filter(event=poison).update(attempts=ATTEMPTS_MAX - 1)
    deliver()
    assert states() == ["parked", "delivered", "delivered"]
    assert WebhookDelivery.objects.get(event=poison).failure == Failure.FAULT
    assert poison.uid in caplog.text


def test_a_refused_event_does_not_hold_the_others_either(receiver):
    address = endpoint(receiver.url)
    note_tests(address, 3)
    first = WebhookEvent.objects.order_by("pk")[0].uid
    refused, taken = code(422), code(200)
    receiver.answer = lambda handler: (
        refused if handler.headers["webhook-id"] == first else taken
    )(handler)
    deliver()
    assert states() == ["waiting", "delivered", "delivered"]


def test_a_receiver_that_hangs_holds_nobody_else(receiver, settings, monkeypatch):
    monkeypatch.setattr(sending, "TIMEOUT", 0.5)
    with receiving() as hanging:
        hanging.answer = lambda _handler: hanging.let_go.wait(20)
        settings.WEBHOOK_INTRANET.append(f"127.0.0.1:{hanging.port}")
        hung, good = endpoint(hanging.url), endpoint(receiver.url)
        note_tests(hung, 5)
        note_tests(good, 5)
        order = [delivery.endpoint for delivery, _outcome in deliver_due()]
    assert order == [good] * 5 + [hung]
    # One attempt, then peace: four others wait for a better time
    assert states() == ["waiting"] * 5 + ["delivered"] * 5
    hung.refresh_from_db()
    assert hung.rests_until is not None
    assert hung.failures == 1


def test_a_receiver_that_says_it_is_gone_is_disabled(
    receiver, wait, django_capture_on_commit_callbacks
):
    administrator = UserFactory(is_staff=True, is_superuser=True)
    EditorFactory()
    receiver.answer = code(410)
    address = endpoint(receiver.url)
    note_tests(address, 2)
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    address.refresh_from_db()
    assert not address.active
    assert "410" in address.disabled_because
    (told,) = mail.outbox
    assert told.to == [administrator.email]
    assert address.description in told.body
    assert f"/moderation/webhookendpoint/{address.pk}/change/" in told.body
    wait(days=1)
    assert deliver() == []
    assert len(receiver.requests) == 1
    assert states() == ["parked", "waiting"]


def test_an_endpoint_that_fails_for_days_is_disabled(
    receiver, wait, django_capture_on_commit_callbacks
):
    UserFactory(is_staff=True, is_superuser=True)
    receiver.answer = code(500)
    address = endpoint(receiver.url)
    note_tests(address)
    deliver()
    wait(days=DISABLED_AFTER.days - 1)
    deliver()
    address.refresh_from_db()
    assert address.active
    wait(days=1, hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    address.refresh_from_db()
    assert not address.active
    assert address.disabled_because
    assert len(mail.outbox) == 1


def test_a_mail_that_does_not_leave_stops_nothing(
    receiver, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    UserFactory(is_staff=True, is_superuser=True)
    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages",
        lambda *_: (_ for _ in ()).throw(OSError("no server")),
    )
    receiver.answer = code(410)
    address = endpoint(receiver.url)
    note_tests(address)
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    address.refresh_from_db()
    assert not address.active
    assert "administrators were not told" in caplog.text


def test_nothing_is_sent_to_what_is_out_of_service(receiver):
    address = endpoint(receiver.url)
    note_tests(address)
    WebhookEndpoint.objects.update(active=False)
    assert deliver() == []
    WebhookEndpoint.objects.update(active=True)
    assert [o.failure for o in deliver()] == [None]


def test_secrets_of_the_moment_sign(receiver):
    address = endpoint(receiver.url)
    former = address.secret
    note_tests(address)
    current = replace_secret(address)
    deliver()
    assert receiver.verified(former) == receiver.verified(current)


def test_what_was_given_up_can_be_tried_once_more(receiver, wait):
    receiver.answer = code(500)
    note_tests(endpoint(receiver.url))
    WebhookDelivery.objects.update(attempts=ATTEMPTS_MAX - 1)
    deliver()
    assert states() == ["parked"]
    assert retry_now(WebhookDelivery.objects.all()) == 1
    deliver()
    assert states() == ["parked"]
    receiver.answer = code(200)
    retry_now(WebhookDelivery.objects.all())
    deliver()
    assert states() == ["delivered"]
    assert retry_now(WebhookDelivery.objects.all()) == 0
    assert states() == ["delivered"]


def test_a_claim_ends_by_itself(receiver, wait):
    address = endpoint(receiver.url)
    note_tests(address)
    killed = timezone.now() + CLAIM
    WebhookEndpoint.objects.update(claimed_until=killed)
    assert deliver() == []
    wait(seconds=CLAIM.total_seconds() + 1)
    assert [o.failure for o in deliver()] == [None]
    address.refresh_from_db()
    assert address.claimed_until is None


def test_who_took_over_keeps_his_claim(receiver, meanwhile):
    """The one who was late notes what he did, and frees nothing."""
    address = endpoint(receiver.url)
    note_tests(address)
    other = timezone.now() + timedelta(hours=1)
    meanwhile(lambda: WebhookEndpoint.objects.update(claimed_until=other))
    deliver()
    address.refresh_from_db()
    assert address.claimed_until == other
    assert states() == ["delivered"]


def test_an_endpoint_deleted_meanwhile(receiver, meanwhile):
    note_tests(endpoint(receiver.url))
    meanwhile(WebhookEndpoint.objects.all().delete)
    assert [o.failure for o in deliver()] == [None]
    assert not WebhookDelivery.objects.exists()


def test_old_events_are_forgotten(receiver, wait):
    address = endpoint(receiver.url)
    note_tests(address, 2)
    deliver()
    WebhookEvent.objects.filter(pk=WebhookEvent.objects.first().pk).update(
        created_at=timezone.now() - KEPT - timedelta(minutes=1)
    )
    assert purge() == 1
    assert WebhookEvent.objects.count() == WebhookDelivery.objects.count() == 1
    assert purge() == 0


def test_the_command_says_what_it_does_and_fails_at_the_end(receiver, capsys):
    address = endpoint(receiver.url)
    note_tests(address, 2)
    call_command("deliver_webhooks")
    assert capsys.readouterr().out.count(": ok 204 ") == 2
    receiver.answer = code(500)
    note_tests(address)
    with pytest.raises(CommandError, match="1 of 1 attempts failed"):
        call_command("deliver_webhooks")
    assert "status 500" in capsys.readouterr().out
    call_command("deliver_webhooks")  # nothing is due


def test_delays_and_rests_are_those_of_the_guide():
    assert delay_after(ATTEMPTS_MAX) is None
    for attempts, delay in enumerate(DELAYS, start=1):
        drawn = {delay_after(attempts) for _ in range(20)}
        assert len(drawn) > 10  # what failed together does not come back together
        assert all(0.8 * delay <= one <= 1.2 * delay for one in drawn)
    assert [rest_after(n).total_seconds() for n in (1, 2, 3, 7, 99)] == [
        5,
        10,
        20,
        300,
        300,
    ]


def test_many_events_flow_in_their_order(receiver):
    address = endpoint(receiver.url)
    WebhookEvent.objects.bulk_create(
        WebhookEvent(uid=f"msg_{n}", type="endpoint.test", body=json.dumps({"n": n}))
        for n in range(200)
    )
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(event=event, endpoint=address)
        for event in WebhookEvent.objects.order_by("pk")
    )
    deliver()
    assert set(states()) == {"delivered"}
    assert [p["n"] for p in receiver.verified(address.secret)] == list(range(200))
