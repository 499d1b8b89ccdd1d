"""The charter: clauses and rules that editors keep, and the versions they published."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, CommentPolicy, Section
from comments.models import Comment
from moderation.charter.catalog import Kind, ShippedRule, shipped_rules
from moderation.rule_models import Origin, in_this_language

CODE_LENGTH = 30  # of a clause: as statements of reasons store it


class RuleCode(models.TextChoices):
    """The rules of ``data/charter.toml``."""

    MODE = "mode", _("mode")
    CLOSES_AFTER = "closes_after", _("fermeture après un délai")
    HOURS = "hours", _("heures d’ouverture")
    PER_ARTICLE = "per_article", _("commentaires par lecteur et par article")
    MAX_LENGTH = "max_length", _("longueur maximale")
    MIN_WORDS = "min_words", _("nombre minimal de mots")
    CAPITALS = "capitals", _("majuscules et ponctuation criardes")
    LANGUAGE = "language", _("langues")
    REPETITION = "repetition", _("textes presque identiques")
    LINKS = "links", _("liens")
    CONTACT = "contact", _("coordonnées")


class ClauseQuerySet(models.QuerySet["CharterClause"]):
    def clauses(self) -> Self:
        return self.filter(part=CharterClause.Part.CLAUSE)


class CharterClause(models.Model):
    """What the newspaper asks of its readers, or does itself, in both languages.

    Examples are texts with one example a line.
    """

    class Part(models.TextChoices):
        CLAUSE = "clause", _("clause : ce que nous demandons")
        PROCEDURE = "procedure", _("procédure : ce que nous faisons")

    code = models.SlugField(
        _("code"),
        max_length=CODE_LENGTH,
        unique=True,
        help_text=_(
            "l’ancre de la clause dans la page ; gardé avec les décisions, il ne "
            "change plus"
        ),
    )
    part = models.CharField(
        _("partie"), max_length=9, choices=Part, default=Part.CLAUSE
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    title_fr = models.CharField(_("titre en français"), max_length=200)
    title_en = models.CharField(_("titre en anglais"), max_length=200)
    text_fr = models.TextField(_("texte en français"), max_length=5000)
    text_en = models.TextField(_("texte en anglais"), max_length=5000)
    accepted_fr = models.TextField(
        _("exemples acceptés, en français"),
        max_length=2000,
        blank=True,
        help_text=_("un par ligne"),
    )
    refused_fr = models.TextField(
        _("exemples refusés, en français"),
        max_length=2000,
        blank=True,
        help_text=_("un par ligne"),
    )
    accepted_en = models.TextField(
        _("exemples acceptés, en anglais"), max_length=2000, blank=True
    )
    refused_en = models.TextField(
        _("exemples refusés, en anglais"), max_length=2000, blank=True
    )
    origin = models.CharField(
        _("origine"), max_length=7, choices=Origin, default=Origin.EDITOR
    )
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ("part", "position", "pk")
        verbose_name = _("clause de la charte")
        verbose_name_plural = _("clauses de la charte")
        constraints = (
            models.CheckConstraint(
                condition=Q(part__in=("clause", "procedure")),
                name="charter_clause_part_known",
            ),
            models.CheckConstraint(
                condition=~Q(code="")
                & ~Q(title_fr="")
                & ~Q(title_en="")
                & ~Q(text_fr="")
                & ~Q(text_en=""),
                name="charter_clause_not_empty",
            ),
        )

    def __str__(self) -> str:
        return in_this_language({"fr": self.title_fr, "en": self.title_en})


_SITE = Q(section=None, article=None)
_NUMBERS = [r.code for r in shipped_rules().values() if r.kind == Kind.NUMBER]
_HOURS = [r.code for r in shipped_rules().values() if r.kind == Kind.HOURS]
_MODES = [r.code for r in shipped_rules().values() if r.kind == Kind.MODE]
_HOLDS = [r.code for r in shipped_rules().values() if r.kind == Kind.HOLD]


class CharterRule(models.Model):
    """One rule as editors set it for the site, a section or an article.

    An article's own row wins over its section's, which wins over the site's. A section's
    or an article's mode is a column of its own (`comment_policy`): no row repeats it.
    """

    rule = models.CharField(_("règle"), max_length=12, choices=RuleCode)
    section = models.ForeignKey(
        Section,
        models.CASCADE,
        related_name="charter_rules",
        null=True,
        blank=True,
        verbose_name=_("rubrique"),
    )
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        related_name="charter_rules",
        null=True,
        blank=True,
        verbose_name=_("article"),
    )
    enabled = models.BooleanField(_("en service"), default=True)
    number = models.PositiveIntegerField(_("nombre"), null=True, blank=True)
    opens = models.TimeField(_("ouvre à"), null=True, blank=True)
    closes = models.TimeField(_("ferme à"), null=True, blank=True)
    mode = models.CharField(
        _("mode"),
        max_length=13,
        choices=[choice for choice in CommentPolicy.choices if choice[0]],
        blank=True,
    )
    origin = models.CharField(
        _("origine"), max_length=7, choices=Origin, default=Origin.EDITOR
    )
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    class Meta:
        ordering = ("rule", "section", "article")
        verbose_name = _("règle de la charte")
        verbose_name_plural = _("règles de la charte")
        constraints = (
            models.UniqueConstraint(
                fields=("rule",), condition=_SITE, name="charter_rule_once_for_the_site"
            ),
            models.UniqueConstraint(
                fields=("section", "rule"),
                condition=Q(section__isnull=False),
                name="charter_rule_once_a_section",
            ),
            models.UniqueConstraint(
                fields=("article", "rule"),
                condition=Q(article__isnull=False),
                name="charter_rule_once_an_article",
            ),
            models.CheckConstraint(
                condition=Q(section=None) | Q(article=None),
                name="charter_rule_has_one_scope",
            ),
            models.CheckConstraint(
                condition=Q(rule__in=_NUMBERS, number__isnull=False, number__gt=0)
                & Q(opens=None, closes=None, mode="")
                | Q(rule__in=_HOURS, opens__isnull=False, closes__isnull=False)
                & Q(number=None, mode="")
                | Q(rule__in=_MODES, mode__in=CommentPolicy.values)
                & (Q(enabled=False) | ~Q(mode=""))
                & _SITE
                & Q(number=None, opens=None, closes=None)
                | Q(rule__in=_HOLDS, number=None, opens=None, closes=None, mode=""),
                name="charter_rule_set_by_what_its_kind_takes",
            ),
        )

    def __str__(self) -> str:
        shipped = shipped_rules().get(self.rule)
        return in_this_language(shipped.title) if shipped else self.rule

    @property
    def shipped(self) -> ShippedRule:
        return shipped_rules()[self.rule]

    def clean(self) -> None:
        """Refuse what the rule cannot be set by; leave empty what it does not read."""
        errors: dict[str, Any] = {}
        if self.section_id and self.article_id:
            errors["article"] = gettext(
                "Une rubrique ou un article, non les deux : la règle de l’article "
                "l’emporte."
            )
        if self.rule not in shipped_rules():
            raise ValidationError(errors)
        shipped = self.shipped
        kind = shipped.kind
        self.number = self.number if kind == Kind.NUMBER else None
        self.opens = self.opens if kind == Kind.HOURS else None
        self.closes = self.closes if kind == Kind.HOURS else None
        self.mode = self.mode if kind == Kind.MODE else ""
        if not self.enabled:  # nothing to say, but the columns are never empty
            self.number = self.number or shipped.number
            self.opens = self.opens or shipped.opens
            self.closes = self.closes or shipped.closes
        errors |= self._kind_errors(kind)
        if self._repeated():
            errors["rule"] = gettext(
                "Cette règle est déjà fixée ici : modifiez celle qui existe."
            )
        if errors:
            raise ValidationError(errors)

    def _kind_errors(self, kind: Kind) -> dict[str, str]:
        shipped = self.shipped
        least, most = shipped.least, shipped.most
        if self.rule == RuleCode.MAX_LENGTH:
            most = settings.COMMENT_MAX_LENGTH
        match kind:
            case Kind.NUMBER if self.number is None or not (
                least <= self.number <= most
            ):
                told = gettext("Un nombre de %(least)d à %(most)d.")
                return {"number": told % {"least": least, "most": most}}
            case Kind.HOURS if self.opens is None or self.closes is None:
                told = gettext("Donnez les deux heures : ouverture et fermeture.")
                return {"opens" if self.opens is None else "closes": told}
            case Kind.HOURS if self.opens == self.closes:
                return {
                    "closes": gettext(
                        "La même heure deux fois n’ouvre rien : pour ouvrir toute la "
                        "journée, mettez la règle hors service."
                    )
                }
            case Kind.MODE if self.section_id or self.article_id:
                return {
                    "rule": gettext(
                        "Le mode d’une rubrique ou d’un article se choisit dans sa "
                        "propre fiche, sous « Commentaires »."
                    )
                }
            case Kind.MODE if self.enabled and not self.mode:
                return {"mode": gettext("Choisissez un mode.")}
        return {}

    def _repeated(self) -> bool:
        same = CharterRule.objects.filter(
            rule=self.rule, section=self.section_id, article=self.article_id
        )
        return same.exclude(pk=self.pk).exists()


class CharterVersion(models.Model):
    """The charter as it was published: never changed, never deleted (migration 0018).

    ``content`` is {language: what `moderation.charter.content` makes of the charter},
    ``titles`` {code of a clause: {language: title}}. No publisher: made by `prepare`.
    """

    number = models.PositiveIntegerField(_("numéro"), primary_key=True)
    published_at = models.DateTimeField(_("publiée le"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("publiée par"),
    )
    important = models.BooleanField(_("changement important"), default=False)
    content = models.JSONField(_("contenu"))
    titles = models.JSONField(_("titres des clauses"))

    class Meta:
        ordering = ("-number",)
        verbose_name = _("version de la charte")
        verbose_name_plural = _("versions de la charte")
        constraints = (
            models.CheckConstraint(
                condition=Q(number__gt=0), name="charter_version_numbered_from_one"
            ),
        )

    def __str__(self) -> str:
        return gettext("Charte n° %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("charter_version", kwargs={"number": self.number})


class PostedUnder(models.Model):
    """Which charter a comment was posted under, and which clauses made it be looked at.

    ``version`` is null before the first was published. ``clauses`` is a list of
    {"rule", "clause", "fr", "en"}, titles as they were then.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="posted_under"
    )
    version = models.ForeignKey(
        CharterVersion, models.PROTECT, related_name="+", null=True, db_index=False
    )
    clauses = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.comment_id)
