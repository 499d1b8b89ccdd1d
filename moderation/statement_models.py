"""Statements of reasons: what the author is told of each restriction, and the law asks."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment
from moderation.charter.catalog import LANGUAGES
from moderation.charter.in_force import number_when
from moderation.reasons import ReasonCode
from moderation.said import Said

_SIGNS = "23456789abcdefghjkmnpqrstvwxyz"  # none is taken for another
_REQUIRED = (
    "puid",
    "measure",
    "scope",
    "reason",
    "source",
    "automated_decision",
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
_ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT"


def new_puid() -> str:
    """A reference nobody can guess, easy to copy: « k7mw-9qdt-xh3f-p4nz » (78 bits)."""
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(16))
    return "-".join(drawn[start : start + 4] for start in range(0, 16, 4))


class StatementQuerySet(models.QuerySet["StatementOfReasons"]):
    def with_charter(self) -> Self:
        """Each with the charter's version that held then, for `Said.charter_number`."""
        return self.annotate(charter_then=number_when("created_at"))

    def standing(self) -> Self:
        """Those whose restriction holds today."""
        return self.filter(lifted_by=None)


class StatementOfReasons(Said, models.Model):
    """Why a comment is hidden, as its author may read it (DSA art. 17, TRUST L-09).

    Exactly one for each decision that hides. What it says never changes: the database
    refuses it, and allows only to note, once, which decision lifted the restriction
    (migration 0007: on SQLite, whatever rebuilds this table must make its triggers
    again). Values are the European database's own where it has one. Never about who
    reported or decided: no field points to an account.
    """

    class Measure(models.TextChoices):
        DISABLED = "DECISION_VISIBILITY_CONTENT_DISABLED", _("commentaire masqué")

    class Scope(models.TextChoices):
        EVERYWHERE = "EVERYWHERE", _("sur tout le site, dans tous les pays")

    class Source(models.TextChoices):
        NOTICE = "SOURCE_ARTICLE_16", _("signalement d’un contenu illicite")
        TRUSTED_FLAGGER = "SOURCE_TRUSTED_FLAGGER", _("signaleur de confiance")
        OTHER = "SOURCE_TYPE_OTHER_NOTIFICATION", _("autre signalement")
        VOLUNTARY = "SOURCE_VOLUNTARY", _("initiative du journal")

    class Automation(models.TextChoices):
        FULLY = "AUTOMATED_DECISION_FULLY", _("par une machine seule")
        PARTIALLY = (
            "AUTOMATED_DECISION_PARTIALLY",
            _("par une machine, puis par une personne"),
        )
        NONE = "AUTOMATED_DECISION_NOT_AUTOMATED", _("par une personne")

    class Ground(models.TextChoices):
        ILLEGAL = _ILLEGAL, _("la loi")
        CHARTER = "DECISION_GROUND_INCOMPATIBLE_CONTENT", _("la charte")

    puid = models.CharField(
        _("référence"), max_length=40, unique=True, default=new_puid
    )
    decision = models.OneToOneField(
        "moderation.Decision",
        models.PROTECT,
        related_name="statement",
        verbose_name=_("décision"),
    )
    comment = models.ForeignKey(
        Comment,
        models.PROTECT,
        related_name="statements",
        verbose_name=_("commentaire"),
    )
    measure = models.CharField(_("mesure"), max_length=40, choices=Measure)
    scope = models.CharField(_("étendue"), max_length=10, choices=Scope)
    ends_on = models.DateField(
        _("jusqu’au"), null=True, blank=True, help_text=_("vide : sans limite de durée")
    )
    reason = models.CharField(_("motif"), max_length=30, choices=ReasonCode)
    facts_fr = models.TextField(_("faits, en français"))
    facts_en = models.TextField(_("faits, en anglais"))
    source = models.CharField(_("origine"), max_length=30, choices=Source)
    automated_detection = models.BooleanField(_("relevé par une machine"))
    automated_decision = models.CharField(
        _("décidé"), max_length=32, choices=Automation
    )
    ground = models.CharField(_("fondement"), max_length=40, choices=Ground)
    also_illegal = models.BooleanField(
        _("peut-être aussi contraire à la loi"), default=False
    )
    clause = models.CharField(_("clause de la charte"), max_length=30)
    clause_fr = models.CharField(_("clause, en français"), max_length=200)
    clause_en = models.CharField(_("clause, en anglais"), max_length=200)
    law_fr = models.CharField(_("loi, en français"), max_length=500, blank=True)
    law_en = models.CharField(_("loi, en anglais"), max_length=500, blank=True)
    category = models.CharField(_("catégorie"), max_length=80)
    keyword = models.CharField(_("mot-clé"), max_length=80)
    keyword_text = models.CharField(_("précision"), max_length=500, blank=True)
    message_fr = models.TextField(_("message, en français"))
    message_en = models.TextField(_("message, en anglais"))
    reworded = models.BooleanField(
        _("message d’un modérateur"),
        default=False,
        help_text=_("le même texte dans les deux langues"),
    )
    words = models.JSONField(_("mots concernés"), default=list, blank=True)
    redress_fr = models.TextField(_("recours, en français"))
    redress_en = models.TextField(_("recours, en anglais"))
    created_at = models.DateTimeField(_("établi le"), default=timezone.now)
    lifted_by = models.OneToOneField(
        "moderation.Decision",
        models.PROTECT,
        related_name="lifted",
        null=True,
        blank=True,
        verbose_name=_("levé par"),
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("exposé des motifs")
        verbose_name_plural = _("exposés des motifs")
        constraints = (
            models.UniqueConstraint(
                fields=("comment",),
                condition=Q(lifted_by=None),
                name="statement_one_stands",
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(**{name: ""}), name=f"statement_{name}_not_empty"
                )
                for name in _REQUIRED
            ),
            models.CheckConstraint(
                condition=Q(ground=_ILLEGAL) & ~Q(law_fr="") & ~Q(law_en="")
                | ~Q(ground=_ILLEGAL) & Q(law_fr="", law_en=""),
                name="statement_law_named_where_it_is_the_ground",
            ),
            models.CheckConstraint(
                condition=~Q(keyword="KEYWORD_OTHER", keyword_text=""),
                name="statement_other_keyword_described",
            ),
        )

    def __str__(self) -> str:
        return self.puid

    @property
    def reason_name(self) -> str:
        """The reason without what only moderators need to know of it, in brackets."""
        return str(self.get_reason_display()).partition(" (")[0]
