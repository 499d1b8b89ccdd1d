from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommentPolicy(models.TextChoices):
    """When a comment appears; an article's own choice wins over its section's."""

    INHERIT = "", _("comme au-dessus")
    A_PRIORI = "a_priori", _("a priori : tous les commentaires attendent")
    FLAGGED_FIRST = "flagged_first", _("seuls les commentaires signalés attendent")
    A_POSTERIORI = "a_posteriori", _("a posteriori : tous paraissent aussitôt")
    CLOSED = "closed", _("fermé")


class Section(models.Model):
    """A heading of the newspaper, such as « À La Une »."""

    name = models.CharField(_("nom"), max_length=100, unique=True)
    slug = models.SlugField(_("adresse"), max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    comment_policy = models.CharField(
        _("commentaires"),
        max_length=13,
        choices=CommentPolicy,
        blank=True,
        default=CommentPolicy.INHERIT,
    )

    class Meta:
        ordering = ("position", "name")
        verbose_name = _("rubrique")
        verbose_name_plural = _("rubriques")
        constraints = (
            models.CheckConstraint(
                condition=Q(comment_policy__in=CommentPolicy.values),
                name="section_comment_policy_known",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("section", kwargs={"slug": self.slug})


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        return self.filter(status=Article.Status.PUBLISHED)

    def newest_first(self) -> Self:
        return self.order_by("-ordered_at", "-pk")


class Article(models.Model):
    """What the newspaper printed. Unknown facts stay null: nothing is guessed."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        PUBLISHED = "published", pgettext_lazy("article", "publié")

    section = models.ForeignKey(
        Section, models.PROTECT, related_name="articles", verbose_name=_("rubrique")
    )
    topic = models.CharField(_("thème"), max_length=100, blank=True)
    kicker = models.CharField(
        _("surtitre"), max_length=200, blank=True, help_text=_("tel qu’imprimé")
    )
    title = models.CharField(_("titre"), max_length=300)
    slug = models.SlugField(_("adresse"), max_length=120, unique=True)
    lede = models.TextField(_("chapeau"), blank=True)
    byline = models.CharField(_("signature"), max_length=200, blank=True)
    image = models.ImageField(_("image"), upload_to="images/%Y/%m/", blank=True)
    image_caption = models.TextField(_("légende"), blank=True)
    image_credit = models.CharField(_("crédit"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("paru le"), null=True, blank=True)
    published_not_after = models.DateTimeField(
        _("paru au plus tard le"),
        null=True,
        blank=True,
        help_text=_("l’heure de son premier commentaire, faute de mieux"),
    )
    source_url = models.URLField(
        _("adresse d’origine"), max_length=500, null=True, blank=True, unique=True
    )
    language = models.CharField(_("langue"), max_length=8, default="fr")
    status = models.CharField(
        _("état"), max_length=9, choices=Status, default=Status.DRAFT
    )
    comment_policy = models.CharField(
        _("commentaires"),
        max_length=13,
        choices=CommentPolicy,
        blank=True,
        default=CommentPolicy.INHERIT,
    )
    created_at = models.DateTimeField(_("créé le"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)
    ordered_at = models.GeneratedField(
        expression=Coalesce("published_at", "published_not_after", "created_at"),
        output_field=models.DateTimeField(),
        db_persist=True,
        verbose_name=_("date"),
    )
    comment_count = models.PositiveIntegerField(
        _("commentaires parus"),
        default=0,
        editable=False,
        help_text=_("changé dans la transaction du commentaire"),
    )
    version = models.PositiveBigIntegerField(
        default=0, editable=False, help_text=_("augmente quand la page change")
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=("draft", "published")),
                name="article_status_known",
            ),
            models.CheckConstraint(
                condition=Q(comment_policy__in=CommentPolicy.values),
                name="article_comment_policy_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="article_has_a_title"),
            models.CheckConstraint(
                condition=~Q(source_url=""), name="article_source_url_null_if_unknown"
            ),
        )
        indexes = (
            models.Index(
                F("ordered_at").desc(),
                F("id").desc(),
                name="article_newest",
                condition=Q(status="published"),
            ),
            models.Index(
                F("section"),
                F("ordered_at").desc(),
                F("id").desc(),
                name="article_newest_in_section",
                condition=Q(status="published"),
            ),
            models.Index("title", name="article_title"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", kwargs={"slug": self.slug})

    @property
    def own_comment_policy(self) -> str:
        """This article's policy, else its section's; empty where the site's holds."""
        return self.comment_policy or self.section.comment_policy


class Block(models.Model):
    """One piece of an article's body, in order, with its exact text."""

    class Type(models.TextChoices):
        PARAGRAPH = "paragraph", _("paragraphe")
        SUBHEAD = "subhead", _("intertitre")
        RELATED_INLINE = "related_inline", _("« Lire aussi » dans le texte")

    article = models.ForeignKey(Article, models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField(_("rang"))
    type = models.CharField(
        _("genre"), max_length=14, choices=Type, default=Type.PARAGRAPH
    )
    text = models.TextField(_("texte"))
    joined_to_previous = models.BooleanField(
        _("suite du bloc précédent"),
        default=False,
        help_text=_("simple retour à la ligne avant ce bloc"),
    )

    class Meta:
        ordering = ("position",)
        verbose_name = _("bloc")
        verbose_name_plural = _("blocs")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "position"),
                name="block_position_unique",
            ),
            models.CheckConstraint(
                condition=Q(type__in=("paragraph", "subhead", "related_inline")),
                name="block_type_known",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class RelatedLink(models.Model):
    """A « Lire aussi »: its title as printed, and where it leads if that is known."""

    class Placement(models.TextChoices):
        INLINE = "inline", _("dans le texte")
        LIST = "list", _("en liste")

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_links")
    placement = models.CharField(
        _("place"), max_length=6, choices=Placement, default=Placement.LIST
    )
    position = models.PositiveSmallIntegerField(
        _("rang"),
        help_text=_("dans le texte : le rang du bloc « Lire aussi » correspondant"),
    )
    title = models.CharField(_("titre imprimé"), max_length=300)
    url = models.CharField(_("adresse imprimée"), max_length=500, blank=True)
    target = models.ForeignKey(
        Article,
        models.SET_NULL,
        related_name="linked_from",
        null=True,
        blank=True,
        verbose_name=_("article visé"),
    )

    class Meta:
        ordering = ("placement", "position")
        verbose_name = _("lien « Lire aussi »")
        verbose_name_plural = _("liens « Lire aussi »")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "placement", "position"),
                name="related_link_position_unique",
            ),
            models.CheckConstraint(
                condition=Q(placement__in=("inline", "list")),
                name="related_link_placement_known",
            ),
        )
        indexes = (models.Index("title", name="related_link_title"),)

    def __str__(self) -> str:
        return self.title


class ArticleTerms(models.Model):
    """What search looks through: stems in text order (`articles.search.analysis`).

    ``title`` holds those of the title, ``terms`` all of them. A full-text index on
    ``terms`` stands beside this table (migration 0003): on SQLite triggers keep it,
    so a migration that rebuilds the table must make the triggers again.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="search_terms"
    )
    title = models.TextField()
    terms = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.article_id)
