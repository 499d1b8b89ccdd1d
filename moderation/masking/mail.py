"""The author is told by mail of what was masked: in plain text, in his language."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from moderation.masking.models import Masking
from moderation.masking.texts import duration_text
from moderation.statement_mail import own_path

logger = logging.getLogger(__name__)


def send_masking(pk: int) -> None:
    """Tell the author of the masking ``pk``; what cannot be sent is logged.

    Without the masked words: mail is no place for them. His account's page shows them.
    """
    masking = Masking.objects.select_related(
        "comment__article", "comment__author__user"
    ).get(pk=pk)
    account = masking.comment.author.user
    if account is None or not account.is_active or not account.email:
        return
    with override(masking.comment.author.language):
        context = {
            "masking": masking,
            "article": masking.comment.article,
            "duration": duration_text(masking),
            "address": settings.NEWSPAPER_URL + own_path(masking.comment),
            "newspaper_name": settings.NEWSPAPER_NAME,
            "newspaper_url": settings.NEWSPAPER_URL,
        }
        mail = EmailMessage(
            subject=_("%(newspaper)s : des coordonnées masquées dans votre commentaire")
            % {"newspaper": settings.NEWSPAPER_NAME},
            body=render_to_string("moderation/mail/masking.txt", context),
            to=[account.email],
            reply_to=[settings.CONTACT_EMAIL],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        mail.send()
    except Exception:
        logger.exception("masking %s was not sent", masking.puid)
