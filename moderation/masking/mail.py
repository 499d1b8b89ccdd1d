"""The author is told by mail of what was masked: in plain text, in his language."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from moderation.masking.models import Masking
from moderation.masking.texts import duration_text
from moderation.statement_mail import own_path


def masking_mail(masking: Masking) -> EmailMessage:
    """What tells the author, who has an account and an address.

    Without the masked words: mail is no place for them. His account's page shows them.
    """
    author = masking.comment.author
    assert author.user is not None  # owed to none without
    with override(author.language):
        context = {
            "masking": masking,
            "article": masking.comment.article,
            "duration": duration_text(masking),
            "address": settings.NEWSPAPER_URL + own_path(masking.comment),
            "newspaper_name": settings.NEWSPAPER_NAME,
            "newspaper_url": settings.NEWSPAPER_URL,
        }
        return EmailMessage(
            subject=_("%(newspaper)s : des coordonnées masquées dans votre commentaire")
            % {"newspaper": settings.NEWSPAPER_NAME},
            body=render_to_string("moderation/mail/masking.txt", context),
            to=[author.user.email],
            reply_to=[settings.CONTACT_EMAIL],
            headers={"Auto-Submitted": "auto-generated"},
        )
