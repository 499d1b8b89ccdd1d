"""Complaints: a reader whose report was not followed contests it, and the answer."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.appeal_models import (
    ARGUMENT_MAX_LENGTH,
    REASONING_MAX_LENGTH,
    REFUSED_MAX,
    Appeal,
)
from moderation.report_models import Report


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def open(self) -> Self:
        return self.filter(state=Complaint.State.OPEN)

    def due(self) -> Self:
        """Those whose answer was not yet mailed to a reporter who gave an address."""
        return self.filter(
            state=Complaint.State.ANSWERED, told_at=None, refused__lt=REFUSED_MAX
        ).exclude(report__email="")


class Complaint(models.Model):
    """What a reporter objects to the decision that kept a comment (DSA art. 20).

    One a decision. Open as long as the comment is kept and nobody answered: a moderator
    keeps it again or hides it, or another decision leaves nothing to answer. ``decision``
    is what hid the comment, or took its object away; ``moderator`` answered, ``reasoning``
    is what the reporter reads. The database refuses to change what was asked and, once it
    is there, what was answered (migration 0027).
    """

    class State(models.TextChoices):
        OPEN = "open", _("ouverte")
        ANSWERED = "answered", _("close")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("commentaire laissé en ligne")
        HIDDEN = "hidden", _("commentaire masqué")
        MOOT = "moot", _("sans objet : une autre décision a remplacé celle-ci")

    report = models.ForeignKey(
        Report,
        models.PROTECT,
        related_name="complaints",
        verbose_name=_("signalement"),
    )
    contested = models.ForeignKey(
        "moderation.Decision",
        models.PROTECT,
        related_name="complaints",
        verbose_name=_("décision contestée"),
    )
    argument = models.TextField(
        _("argument"), max_length=ARGUMENT_MAX_LENGTH, blank=True
    )
    created_at = models.DateTimeField(_("reçue le"), default=timezone.now)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(_("issue"), max_length=8, choices=Outcome, blank=True)
    decision = models.ForeignKey(
        "moderation.Decision",
        models.PROTECT,
        related_name="answered_complaints",
        null=True,
        verbose_name=_("décision"),
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("modérateur"),
    )
    reasoning = models.TextField(
        _("réponse motivée"), max_length=REASONING_MAX_LENGTH, blank=True
    )
    answered_at = models.DateTimeField(_("close le"), null=True)
    told_at = models.DateTimeField(_("réponse envoyée le"), null=True)
    held_until = models.DateTimeField(
        null=True,
        help_text=_("rien ne lui est écrit avant : on lui écrit déjà, ou on a échoué"),
    )
    refused = models.PositiveSmallIntegerField(_("refus de l’adresse"), default=0)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("contestation d’un lecteur")
        verbose_name_plural = _("contestations de lecteurs")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("report", "contested"), name="complaint_once_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="open",
                    outcome="",
                    decision=None,
                    moderator=None,
                    reasoning="",
                    answered_at=None,
                    told_at=None,
                )
                | Q(
                    Q(outcome="kept", decision=None, moderator__isnull=False)
                    & ~Q(reasoning="")
                    | Q(
                        outcome="hidden",
                        decision__isnull=False,
                        moderator__isnull=False,
                    )
                    & ~Q(reasoning="")
                    | Q(
                        outcome="moot",
                        decision__isnull=False,
                        moderator=None,
                        reasoning="",
                    ),
                    state="answered",
                    answered_at__isnull=False,
                ),
                name="complaint_has_one_outcome",
            ),
            models.CheckConstraint(
                condition=Q(decision=None) | ~Q(decision=F("contested")),
                name="complaint_answered_by_another_decision",
            ),
        )
        indexes = (
            models.Index("id", name="complaint_open", condition=Q(state="open")),
            models.Index(
                "id",
                name="complaint_untold",
                condition=Q(state="answered", told_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.report} ({self.pk})"


def open_contested(until: datetime | None = None) -> int:
    """How many appeals and complaints wait; only those that came ``until`` a moment, if
    one is given. One query."""
    came = {} if until is None else {"created_at__lte": until}
    appeals = Appeal.objects.open().filter(**came).order_by().values("pk")
    complaints = Complaint.objects.open().filter(**came).order_by().values("pk")
    return appeals.union(complaints, all=True).count()
