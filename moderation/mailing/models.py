"""Mail owed to an author, noted in the transaction of what it tells of."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Commenter
from moderation.masking.models import Masking
from moderation.sanction_models import Sanction
from moderation.statement_models import StatementOfReasons

REFUSED_MAX = 6
"""An address that its server refused this often is written to no more."""


class OwedMailQuerySet(models.QuerySet["OwedMail"]):
    def due(self) -> Self:
        """Those not sent yet, to an address that is in use; what was undone is
        no news any more."""
        return self.filter(
            ~Q(author__user__email=""),
            Q(statement=None) | Q(statement__lifted_by=None),
            Q(masking=None) | Q(masking__lifted_at=None),
            author__user__is_active=True,
            told_at=None,
            refused__lt=REFUSED_MAX,
        )


class OwedMail(models.Model):
    """What an author is to be written: why a comment is hidden, what of it is masked,
    or a sanction.

    ``lifting``: that the sanction was lifted. ``told_at`` is when the mail server took
    it; until ``held_until`` one process alone may send it.
    """

    author = models.ForeignKey(Commenter, models.CASCADE, related_name="+")
    statement = models.OneToOneField(
        StatementOfReasons, models.CASCADE, null=True, related_name="mail"
    )
    masking = models.OneToOneField(
        Masking, models.CASCADE, null=True, related_name="mail"
    )
    sanction = models.ForeignKey(
        Sanction, models.CASCADE, null=True, related_name="mails"
    )
    lifting = models.BooleanField(_("levée"), default=False)
    created_at = models.DateTimeField(_("dû le"), default=timezone.now)
    told_at = models.DateTimeField(_("dit le"), null=True)
    held_until = models.DateTimeField(_("pris jusqu’au"), null=True)
    refused = models.PositiveSmallIntegerField(_("refus de l’adresse"), default=0)

    objects = OwedMailQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("courriel dû")
        verbose_name_plural = _("courriels dus")
        constraints = (
            models.CheckConstraint(
                condition=Q(statement=None, masking=None, sanction__isnull=False)
                | Q(statement=None, masking__isnull=False, sanction=None, lifting=False)
                | Q(
                    statement__isnull=False, masking=None, sanction=None, lifting=False
                ),
                name="owed_mail_tells_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=("sanction", "lifting"), name="owed_mail_once_a_sanction"
            ),
        )
        indexes = (
            models.Index("id", condition=Q(told_at=None), name="owed_mail_unsent"),
        )

    def __str__(self) -> str:
        told = self.statement or self.masking or self.sanction
        assert told is not None  # constraint owed_mail_tells_of_one_thing
        return told.puid
