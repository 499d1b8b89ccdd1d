"""Appeals (« contestations »): an author against the hiding of his comment, and the answer."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.statement_models import StatementOfReasons

ARGUMENT_MAX_LENGTH = 2000  # code points
REASONING_MAX_LENGTH = 2000  # code points
REFUSED_MAX = 5
"""An address that its server refused this often is written to no more."""


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> Self:
        return self.filter(state=Appeal.State.OPEN)

    def answered(self) -> Self:
        return self.filter(state=Appeal.State.ANSWERED)

    def due(self) -> Self:
        """Those whose answer was not yet mailed to an author who has an address."""
        account = "statement__comment__author__user"
        return self.answered().filter(
            ~Q((f"{account}__email", "")),
            (f"{account}__is_active", True),
            told_at=None,
            refused__lt=REFUSED_MAX,
        )


class Appeal(models.Model):
    """What an author objects to a statement of reasons, and what came of it, once.

    Open exactly as long as its statement stands unanswered: a moderator upholds the
    hiding or reverses it, or another decision on the comment leaves nothing to answer.
    ``decision`` is what lifted the statement, if something did; ``moderator`` answered
    it, ``reasoning`` is what the author reads. The database refuses to change what was
    asked and, once it is there, what was answered (migration 0014).
    """

    class State(models.TextChoices):
        OPEN = "open", _("ouverte")
        ANSWERED = "answered", _("close")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("masquage maintenu")
        REVERSED = "reversed", _("commentaire rétabli")
        MOOT = "moot", _("sans objet : une autre décision a remplacé celle-ci")

    statement = models.OneToOneField(
        StatementOfReasons,
        models.PROTECT,
        related_name="appeal",
        verbose_name=_("exposé des motifs"),
    )
    argument = models.TextField(
        _("argument"), max_length=ARGUMENT_MAX_LENGTH, blank=True
    )
    created_at = models.DateTimeField(_("reçue le"), default=timezone.now)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(_("issue"), max_length=8, choices=Outcome, blank=True)
    decision = models.OneToOneField(
        "moderation.Decision",
        models.PROTECT,
        related_name="answered_appeal",
        null=True,
        verbose_name=_("décision"),
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="answered_appeals",
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

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("contestation")
        verbose_name_plural = _("contestations")
        default_permissions = ()
        constraints = (
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
                    Q(
                        outcome="upheld",
                        decision=None,
                        moderator__isnull=False,
                    )
                    & ~Q(reasoning="")
                    | Q(
                        outcome="reversed",
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
                name="appeal_has_one_outcome",
            ),
        )
        indexes = (
            models.Index("id", name="appeal_open", condition=Q(state="open")),
            models.Index(
                "id", name="appeal_untold", condition=Q(state="answered", told_at=None)
            ),
        )

    def __str__(self) -> str:
        return str(self.statement)
