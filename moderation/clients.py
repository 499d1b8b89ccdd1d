"""Keys and signing secrets of other systems: made, checked, replaced."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from moderation.models import ApiClient

_KEY = re.compile(r"nr_[0-9a-f]{8}_[0-9A-Za-z_-]{43}", re.ASCII)
_PREFIX = re.compile(r"[0-9a-f]{8}", re.ASCII)
_SIGNATURE = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)
MAX_SIGNATURES = 4
"""A caller that changes its secret signs with the old and the new one."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What is shown once, to whoever made it; empty for what did not change."""

    key: str = ""
    signing_secret: str = ""


def give_credentials(client: ApiClient, *, signing_secret: str = "") -> Credentials:
    """Fill in a new client's key and secret, without saving it.

    ``signing_secret`` is the caller's own (Coral draws it); one is drawn if empty.
    """
    client.prefix = secrets.token_hex(4)
    client.signing_secret = signing_secret or secrets.token_urlsafe(32)
    return Credentials(_new_key(client), client.signing_secret)


@transaction.atomic
def replace_key(client: ApiClient) -> Credentials:
    """The former key is worth nothing from now on; its visible beginning stays."""
    client = ApiClient.objects.select_for_update().get(pk=client.pk)
    key = _new_key(client)
    client.save(update_fields=["key_hash"])
    return Credentials(key=key)


@transaction.atomic
def replace_secret(client: ApiClient, *, signing_secret: str = "") -> Credentials:
    """A new signing secret; the present one stays good until the next is made."""
    client = ApiClient.objects.select_for_update().get(pk=client.pk)
    client.former_signing_secret = client.signing_secret
    client.signing_secret = signing_secret or secrets.token_urlsafe(32)
    client.secret_changed_at = timezone.now()
    client.save(
        update_fields=["signing_secret", "former_signing_secret", "secret_changed_at"]
    )
    return Credentials(signing_secret=client.signing_secret)


def retire_former_secret(client: ApiClient) -> None:
    ApiClient.objects.filter(pk=client.pk).update(former_signing_secret="")


def client_of_key(key: str) -> ApiClient | None:
    """The active client that ``key`` belongs to. What cannot be a key costs no query."""
    if not _KEY.fullmatch(key):
        return None
    return ApiClient.objects.active().filter(key_hash=_hash(key)).first()


def client_of_signature(prefix: str, header: str, body: bytes) -> ApiClient | None:
    """The active client of that ``prefix``, if it signed ``body``.

    ``header`` is `sha256=<hexadecimal HMAC of the body>`, several with commas.
    """
    if not _PREFIX.fullmatch(prefix):
        return None
    client = ApiClient.objects.active().filter(prefix=prefix).first()
    if client is None or not _is_signed(client, header, body):
        return None
    return client


def note_use(client: ApiClient) -> None:
    if not client.was_just_used:
        ApiClient.objects.filter(pk=client.pk).update(last_used_at=timezone.now())


def _is_signed(client: ApiClient, header: str, body: bytes) -> bool:
    given = [
        found[1]
        for part in header.split(",", MAX_SIGNATURES)[:MAX_SIGNATURES]
        if (found := _SIGNATURE.fullmatch(part.strip()))
    ]
    expected = [
        hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        for secret in client.live_secrets
    ]
    return any(hmac.compare_digest(g, e) for g in given for e in expected)


def _new_key(client: ApiClient) -> str:
    key = f"nr_{client.prefix}_{secrets.token_urlsafe(32)}"
    client.key_hash = _hash(key)
    return key


def _hash(key: str) -> str:
    """A key is 256 random bits: nothing that a slow hash would protect."""
    return hashlib.sha256(key.encode()).hexdigest()
