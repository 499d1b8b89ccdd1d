"""A sanctioned author is told by mail too: in plain text, in his language."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from moderation.models import Sanction
from moderation.reason_details import reason_details
from moderation.sanction_text import last_day, measure_text, untouched_text


def sanction_mail(sanction: Sanction) -> EmailMessage:
    """What tells the author of ``sanction``, who has an account and an address."""
    with override(sanction.author.language):
        subject = {
            Sanction.Kind.WARNING: _("%(newspaper)s : un avertissement"),
            Sanction.Kind.REVIEW: _(
                "%(newspaper)s : vos prochains commentaires seront relus"
            ),
            Sanction.Kind.SUSPENSION: _(
                "%(newspaper)s : vous ne pouvez plus commenter pour un temps"
            ),
            Sanction.Kind.BAN: _("%(newspaper)s : les commentaires vous sont fermés"),
        }[Sanction.Kind(sanction.kind)]
        return _mail(sanction, subject, mail_text(sanction))


def lifting_mail(sanction: Sanction) -> EmailMessage:
    """What tells the author that ``sanction`` was lifted."""
    with override(sanction.author.language):
        text = render_to_string(
            "moderation/sanction_lifted_mail.txt", _context(sanction)
        )
        return _mail(sanction, _("%(newspaper)s : une sanction est levée"), text)


def mail_text(sanction: Sanction) -> str:
    """What the author is written, in the active language; also before it is stored."""
    return render_to_string("moderation/sanction_mail.txt", _context(sanction))


def is_mailed(sanction: Sanction) -> bool:
    """Whether its author is told by mail too: not for every reason, nor without address."""
    account = sanction.author.user
    return (
        reason_details()[sanction.reason].mailed
        and account is not None
        and account.is_active
        and bool(account.email)
    )


def _context(sanction: Sanction) -> dict[str, object]:
    return {
        "sanction": sanction,
        "measure": measure_text(sanction),
        "untouched": untouched_text(sanction),
        "last_day": last_day(sanction),
        "address": f"{settings.NEWSPAPER_URL}{reverse('my_comments')}",
        "newspaper_name": settings.NEWSPAPER_NAME,
        "newspaper_url": settings.NEWSPAPER_URL,
    }


def _mail(sanction: Sanction, subject: str, text: str) -> EmailMessage:
    account = sanction.author.user
    assert account is not None  # owed to none without
    return EmailMessage(
        subject=subject % {"newspaper": settings.NEWSPAPER_NAME},
        body=text,
        to=[account.email],
        reply_to=[settings.CONTACT_EMAIL],
        headers={"Auto-Submitted": "auto-generated"},
    )
