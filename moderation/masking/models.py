"""Maskings: telephone numbers, addresses and the like that readers no longer see."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.masking import Mask, MaskKind
from comments.models import Comment, Revision
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
    "category",
    "keyword",
    *(
        f"{part}_{language}"
        for part in ("clause", "facts", "message", "redress")
        for language in LANGUAGES
    ),
)


class MaskingQuerySet(models.QuerySet["Masking"]):
    def with_charter(self) -> Self:
        """Each with the charter's version that held then, for `Said.charter_number`."""
        return self.annotate(charter_then=number_when("created_at"))

    def standing(self) -> Self:
        """Those that nobody lifted: readers do not see their spans."""
        return self.filter(lifted_at=None)

    def of_current_text(self) -> Self:
        """Those of texts that the author has not replaced since."""
        return self.filter(comment__revision=F("revision"))


class Masking(Said, models.Model):
    """One act: spans of a text that a moderator masked, and its statement of reasons.

    One row is both, so that no mask lacks a complete statement (DSA art. 17, TRUST
    L-09); the text is never changed (E-02). ``spans`` are [[start, end, kind]], in
    code points of ``revision``'s text; those of all its standing maskings together are
    what `Revision.masks` holds. The database refuses any change but one, once: who
    lifted it and when (migration 0026: on SQLite, whatever rebuilds this table must
    make its triggers again). ``note`` is for moderators.
    """

    puid = models.CharField(
        _("référence"), max_length=40, unique=True, default=new_puid
    )
    comment = models.ForeignKey(
        Comment,
        models.PROTECT,
        related_name="maskings",
        verbose_name=_("commentaire"),
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="maskings", verbose_name=_("version")
    )
    spans = models.JSONField(_("passages"))
    reason = models.CharField(_("motif"), max_length=30, choices=ReasonCode)
    source = models.CharField(
        _("origine"), max_length=30, choices=StatementOfReasons.Source
    )
    automated_detection = models.BooleanField(_("relevé par une machine"))
    ground = models.CharField(
        _("fondement"), max_length=40, choices=StatementOfReasons.Ground
    )
    also_illegal = models.BooleanField(_("peut-être aussi contraire à la loi"))
    clause = models.CharField(_("clause de la charte"), max_length=30)
    clause_fr = models.CharField(_("clause, en français"), max_length=200)
    clause_en = models.CharField(_("clause, en anglais"), max_length=200)
    category = models.CharField(_("catégorie"), max_length=80)
    keyword = models.CharField(_("mot-clé"), max_length=80)
    keyword_text = models.CharField(_("précision"), max_length=500, blank=True)
    facts_fr = models.TextField(_("faits, en français"))
    facts_en = models.TextField(_("faits, en anglais"))
    message_fr = models.TextField(_("message, en français"))
    message_en = models.TextField(_("message, en anglais"))
    redress_fr = models.TextField(_("recours, en français"))
    redress_en = models.TextField(_("recours, en anglais"))
    note = models.TextField(_("note"), blank=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("modérateur"),
    )
    created_at = models.DateTimeField(_("masqué le"), default=timezone.now)
    lifted_at = models.DateTimeField(_("levé le"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("levé par"),
    )

    objects = MaskingQuerySet.as_manager()

    MEASURE = "DECISION_VISIBILITY_OTHER"
    """The European database's name: part of a text is withheld, the rest is not."""

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        verbose_name = _("passages masqués")
        verbose_name_plural = _("passages masqués")
        constraints = (
            models.CheckConstraint(
                condition=~Q(spans=[]), name="masking_hides_something"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="masking_lifted_by_someone",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(**{name: ""}), name=f"masking_{name}_not_empty"
                )
                for name in _REQUIRED
            ),
        )
        indexes = (models.Index("created_at", name="masking_by_time"),)

    def __str__(self) -> str:
        return self.puid

    @property
    def masks(self) -> list[Mask]:
        """The spans, in the text's order."""
        return [Mask(*span) for span in self.spans]

    @property
    def kinds(self) -> list[str]:
        """What was masked, in words, each kind once."""
        names = (str(MaskKind(mask.kind).label) for mask in self.masks)
        return list(dict.fromkeys(names))

    @property
    def words(self) -> list[str]:
        """The passages themselves: for the author and for moderators."""
        return [self.revision.text[mask.start : mask.end] for mask in self.masks]

    @property
    def stands(self) -> bool:
        return self.lifted_at is None

    @property
    def reason_name(self) -> str:
        return str(self.get_reason_display())
