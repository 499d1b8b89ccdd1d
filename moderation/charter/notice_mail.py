"""The mail that tells an account of an important change of the charter."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from moderation.charter.addresses import changes_address
from moderation.charter.changing import changes_of, language_shown
from moderation.charter.notice_models import CharterNotice
from moderation.mailing.delivery import due_keys, send_owed

A_RUN = 500
"""Mails of one run of `send_notices`: what others are owed is not kept waiting."""
PLACES = 12
"""Places that a mail names before it leaves the rest to the page."""


def due_charter_notices() -> list[int]:
    """The keys of the notices that this run mails, oldest first."""
    return due_keys(CharterNotice.objects.due(), most=A_RUN)


def send_charter_notices(notices: Iterable[int]) -> Iterator[tuple[str, bool]]:
    """Send the mail of each of ``notices`` (keys); see `send_owed`."""
    return send_owed(
        CharterNotice.objects.due(),
        notices,
        load=_with_all,
        mail_of=notice_mail,
        name_of=_name,
    )


def notice_mail(notice: CharterNotice) -> EmailMessage:
    """What the account of ``notice``, which has an address, is told, in its language."""
    version, account = notice.version, notice.account
    commenter = getattr(account, "commenter", None)
    host = urlsplit(settings.NEWSPAPER_URL).hostname
    with override(commenter.language if commenter else settings.LANGUAGE_CODE):
        changed = changes_of(version.number, version.published_at, language_shown())
        context = {
            "version": version,
            "places": [change.where for change in changed[:PLACES]],
            "more": max(0, len(changed) - PLACES),
            "address": settings.NEWSPAPER_URL + changes_address(version.number),
            "newspaper_name": settings.NEWSPAPER_NAME,
            "newspaper_url": settings.NEWSPAPER_URL,
        }
        return EmailMessage(
            subject=_("%(newspaper)s : la charte des commentaires a changé")
            % {"newspaper": settings.NEWSPAPER_NAME},
            body=render_to_string("moderation/mail/charter_changed.txt", context),
            to=[account.email],
            reply_to=[settings.CONTACT_EMAIL],
            headers={
                "Auto-Submitted": "auto-generated",
                "Message-ID": f"<{_name(notice)}@{host}>",
            },
        )


def _name(notice: CharterNotice) -> str:
    """No word of whom it is for: it stands in logs."""
    return f"{notice}.{notice.pk}"


def _with_all(pk: int) -> CharterNotice:
    return (
        CharterNotice.objects.select_related("account__commenter", "version")
        .defer("version__content", "version__titles")
        .get(pk=pk)
    )
