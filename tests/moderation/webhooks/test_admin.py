"""Endpoints and deliveries in the back office: who may, what is shown, what is done."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from moderation.models import WebhookDelivery, WebhookEndpoint
from moderation.webhooks.delivery import deliver_due
from moderation.webhooks.endpoints import send_test
from tests.factories import EditorFactory, ModeratorFactory, UserFactory
from tests.moderation.webhooks.receiving import code, endpoint
from tests.newsroom.admin_rows import admin_url

pytestmark = pytest.mark.django_db
PAGES = ("test", "secret", "former_secret")
NEW = {
    "description": "Le CRM",
    "url": "https://93.184.216.34/crochets",
    "tells_decided": "on",
}


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def shown_codes(answer):
    return re.findall(r"<code>([^<]*)</code>", answer.content.decode())


def url_of(page, address):
    return reverse(f"admin:moderation_webhookendpoint_{page}", args=[address.pk])


def change(address, **fields):
    return admin_url(WebhookEndpoint, "change", address.pk), {
        "description": address.description,
        "url": address.url,
        "tells_decided": "on",
        "active": "on",
        **fields,
    }


def test_a_secret_is_shown_once(administrator):
    answer = administrator.post(admin_url(WebhookEndpoint, "add"), NEW)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    (secret,) = shown_codes(answer)
    made = WebhookEndpoint.objects.get()
    assert made.secret == secret
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    assert made.active
    assert made.created_by is not None
    assert made.types == {"comment.decided"}
    for page in ("change", "history"):
        shown = administrator.get(admin_url(WebhookEndpoint, page, made.pk))
        assert secret not in shown.content.decode()
    listed = administrator.get(admin_url(WebhookEndpoint, "changelist"))
    assert secret not in listed.content.decode()
    assert secret not in repr(list(LogEntry.objects.values()))
    assert secret not in repr(dict(administrator.session))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://93.184.216.34/", "commencer par https://"),
        ("https://127.0.0.1/", "réseau privé"),
        ("https://169.254.169.254/latest/meta-data/", "réseau privé"),
        ("https://user:pass@93.184.216.34/", "mot de passe"),
        ("https://93.184.216.34:22/", "port"),
        ("https://2130706433/", "pas valide"),
        ("", "obligatoire"),
    ],
)
def test_a_bad_address_is_refused_and_nothing_typed_is_lost(administrator, url, said):
    answer = administrator.post(admin_url(WebhookEndpoint, "add"), NEW | {"url": url})
    errors = answer.context["adminform"].form.errors
    assert errors.keys() == {"url"}
    assert said in str(errors)
    page = answer.content.decode()
    assert 'value="Le CRM"' in page
    assert not url or f'value="{url}"' in page
    assert not WebhookEndpoint.objects.exists()


def test_an_event_at_least_is_chosen(administrator):
    answer = administrator.post(
        admin_url(WebhookEndpoint, "add"), {**NEW, "tells_decided": ""}
    )
    assert "un événement au moins" in str(answer.context["adminform"].form.errors)


def test_a_bad_address_can_still_be_taken_out_of_service(administrator):
    """Its name may lead inside today: that is when one wants to."""
    address = endpoint("https://localhost/")
    url, data = change(address, active="")
    assert administrator.post(url, data).status_code == 302
    address.refresh_from_db()
    assert not address.active
    url, data = change(address)
    answer = administrator.post(url, data)
    assert "url" in answer.context["adminform"].form.errors
    address.refresh_from_db()
    assert not address.active


def test_back_in_service_begins_anew(administrator):
    address = endpoint(
        "https://93.184.216.34/",
        active=False,
        disabled_because="aucun envoi",
        failures=9,
        failing_since="2026-01-01T00:00:00Z",
    )
    url, data = change(address)
    shown = administrator.get(url).content.decode()
    assert "aucun envoi" in shown
    assert administrator.post(url, data).status_code == 302
    address.refresh_from_db()
    assert (address.active, address.disabled_because) == (True, "")
    assert (address.failures, address.failing_since) == (0, None)


def test_a_secret_is_replaced_then_the_former_one_retired(administrator):
    address = endpoint("https://93.184.216.34/")
    page = admin_url(WebhookEndpoint, "change", address.pk)
    retire = url_of("former_secret", address)
    assert retire not in administrator.get(page).content.decode()
    assert administrator.get(url_of("secret", address)).status_code == 200
    (secret,) = shown_codes(administrator.post(url_of("secret", address)))
    changed = WebhookEndpoint.objects.get()
    assert changed.live_secrets == (secret, address.secret)
    assert retire in administrator.get(page).content.decode()
    assert administrator.post(retire).status_code == 302
    assert WebhookEndpoint.objects.get().live_secrets == (secret,)
    assert LogEntry.objects.filter(object_id=str(address.pk)).count() == 2


def test_a_test_is_noted_and_its_outcome_shown(administrator, receiver):
    receiver.answer = code(500, b"<script>alert(1)</script>")
    address = endpoint(receiver.url)
    page = admin_url(WebhookEndpoint, "change", address.pk)
    assert "Rien encore" in administrator.get(page).content.decode()
    assert administrator.post(url_of("test", address)).status_code == 302
    assert receiver.requests == []  # not while the page waits
    list(deliver_due())
    delivery = WebhookDelivery.objects.get()
    opened = admin_url(WebhookDelivery, "change", delivery.pk)
    shown = administrator.get(page).content.decode()
    assert opened in shown
    assert "500" in shown
    detail = administrator.get(opened).content.decode()
    assert "&lt;script&gt;alert(1)" in detail
    assert "<script>alert(1)" not in detail
    assert "endpoint.test" in detail
    retry = reverse("admin:moderation_webhookdelivery_retry", args=[delivery.pk])
    assert retry in detail
    assert administrator.get(retry).status_code == 405
    receiver.answer = code(200)
    assert administrator.post(retry).status_code == 302
    list(deliver_due())
    delivery.refresh_from_db()
    assert delivery.state == "delivered"
    assert retry not in administrator.get(opened).content.decode()


def test_no_test_for_what_is_out_of_service(administrator):
    address = endpoint("https://93.184.216.34/", active=False)
    answer = administrator.post(url_of("test", address), follow=True)
    assert "hors service" in answer.content.decode()
    assert not WebhookDelivery.objects.exists()


def test_failed_deliveries_are_chosen_and_tried_again(administrator):
    address = endpoint("https://93.184.216.34/")
    for _ in range(3):
        send_test(address)
    WebhookDelivery.objects.update(state="parked", next_attempt_at=None, attempts=10)
    keys = list(WebhookDelivery.objects.values_list("pk", flat=True))
    chosen = {"action": "retry", "_selected_action": keys[:2]}
    answer = administrator.post(
        admin_url(WebhookDelivery, "changelist"), chosen, follow=True
    )
    assert "2 envois repartent" in answer.content.decode()
    assert WebhookDelivery.objects.filter(state="waiting").count() == 2


def test_an_endpoint_is_deleted_with_its_deliveries(administrator):
    address = endpoint("https://93.184.216.34/")
    send_test(address)
    url = admin_url(WebhookEndpoint, "delete", address.pk)
    assert administrator.get(url).status_code == 200
    administrator.post(url, {"post": "yes"})
    assert not WebhookEndpoint.objects.exists()
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("factory", [None, ModeratorFactory, EditorFactory])
def test_administrators_only(client, factory, page):
    address = endpoint("https://93.184.216.34/")
    before = WebhookEndpoint.objects.values().get()
    if factory is not None:
        client.force_login(factory())
    for method in (client.get, client.post):
        assert method(url_of(page, address)).status_code in (302, 403)
    assert WebhookEndpoint.objects.values().get() == before
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_looking_changes_nothing_and_unknown_ones_are_none(administrator, page):
    address = endpoint("https://93.184.216.34/")
    before = WebhookEndpoint.objects.values().get()
    assert administrator.get(url_of(page, address)).status_code == 200
    assert WebhookEndpoint.objects.values().get() == before
    assert not WebhookDelivery.objects.exists()
    address.pk += 1
    assert administrator.get(url_of(page, address)).status_code == 404


def test_who_may_only_look_retries_nothing(client):
    account = UserFactory(is_staff=True)
    seen = Permission.objects.filter(
        codename__in=["view_webhookendpoint", "view_webhookdelivery"]
    )
    account.user_permissions.set(seen)
    client.force_login(account)
    address = endpoint("https://93.184.216.34/")
    send_test(address)
    WebhookDelivery.objects.update(state="parked", next_attempt_at=None)
    delivery = WebhookDelivery.objects.get()
    opened = admin_url(WebhookDelivery, "change", delivery.pk)
    assert "Réessayer" not in client.get(opened).content.decode()
    retry = reverse("admin:moderation_webhookdelivery_retry", args=[delivery.pk])
    assert client.post(retry).status_code == 403
    chosen = {"action": "retry", "_selected_action": [delivery.pk]}
    client.post(admin_url(WebhookDelivery, "changelist"), chosen)
    assert client.post(url_of("secret", address)).status_code == 403
    delivery.refresh_from_db()
    assert delivery.state == "parked"


def test_its_page_costs_the_same_however_many_deliveries(
    administrator, django_assert_num_queries
):
    address = endpoint("https://93.184.216.34/")
    page = admin_url(WebhookEndpoint, "change", address.pk)
    send_test(address)
    administrator.get(page)
    for _ in range(25):
        with django_assert_num_queries(4):  # session, account, endpoint, deliveries
            administrator.get(page)
        send_test(address)
