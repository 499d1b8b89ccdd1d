"""A digest by mail: numbers and links to the desk, never a word of a comment.

Its reader ends it with one press, from the mail program itself (RFC 8058) or by the
link in the text.
"""

from collections.abc import Iterator
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from moderation.alerts.digest import Digest, Frequency, digest_of, may_read_desk
from moderation.alerts.models import DeskMail, DigestPreference
from moderation.alerts.outbox import Composer, send_due

_signer = Signer(salt="moderation.digest")


def send_digests() -> Iterator[tuple[DeskMail, bool]]:
    """Send the digests that are owed (see `send_due`); figures are read once a round."""
    yield from send_due(DeskMail.objects.filter(period__isnull=False), _composer())


def stop_token(account: int) -> str:
    """What lets whoever holds it end the digest of ``account``, and nothing else."""
    return _signer.sign(str(account))


def account_of(token: str) -> User | None:
    """Whose digest ``token`` ends; none if it was not signed here."""
    try:
        key = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return User.objects.filter(pk=key).first()


def _composer() -> Composer:
    figures = cache(digest_of)

    def compose(mail: DeskMail) -> EmailMessage | None:
        if not _still_wanted(mail):
            return None
        assert mail.period is not None  # constraint digest_has_its_days
        assert mail.days is not None
        assert mail.account_id is not None
        stop = _address("moderation:digest_stop", stop_token(mail.account_id))
        context = _context(figures(mail.period, mail.days))
        context |= {
            "days": mail.days,
            "stop_url": stop,
            "choose_url": _address("moderation:digest"),
        }
        subject = (
            _("%(newspaper)s : la modération aujourd’hui")
            if mail.days == 1
            else _("%(newspaper)s : la modération cette semaine")
        )
        return EmailMessage(
            subject=subject % {"newspaper": settings.NEWSPAPER_NAME},
            body=render_to_string("moderation/mail/digest.txt", context),
            to=[mail.address],
            headers={
                "Message-ID": mail.message_id,
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )

    return compose


def _still_wanted(mail: DeskMail) -> bool:
    """Neither ended since it was noted, nor owed to who may no longer see the desk."""
    if mail.account is None or not may_read_desk(mail.account):
        return False
    chosen = DigestPreference.objects.filter(account=mail.account)
    return chosen.exclude(frequency=Frequency.NEVER).exists()


def _context(digest: Digest) -> dict[str, object]:
    queue = _address("moderation:queue")
    days = {"du": digest.first.isoformat(), "au": digest.last.isoformat()}
    return {
        "digest": digest,
        "pending_url": f"{queue}?etat=attente",
        "reported_url": f"{queue}?lecteurs=oui",
        "late_url": f"{queue}?retard=oui",
        "appeals_url": _address("moderation:appeals"),
        "decided_url": f"{_address('moderation:dashboard')}?{urlencode(days)}",
        "heating": [
            (" ".join(heat.title.split()), heat, f"{queue}?article={heat.article}")
            for heat in digest.heating
        ],
        "newspaper_name": settings.NEWSPAPER_NAME,
        "newspaper_url": settings.NEWSPAPER_URL,
    }


def _address(name: str, *args: object) -> str:
    return f"{settings.NEWSPAPER_URL}{reverse(name, args=args)}"
