"""What a commenter may not do for a while, and what moderators note of him."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Commenter
from moderation.charter.catalog import LANGUAGES
from moderation.charter.in_force import number_when
from moderation.reasons import ReasonCode
from moderation.said import Said
from moderation.statement_models import StatementOfReasons, new_puid

NOTE_MAX_LENGTH = 2000  # characters
_REQUIRED = (
    "puid",
    "reason",
    "source",
    "ground",
    "clause",
    *(
        f"{part}_{language}"
        for part in ("clause", "facts", "message", "redress")
        for language in LANGUAGES
    ),
)
_MEASURES = {
    "review": "DECISION_VISIBILITY_OTHER",
    "suspension": "DECISION_PROVISION_PARTIAL_SUSPENSION",
    "ban": "DECISION_PROVISION_PARTIAL_SUSPENSION",
}


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def with_charter(self) -> Self:
        """Each with the charter's version that held then, for `Said.charter_number`."""
        return self.annotate(charter_then=number_when("begins_at"))

    def in_force(self) -> Self:
        """Those whose time has come and is not over, and that were not lifted.

        A review of comments that were all received since is still among them: only
        `Sanction.stands`, with the count of `with_held`, tells.
        """
        now = timezone.now()
        return self.filter(lifted_at=None, begins_at__lte=now, ends_at__gt=now)

    def with_held(self) -> Self:
        """Each with `held`: how many comments waited because of it; the latest first."""
        return self.annotate(held=Count("holds")).order_by("-pk")

    def standing(self) -> Self:
        """Those that hold now, as `Sanction.stands` says of each: with `held`."""
        return (
            self.in_force()
            .with_held()
            .exclude(kind=Sanction.Kind.REVIEW, held__gte=F("comments_to_review"))
        )


class Sanction(Said, models.Model):
    """A warning or restriction of a commenter's account, and its statement of reasons.

    One row is both: there is no restriction without a complete statement (DSA art. 17,
    TRUST L-09). It always has an end (L-17) and ends by itself: whether it holds is read
    from the clock. The database refuses any change but one, once: who lifted it, when and
    why (migration 0015: on SQLite, whatever rebuilds this table must make its triggers
    again). ``note``, ``grave_reason`` and ``lift_reason`` are for moderators.
    """

    SAID_AT = "begins_at"

    class Kind(models.TextChoices):
        WARNING = "warning", _("avertissement")
        REVIEW = "review", _("relecture des prochains commentaires")
        SUSPENSION = "suspension", _("suspension")
        BAN = "ban", _("bannissement")

    NO_POSTING = (Kind.SUSPENSION, Kind.BAN)

    puid = models.CharField(
        _("référence"), max_length=40, unique=True, default=new_puid
    )
    author = models.ForeignKey(
        Commenter, models.PROTECT, related_name="sanctions", verbose_name=_("auteur")
    )
    kind = models.CharField(_("sanction"), max_length=10, choices=Kind)
    begins_at = models.DateTimeField(_("depuis"), default=timezone.now)
    ends_at = models.DateTimeField(_("jusqu’à"), help_text=_("exclue"))
    comments_to_review = models.PositiveSmallIntegerField(
        _("commentaires à relire"), null=True
    )
    reason = models.CharField(_("motif"), max_length=30, choices=ReasonCode)
    source = models.CharField(
        _("origine"), max_length=30, choices=StatementOfReasons.Source
    )
    ground = models.CharField(
        _("fondement"), max_length=40, choices=StatementOfReasons.Ground
    )
    clause = models.CharField(_("clause de la charte"), max_length=30)
    clause_fr = models.CharField(_("clause, en français"), max_length=200)
    clause_en = models.CharField(_("clause, en anglais"), max_length=200)
    law_fr = models.CharField(_("loi, en français"), max_length=500, blank=True)
    law_en = models.CharField(_("loi, en anglais"), max_length=500, blank=True)
    facts_fr = models.TextField(_("faits, en français"))
    facts_en = models.TextField(_("faits, en anglais"))
    message_fr = models.TextField(_("message, en français"))
    message_en = models.TextField(_("message, en anglais"))
    redress_fr = models.TextField(_("recours, en français"))
    redress_en = models.TextField(_("recours, en anglais"))
    grave = models.BooleanField(_("faits graves, sans avertissement"), default=False)
    grave_reason = models.TextField(_("pourquoi ils sont graves"), blank=True)
    note = models.TextField(_("note"), blank=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("modérateur"),
    )
    lifted_at = models.DateTimeField(_("levée le"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("levée par"),
    )
    lift_reason = models.TextField(_("raison de la levée"), blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("warning", "review", "suspension", "ban")),
                name="sanction_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="sanction_ends"
            ),
            models.CheckConstraint(
                condition=Q(kind="review", comments_to_review__gt=0)
                | ~Q(kind="review") & Q(comments_to_review=None),
                name="sanction_review_counts_comments",
            ),
            models.CheckConstraint(
                condition=Q(grave=False, grave_reason="")
                | Q(grave=True) & ~Q(grave_reason=""),
                name="sanction_grave_says_why",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False)
                & ~Q(lift_reason=""),
                name="sanction_lifted_by_someone_who_says_why",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(**{name: ""}), name=f"sanction_{name}_not_empty"
                )
                for name in _REQUIRED
            ),
            models.CheckConstraint(
                condition=Q(ground=StatementOfReasons.Ground.ILLEGAL)
                & ~Q(law_fr="")
                & ~Q(law_en="")
                | ~Q(ground=StatementOfReasons.Ground.ILLEGAL)
                & Q(law_fr="", law_en=""),
                name="sanction_law_named_where_it_is_the_ground",
            ),
        )
        indexes = (
            models.Index(
                "author", name="sanction_not_lifted", condition=Q(lifted_at=None)
            ),
            models.Index(
                "ends_at", "id", name="sanction_by_end", condition=Q(lifted_at=None)
            ),
        )

    def __str__(self) -> str:
        return self.puid

    @property
    def stands(self) -> bool:
        """Whether it holds now. A review needs `with_held`."""
        if self.lifted_at or not self.begins_at <= timezone.now() < self.ends_at:
            return False
        return self.kind != self.Kind.REVIEW or self.left > 0

    @property
    def left(self) -> int:
        """How many comments of a review out of `with_held` are still to wait."""
        held: int = getattr(self, "held", 0)
        return max(0, (self.comments_to_review or 0) - held)

    @property
    def restricts(self) -> bool:
        """A warning takes nothing away; all others do."""
        return self.kind != self.Kind.WARNING

    @property
    def last_day(self) -> date:
        """The last day on which it holds, in the newspaper's time zone."""
        return timezone.localtime(self.ends_at - timedelta(microseconds=1)).date()

    @property
    def over_since(self) -> datetime | None:
        """When it was lifted or ended; None for a review whose comments all came in."""
        return self.lifted_at or (
            self.ends_at if self.ends_at <= timezone.now() else None
        )

    @property
    def measure(self) -> str:
        """The European database's name for the restriction; empty for a warning.

        What is withdrawn is a part of the service, never reading (TRUST L-18).
        """
        return _MEASURES.get(self.kind, "")

    @property
    def reason_name(self) -> str:
        """The reason without what only moderators need to know of it, in brackets."""
        return str(self.get_reason_display()).partition(" (")[0]


class AuthorHold(models.Model):
    """A comment that waits for its author's sake, whatever its text says.

    ``number`` counts the comments that one sanction made wait, from 1: unique, so that
    two comments sent at once are never both its last.
    """

    class Cause(models.TextChoices):
        SANCTION = "sanction", _("relecture décidée par un modérateur")
        NEWCOMER = "newcomer", _("premiers commentaires d’un auteur")
        RECORD = "record", _("plusieurs commentaires masqués récemment")

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="author_hold"
    )
    cause = models.CharField(_("cause"), max_length=8, choices=Cause)
    sanction = models.ForeignKey(
        Sanction, models.PROTECT, related_name="holds", null=True, db_index=False
    )
    number = models.PositiveSmallIntegerField(_("rang"), null=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("sanction", "number"), name="author_hold_numbered"
            ),
            models.CheckConstraint(
                condition=Q(cause="sanction", sanction__isnull=False, number__gt=0)
                | ~Q(cause="sanction") & Q(sanction=None, number=None),
                name="author_hold_counted_for_a_sanction",
            ),
        )

    def __str__(self) -> str:
        return str(self.comment_id)


class AuthorNote(models.Model):
    """What a moderator wants colleagues to know of a commenter.

    Personal data: the person may ask to read it (TRUST P-01).
    """

    author = models.ForeignKey(
        Commenter, models.CASCADE, related_name="notes", verbose_name=_("auteur")
    )
    text = models.TextField(_("note"), max_length=NOTE_MAX_LENGTH)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("écrite par"),
    )
    written_at = models.DateTimeField(_("écrite le"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        verbose_name = _("note sur un auteur")
        verbose_name_plural = _("notes sur un auteur")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="author_note_written"),
        )

    def __str__(self) -> str:
        return str(self.pk)
