"""What each account is told of a version of the charter: by mail, and on the page."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.charter.models import CharterVersion
from moderation.mailing.models import REFUSED_MAX

NEWS_FOR = timedelta(days=30)
"""How long a mail may still go: an address given years later is told nothing old."""


class CharterNoticeQuerySet(models.QuerySet["CharterNotice"]):
    def due(self) -> Self:
        """Those whose mail has not gone, to an address that is in use."""
        return self.filter(
            ~Q(account__email=""),
            account__is_active=True,
            told_at=None,
            refused__lt=REFUSED_MAX,
            created_at__gt=timezone.now() - NEWS_FOR,
        )

    def unread(self) -> Self:
        return self.filter(seen_at=None)


class CharterNotice(models.Model):
    """That an account is to be told of a version that changes what matters to it.

    ``told_at`` is when the mail server took its mail; until ``held_until`` one process
    alone may send it. ``seen_at`` is when its reader opened the charter, or dismissed
    what the page says.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    version = models.ForeignKey(
        CharterVersion, models.PROTECT, related_name="notices", db_index=False
    )
    created_at = models.DateTimeField(_("dû le"), default=timezone.now)
    told_at = models.DateTimeField(_("dit le"), null=True)
    held_until = models.DateTimeField(_("pris jusqu’au"), null=True)
    refused = models.PositiveSmallIntegerField(_("refus de l’adresse"), default=0)
    seen_at = models.DateTimeField(_("lu le"), null=True)

    objects = CharterNoticeQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        verbose_name = _("avis d’une nouvelle charte")
        verbose_name_plural = _("avis d’une nouvelle charte")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "account"), name="charter_notice_once_an_account"
            ),
        )
        indexes = (
            models.Index("id", condition=Q(told_at=None), name="charter_notice_unsent"),
        )

    def __str__(self) -> str:
        return f"charte-{self.version_id}"
