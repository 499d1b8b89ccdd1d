"""Client systems in the back office: what is shown once, and what is never shown."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from moderation.clients import client_of_key
from moderation.models import ApiClient, SuggestedScore
from tests.factories import (
    ApiClientFactory,
    EditorFactory,
    ModeratorFactory,
    UserFactory,
)
from tests.newsroom.admin_rows import admin_url, suggested

pytestmark = pytest.mark.django_db
PAGES = ("key", "secret", "former_secret")
NEW = {"name": "Le Voisin", "per_minute": "60", "per_day": "1000", "signing_secret": ""}


@pytest.fixture
def superuser() -> User:
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def administrator(client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def shown_codes(answer):
    return re.findall(r"<code>([^<]*)</code>", answer.content.decode())


def url_of(page, system):
    return reverse(f"admin:moderation_apiclient_{page}", args=[system.pk])


def test_key_and_secret_are_shown_once(administrator):
    answer = administrator.post(admin_url(ApiClient, "add"), NEW)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    key, endpoint, secret, phase = shown_codes(answer)
    system = ApiClient.objects.get()
    assert client_of_key(key) == system
    assert secret == system.signing_secret
    assert endpoint.endswith("/api/perspective/v1alpha1")
    assert phase.endswith(f"/api/coral/moderate/{system.prefix}/")
    assert (system.name, system.per_minute, system.per_day) == ("Le Voisin", 60, 1000)
    for page in ("change", "history"):
        shown = administrator.get(
            admin_url(ApiClient, page, system.pk)
        ).content.decode()
        assert key not in shown
        assert secret not in shown
    shown = administrator.get(admin_url(ApiClient, "changelist")).content.decode()
    assert f"nr_{system.prefix}_…" in shown
    assert secret not in shown
    assert key not in repr(list(LogEntry.objects.values()))
    assert key not in repr(dict(administrator.session))


def test_secret_of_coral_is_taken(administrator):
    given = "ssec_" + "0a" * 32
    administrator.post(admin_url(ApiClient, "add"), NEW | {"signing_secret": given})
    assert ApiClient.objects.get().signing_secret == given


@pytest.mark.parametrize("secret", ["court", "é" * 30, "a b" * 10, "x" * 201])
def test_secret_that_is_none_is_refused(administrator, secret):
    answer = administrator.post(
        admin_url(ApiClient, "add"), NEW | {"signing_secret": secret}
    )
    assert answer.context["adminform"].form.errors.keys() == {"signing_secret"}
    assert secret not in answer.content.decode()
    assert not ApiClient.objects.exists()


def test_form_sent_again_makes_no_second_client(administrator):
    for expected in (1, 1):
        administrator.post(admin_url(ApiClient, "add"), NEW)
        assert ApiClient.objects.count() == expected


def test_change_keeps_key_and_secrets(administrator):
    system = ApiClientFactory()
    changed = {
        "name": "Autre",
        "per_minute": "1",
        "per_day": "2",
        "signing_secret": "x",
    }
    answer = administrator.post(admin_url(ApiClient, "change", system.pk), changed)
    assert answer.status_code == 302
    after = ApiClient.objects.get()
    assert (after.name, after.active, after.per_day) == ("Autre", False, 2)
    assert after.signing_secret == system.signing_secret
    assert after.key_hash == system.key_hash


def test_addresses_can_be_read_again_the_key_and_secret_cannot(administrator):
    system = ApiClientFactory()
    answer = administrator.get(admin_url(ApiClient, "change", system.pk))
    whole = f"http://127.0.0.1:8000/api/coral/moderate/{system.prefix}/"
    assert shown_codes(answer) == [
        "http://127.0.0.1:8000/api/perspective/v1alpha1",
        whole,
    ]
    page = answer.content.decode()
    assert system.key not in page
    assert system.signing_secret not in page
    assert not shown_codes(administrator.get(admin_url(ApiClient, "add")))


@pytest.mark.parametrize(("field", "value"), [("per_minute", "0"), ("per_day", "-1")])
def test_quota_is_at_least_one(administrator, field, value):
    answer = administrator.post(admin_url(ApiClient, "add"), NEW | {field: value})
    assert field in answer.context["adminform"].form.errors


def test_key_is_replaced(administrator):
    system = ApiClientFactory()
    before = administrator.get(url_of("key", system))
    assert before.status_code == 200
    assert client_of_key(system.key) == system
    key, _endpoint = shown_codes(administrator.post(url_of("key", system)))
    assert client_of_key(key) == system
    assert client_of_key(system.key) is None
    assert LogEntry.objects.get().object_id == str(system.pk)


def test_secret_is_changed_then_the_former_one_retired(administrator):
    system = ApiClientFactory()
    former = admin_url(ApiClient, "change", system.pk)
    retire = url_of("former_secret", system)
    assert retire not in administrator.get(former).content.decode()
    answer = administrator.post(url_of("secret", system), {"signing_secret": "x"})
    assert answer.status_code == 422
    secret, _phase = shown_codes(
        administrator.post(url_of("secret", system), {"signing_secret": ""})
    )
    changed = ApiClient.objects.get()
    assert changed.live_secrets == (secret, system.signing_secret)
    assert retire in administrator.get(former).content.decode()
    assert administrator.post(retire).status_code == 302
    assert ApiClient.objects.get().live_secrets == (secret,)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("factory", [None, ModeratorFactory, EditorFactory])
def test_administrators_only(client, factory, page):
    system = ApiClientFactory()
    before = ApiClient.objects.values().get()
    if factory is not None:
        client.force_login(factory())
    for method in (client.get, client.post):
        assert method(url_of(page, system)).status_code in (302, 403)
    assert ApiClient.objects.values().get() == before


@pytest.mark.parametrize("page", PAGES)
def test_looking_changes_nothing_and_unknown_clients_are_none(administrator, page):
    system = ApiClientFactory()
    before = ApiClient.objects.values().get()
    assert administrator.get(url_of(page, system)).status_code == 200
    assert ApiClient.objects.values().get() == before
    system.pk += 1
    assert administrator.get(url_of(page, system)).status_code == 404


def test_judgements_can_be_erased_not_changed(administrator):
    suggested("Texte à effacer.")
    row = SuggestedScore.objects.get()
    url = admin_url(SuggestedScore, "change", row.pk)
    assert "Texte à effacer." in administrator.get(url).content.decode()
    assert administrator.post(url, {"value": "0"}).status_code == 403
    assert SuggestedScore.objects.get().value == 1
    administrator.post(admin_url(SuggestedScore, "delete", row.pk), {"post": "yes"})
    assert not SuggestedScore.objects.exists()
