"""How editors tune the rules: settings, patterns of their own, and every change kept."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from moderation.choices import CategoryChoices, SeverityChoices
from moderation.pattern_refusals import refusal
from moderation.rules.config import RuleConfig, shipped_config
from moderation.rules.match import Category, Severity
from moderation.rules.patterns import Pattern, PatternError, check_pattern

MAX_NAME = 100  # code points of a pattern's name


class Origin(models.TextChoices):
    """Who last wrote it: `load_lexicon` only updates what is still as shipped."""

    SHIPPED = "shipped", _("livré")
    EDITOR = "editor", _("rédaction")


class RuleSetting(models.Model):
    """One shipped rule's switch and thresholds, as editors set them.

    ``values`` is {name of the threshold: whole number}. Unknown names do no harm, and
    missing ones have their shipped value.
    """

    rule = models.CharField(_("nom technique"), max_length=40, unique=True)
    enabled = models.BooleanField(_("en service"), default=True)
    values = models.JSONField(_("seuils"), default=dict)
    origin = models.CharField(
        _("origine"), max_length=7, choices=Origin, default=Origin.EDITOR
    )
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    KEPT = ("rule", "enabled", "values", "origin")

    class Meta:
        ordering = ("rule",)
        verbose_name = _("réglage d’une règle")
        verbose_name_plural = _("réglages des règles")

    def __str__(self) -> str:
        shipped = self.shipped
        return in_this_language(shipped.title) if shipped else self.rule

    @property
    def identity(self) -> str:
        return self.rule

    @property
    def shipped(self) -> RuleConfig | None:
        """The rule as the project ships it; None for one it ships no longer."""
        return shipped_config().get(self.rule)

    def configured(self, shipped: RuleConfig) -> RuleConfig:
        """``shipped`` with these settings; what is no whole number is left out."""
        values = self.values if isinstance(self.values, dict) else {}
        kept = {name: v for name, v in values.items() if type(v) is int}
        return shipped.changed(enabled=self.enabled, values=kept)

    def clean(self) -> None:
        """Refuse values out of bounds, and what no rule would read."""
        shipped = self.shipped
        if shipped is None or not isinstance(self.values, dict):
            raise ValidationError(gettext("Cette règle n’est plus livrée."))
        for name, threshold in shipped.thresholds.items():
            value = self.values.get(name, threshold.value)
            least, most = threshold.least, threshold.most
            if type(value) is not int or not least <= value <= most:
                raise ValidationError(
                    gettext("« %(name)s » : un nombre de %(least)d à %(most)d.")
                    % {
                        "name": in_this_language(threshold.meaning),
                        "least": least,
                        "most": most,
                    }
                )


class PatternQuerySet(models.QuerySet["EditorPattern"]):
    def active(self) -> "PatternQuerySet":
        return self.filter(active=True)


def validate_regex(regex: str) -> None:
    """Raise ValidationError, with RE2's own words, for a pattern that cannot serve."""
    try:
        check_pattern(regex)
    except PatternError as error:
        raise ValidationError(refusal(error), code=error.reason) from error


class EditorPattern(models.Model):
    """A regular expression that editors keep, flagged as the rule « pattern »."""

    name = models.CharField(
        _("nom"),
        max_length=MAX_NAME,
        unique=True,
        help_text=_("montré dans les relevés et les bilans"),
    )
    regex = models.TextField(
        _("motif"),
        validators=(validate_regex,),
        help_text=_(
            "expression régulière RE2, cherchée dans le texte sans majuscules ni "
            "accents ; ni regard en avant ou en arrière, ni référence arrière"
        ),
    )
    category = models.CharField(
        _("catégorie"),
        max_length=20,
        choices=CategoryChoices,
        default=CategoryChoices.OTHER,
    )
    severity = models.CharField(
        _("gravité"),
        max_length=6,
        choices=SeverityChoices,
        default=SeverityChoices.MEDIUM,
    )
    explanation_fr = models.CharField(
        _("explication en français"),
        max_length=300,
        help_text=_("une phrase, montrée au modérateur"),
    )
    explanation_en = models.CharField(
        _("explication en anglais"),
        max_length=300,
        blank=True,
        help_text=_("à défaut, la phrase française sert"),
    )
    active = models.BooleanField(_("en service"), default=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects = PatternQuerySet.as_manager()

    KEPT = (
        "name",
        "regex",
        "category",
        "severity",
        "explanation_fr",
        "explanation_en",
        "active",
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("motif de la rédaction")
        verbose_name_plural = _("motifs de la rédaction")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(regex=""), name="pattern_not_empty"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def identity(self) -> str:
        return self.name

    def as_pattern(self) -> Pattern:
        """Raises ValueError for a category or severity that no rule knows."""
        french = self.explanation_fr
        return Pattern(
            name=self.name,
            regex=self.regex,
            category=Category(self.category),
            severity=Severity(self.severity),
            explanation=(
                {"fr": french, "en": self.explanation_en or french} if french else {}
            ),
        )


class LexiconChange(models.Model):
    """One change of a term, a setting or a pattern. Never changed, never deleted.

    ``number`` is the lexicon's version after it; changes made at once share it.
    ``before`` and ``after`` are {field: value}, null where the object did not exist.
    ``object_id`` is the key it has or had.
    """

    class Kind(models.TextChoices):
        TERM = "term", _("terme")
        RULE = "rule", _("règle")
        PATTERN = "pattern", _("motif")

    number = models.PositiveBigIntegerField(_("version du lexique"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("par"),
    )
    created_at = models.DateTimeField(_("changé le"), default=timezone.now)
    kind = models.CharField(_("objet"), max_length=7, choices=Kind)
    object_id = models.PositiveBigIntegerField()
    identity = models.CharField(_("nom"), max_length=250)
    before = models.JSONField(_("avant"), null=True)
    after = models.JSONField(_("après"), null=True)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("changement du lexique")
        verbose_name_plural = _("changements du lexique")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("term", "rule", "pattern")),
                name="change_kind_known",
            ),
        )
        indexes = (
            models.Index("kind", "object_id", F("id").desc(), name="change_of_object"),
            models.Index("number", name="change_number"),
        )

    def __str__(self) -> str:
        return f"{self.identity} ({self.number})"


def in_this_language(texts: Mapping[str, Any]) -> str:
    """The text of {language: text} in the reader's language, else in French."""
    return str(texts.get((get_language() or "fr")[:2]) or texts["fr"])
