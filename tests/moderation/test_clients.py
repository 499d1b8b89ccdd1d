"""Keys and signing secrets of client systems, and the judgements they send."""

import hashlib
import hmac
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from moderation.clients import (
    client_of_key,
    client_of_signature,
    note_use,
    replace_key,
    replace_secret,
    retire_former_secret,
)
from moderation.models import ApiClient, SuggestedScore
from moderation.scores import Attribute
from moderation.suggested_scores import keep_suggestion, labelled_texts
from tests.factories import ApiClientFactory

pytestmark = pytest.mark.django_db
BODY = b'{"comment": {}}'


def signed(secret, body=BODY):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_key_is_not_in_the_database(tmp_path):
    client = ApiClientFactory()
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "moderation.apiclient", output=str(dump), verbosity=0)
    stored = dump.read_text()
    assert client.prefix in stored
    assert client.key not in stored
    assert client.key.rpartition("_")[2] not in stored
    assert client_of_key(client.key) == client


@pytest.mark.parametrize(
    "key",
    ["", "x", "nr_", "\x00", "é" * 55, "nr_00000000_" + "A" * 43, "nr_" + "0" * 5000],
)
def test_other_keys_open_nothing(key, django_assert_max_num_queries):
    ApiClientFactory()
    with django_assert_max_num_queries(1):
        assert client_of_key(key) is None


def test_replaced_key_and_client_out_of_service():
    client = ApiClientFactory()
    new = replace_key(client).key
    assert client_of_key(client.key) is None
    assert client_of_key(new) == client
    assert new.startswith(f"nr_{client.prefix}_")
    ApiClient.objects.update(active=False)
    assert client_of_key(new) is None
    assert (
        client_of_signature(client.prefix, signed(client.signing_secret), BODY) is None
    )


def test_two_secrets_live_until_one_is_retired():
    client = ApiClientFactory()
    first = client.signing_secret
    second = replace_secret(client).signing_secret

    def opens(secret):
        return client_of_signature(client.prefix, signed(secret), BODY) == client

    assert opens(first)
    assert opens(second)
    retire_former_secret(client)
    assert not opens(first)
    assert opens(second)
    third = replace_secret(
        client, signing_secret="ssec_de_coral_000000000"
    ).signing_secret
    assert third == "ssec_de_coral_000000000"
    fourth = replace_secret(client).signing_secret
    assert [opens(s) for s in (second, third, fourth)] == [False, True, True]


def test_signature_is_of_this_body_by_this_client():
    client, other = ApiClientFactory(), ApiClientFactory()
    good = signed(client.signing_secret)

    def opens(header, body=BODY, prefix=client.prefix):
        return client_of_signature(prefix, header, body) is not None

    assert opens(good)
    assert opens(f"{signed('x' * 20)}, {good}")  # Coral signs with old and new
    assert not opens(good, body=BODY + b" ")
    assert not opens(good, prefix=other.prefix)
    assert not opens(good, prefix="' OR 1=1")
    for header in ("", "sha256=", good[7:], good.upper(), good[:-1], f"sha1={good[7:]}",
                   "é" * 64, ",".join([signed("x" * 20)] * 4 + [good])):  # fmt: skip
        assert not opens(header), header


def test_use_is_noted_once_a_minute(django_assert_num_queries):
    client = ApiClientFactory()
    with time_machine.travel("2026-12-31T10:00:00Z", tick=False) as clock:
        note_use(client)
        client.refresh_from_db()
        assert client.last_used_at == timezone.now()
        clock.shift(timedelta(seconds=30))
        with django_assert_num_queries(0):
            note_use(client)
        clock.shift(timedelta(seconds=31))
        note_use(client)
        client.refresh_from_db()
        assert client.last_used_at == timezone.now()


def suggest(client, text, mark="comment:1", **values):
    keep_suggestion(
        client=client,
        text=text,
        values={Attribute[name]: value for name, value in values.items()},
        client_token=mark,
        community_id="Coral:journal.example",
    )


def test_second_judgement_replaces_the_first():
    client = ApiClientFactory()
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        suggest(client, "Un avis.", TOXICITY=1)
        assert list(labelled_texts()) == [("Un avis.", 1, timezone.now())]
        first = timezone.now()
        clock.shift(timedelta(hours=1))
        suggest(client, "Un avis.", TOXICITY=0)
        [row] = SuggestedScore.objects.all()
        assert (row.value, row.created_at, row.changed_at) == (0, first, timezone.now())
        assert list(labelled_texts()) == [("Un avis.", 0, timezone.now())]


def test_each_text_is_given_once_with_its_latest_judgement():
    one, other = ApiClientFactory(), ApiClientFactory()
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        suggest(one, "Discuté.", TOXICITY=1)
        suggest(one, "Deux attributs.", TOXICITY=0, INSULT=1)
        suggest(one, "Gardé.", mark="", TOXICITY=0)
        clock.shift(timedelta(hours=1))
        suggest(other, "Discuté.", TOXICITY=0)
        later = timezone.now()
    labels = {text: (label, when) for text, label, when in labelled_texts()}
    assert labels["Discuté."] == (0, later)
    assert labels["Deux attributs."] == (1, later - timedelta(hours=1))
    assert labels["Gardé."][0] == 0
    assert len(labels) == 3


def test_labels_are_read_in_one_query(django_assert_num_queries):
    client = ApiClientFactory()
    for number in range(30):
        suggest(client, f"Avis {number}.", TOXICITY=number % 2)
    with django_assert_num_queries(1):
        assert sum(label for _text, label, _when in labelled_texts()) == 15
