"""What administrators are written when an endpoint is taken out of service."""

import logging

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from moderation.webhooks.models import WebhookEndpoint

logger = logging.getLogger(__name__)


def tell_administrators(pk: int) -> None:
    """Write to each account that may change endpoints. A failure is logged."""
    endpoint = WebhookEndpoint.objects.get(pk=pk)
    page = reverse("admin:moderation_webhookendpoint_change", args=[pk])
    with override(settings.LANGUAGE_CODE):
        subject = _("%(newspaper)s : une adresse d’envoi est hors service") % {
            "newspaper": settings.NEWSPAPER_NAME
        }
        text = render_to_string(
            "moderation/mail/webhook_disabled.txt",
            {
                "endpoint": endpoint,
                "page": f"{settings.NEWSPAPER_URL}{page}",
                "newspaper_name": settings.NEWSPAPER_NAME,
            },
        )
    mails = [
        EmailMessage(
            subject=subject,
            body=text,
            to=[account.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        for account in administrators()
    ]
    try:
        get_connection().send_messages(mails)
    except Exception:
        logger.exception("webhook endpoint %s: administrators were not told", pk)


def administrators() -> list[User]:
    """Active accounts with an address that may put an endpoint back in service."""
    allowed = User.objects.with_perm(
        "moderation.change_webhookendpoint",
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return list(allowed.filter(is_staff=True).exclude(email="").order_by("pk"))
