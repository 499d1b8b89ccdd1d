"""One decision asked for many comments, and how far it has come."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment
from moderation.choices import Action
from moderation.reasons import ReasonCode


class DecisionBatch(models.Model):
    """A moderator's decision on many comments; each of them gets its own row.

    The comments are its items, fixed when it starts: whatever arrives later is not
    taken. ``filters`` are those of `moderation.filters.QueueFilters` if everything that
    met them was taken, null for comments chosen one by one. The counts agree with the
    items, in the transaction of every chunk.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("en cours")
        DONE = "done", _("terminé")
        CANCELLED = "cancelled", _("arrêté")
        UNDOING = "undoing", _("en cours d’annulation")
        UNDONE = "undone", _("annulé")

    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="decision_batches",
        verbose_name=_("modérateur"),
    )
    action = models.CharField(_("action"), max_length=7, choices=Action)
    reason = models.CharField(_("motif"), max_length=30, choices=ReasonCode, blank=True)
    note = models.TextField(_("note"), blank=True)
    filters = models.JSONField(_("filtres"), null=True, encoder=DjangoJSONEncoder)
    state = models.CharField(
        _("état"), max_length=9, choices=State, default=State.RUNNING
    )
    total = models.PositiveIntegerField(_("commentaires"), default=0)
    done = models.PositiveIntegerField(_("décidés"), default=0)
    skipped = models.PositiveIntegerField(_("laissés"), default=0)
    undone = models.PositiveIntegerField(_("décisions annulées"), default=0)
    kept = models.PositiveIntegerField(_("décisions gardées"), default=0)
    first_decision = models.OneToOneField(
        "moderation.Decision",
        models.PROTECT,
        related_name="+",
        null=True,
        help_text=_("la place du lot dans l’historique"),
    )
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("annulé par"),
    )
    created_at = models.DateTimeField(_("lancé le"), default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ("-pk",)
        verbose_name = _("lot de décisions")
        verbose_name_plural = _("lots de décisions")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    state__in=("running", "done", "cancelled", "undoing", "undone")
                ),
                name="batch_state_known",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F("done") + F("skipped")),
                name="batch_counts_within_total",
            ),
            models.CheckConstraint(
                condition=Q(done__gte=F("undone") + F("kept")),
                name="batch_undoes_what_it_did",
            ),
        )
        indexes = (
            models.Index(
                "id",
                name="batch_unfinished",
                condition=Q(state__in=("running", "undoing")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.pk})"

    @property
    def left(self) -> int:
        """How many comments are still to be decided."""
        return self.total - self.done - self.skipped

    @property
    def goal(self) -> int:
        """How many comments the work at hand concerns: deciding, or undoing."""
        return self.done if self._is_undone else self.total

    @property
    def reached(self) -> int:
        """How many of the ``goal`` are dealt with."""
        return self.undone + self.kept if self._is_undone else self.total - self.left

    @property
    def _is_undone(self) -> bool:
        return self.state in (self.State.UNDOING, self.State.UNDONE)

    @property
    def unfinished(self) -> bool:
        """Whether another chunk would do something."""
        return self.state in (self.State.RUNNING, self.State.UNDOING)

    def left_alone_counts(self) -> dict[str, int]:
        """{outcome: how many comments}, of those that stayed as others left them."""
        items = self.items.filter(outcome__in=BatchItem.LEFT_ALONE).order_by()
        return dict(items.values_list("outcome").annotate(models.Count("pk")))

    @property
    def can_be_undone(self) -> bool:
        return self.state in (
            self.State.RUNNING,
            self.State.DONE,
            self.State.CANCELLED,
        )


class BatchItem(models.Model):
    """One comment of a batch, as it was when the moderator asked for it.

    ``after`` is the key of the last decision seen, null if there was none.
    """

    class Outcome(models.TextChoices):
        WAITING = "", _("à faire")
        DONE = "done", _("décidé")
        DECIDED = "decided", _("traité entre-temps")
        EDITED = "edited", _("modifié entre-temps par son auteur")
        DELETED = "deleted", _("supprimé")
        UNDONE = "undone", _("décision annulée")
        KEPT = "kept", _("traité depuis : sa décision reste")

    SKIPPED = (Outcome.DECIDED, Outcome.EDITED, Outcome.DELETED)
    LEFT_ALONE = (*SKIPPED, Outcome.KEPT)

    batch = models.ForeignKey(
        DecisionBatch, models.CASCADE, related_name="items", db_index=False
    )
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="+")
    revision = models.PositiveBigIntegerField(help_text=_("clé du texte vu"))
    after = models.PositiveBigIntegerField(null=True)
    outcome = models.CharField(
        _("issue"), max_length=7, choices=Outcome, default=Outcome.WAITING, blank=True
    )

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "comment"), name="batchitem_comment_once"
            ),
        )
        indexes = (models.Index("batch", "outcome", "id", name="batchitem_by_outcome"),)

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.comment_id}"
