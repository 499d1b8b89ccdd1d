from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Article
from comments.masking import Mask, in_readers_words, masked_text

MAX_DEPTH = 4  # replies below are shown at this depth (TRUST A-12)


class Commenter(models.Model):
    """The identity that signs comments: an account's, or a name found on a page."""

    name = models.CharField(_("signature"), max_length=100)
    name_key = models.CharField(
        max_length=200,
        editable=False,
        help_text=_("la signature sans casse, accents ni sosies, pour les comparer"),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="commenter",
        null=True,
        blank=True,
        verbose_name=_("compte"),
    )
    source = models.CharField(
        _("provenance"),
        max_length=100,
        blank=True,
        help_text=_("vide pour un compte d’ici"),
    )
    language = models.CharField(
        _("langue"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="fr",
        help_text=_("celle des pages où il a écrit en dernier"),
    )
    created_at = models.DateTimeField(_("depuis"), default=timezone.now)

    class Meta:
        verbose_name = _("commentateur")
        verbose_name_plural = _("commentateurs")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "name"),
                condition=Q(user=None),
                name="commenter_imported_once",
            ),
            models.UniqueConstraint(
                fields=("name_key",),
                condition=Q(user__isnull=False),
                name="commenter_name_not_imitated",
            ),
            models.CheckConstraint(
                condition=Q(user=None) | Q(source=""),
                name="commenter_account_has_no_source",
            ),
        )
        indexes = (models.Index("name_key", name="commenter_name_key"),)

    def __str__(self) -> str:
        return self.name


class CommentQuerySet(models.QuerySet["Comment"]):
    def published(self) -> Self:
        return self.filter(status=Comment.Status.PUBLISHED)

    def pending(self) -> Self:
        return self.filter(status=Comment.Status.PENDING)

    def in_thread_order(self) -> Self:
        """Newest thread first, each followed by its replies, oldest first."""
        return self.order_by("position")


class Comment(models.Model):
    """What one reader wrote under an article. Born pending, shown once published."""

    class Status(models.TextChoices):
        PENDING = "pending", _("en attente")
        PUBLISHED = "published", pgettext_lazy("comment", "publié")
        HIDDEN = "hidden", _("masqué")
        DELETED = "deleted", _("supprimé")

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="comments", verbose_name=_("article")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="replies",
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("en réponse à"),
    )
    author = models.ForeignKey(
        Commenter, models.PROTECT, related_name="comments", verbose_name=_("auteur")
    )
    status = models.CharField(
        _("état"), max_length=9, choices=Status, default=Status.PENDING
    )
    revision = models.OneToOneField(
        "Revision",
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("texte actuel"),
    )
    html = models.TextField(
        editable=False, help_text=_("le texte actuel, rendu une fois à l’écriture")
    )
    created_at = models.DateTimeField(
        _("écrit le"),
        null=True,
        help_text=_("inconnu si la page importée donne une heure impossible"),
    )
    printed_time = models.CharField(_("heure imprimée"), max_length=100, blank=True)
    received_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    position = models.CharField(max_length=22 * (MAX_DEPTH + 1), editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    source = models.CharField(_("provenance"), max_length=100, blank=True)
    external_id = models.CharField(_("identité d’origine"), max_length=100, blank=True)
    submission_key = models.UUIDField(
        null=True,
        editable=False,
        help_text=_("la même pour un formulaire envoyé deux fois"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commentaire")
        verbose_name_plural = _("commentaires")
        constraints = (
            models.UniqueConstraint(
                fields=("article", "position"), name="comment_position_unique"
            ),
            models.UniqueConstraint(
                fields=("article", "source", "external_id"),
                condition=~Q(external_id=""),
                name="comment_imported_once",
            ),
            models.UniqueConstraint(
                fields=("author", "submission_key"),
                condition=Q(submission_key__isnull=False),
                name="comment_submitted_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("pending", "published", "hidden", "deleted")),
                name="comment_status_known",
            ),
            models.CheckConstraint(
                condition=Q(depth__lte=MAX_DEPTH), name="comment_depth_limited"
            ),
            models.CheckConstraint(
                condition=Q(parent=None, depth=0)
                | Q(parent__isnull=False, depth__gt=0),
                name="comment_depth_follows_parent",
            ),
        )
        indexes = (
            models.Index(
                "article",
                "position",
                name="comment_thread",
                condition=Q(status="published"),
            ),
            models.Index(
                "parent", name="comment_parent", condition=Q(parent__isnull=False)
            ),
            models.Index("author", F("received_at").desc(), name="comment_by_author"),
            models.Index(
                F("received_at").desc(), F("id").desc(), name="comment_newest"
            ),
            models.Index(
                F("received_at").desc(),
                F("id").desc(),
                name="comment_newest_hidden",
                condition=Q(status="hidden"),
            ),
            models.Index(
                "author",
                name="comment_author_published",
                condition=Q(status="published"),
            ),
            models.Index(
                F("depth"),
                F("received_at").desc(),
                F("id").desc(),
                name="comment_newest_threads",
                condition=Q(status="published"),
            ),
            models.Index(
                F("article"),
                Coalesce("created_at", "received_at").desc(),
                F("id").desc(),
                name="comment_newest_in_thread",
                condition=Q(status="published"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.author} ({self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("comment", kwargs={"pk": self.pk})

    @property
    def shown_html(self) -> str:
        """`html` with what stands for masked passages in the active language."""
        return in_readers_words(self.html)


class Revision(models.Model):
    """One exact text of a comment; flags and decisions point to the one they judged.

    ``text`` is for its author and for moderators: all others get `shown_text`.
    """

    comment = models.ForeignKey(
        Comment, models.CASCADE, related_name="revisions", verbose_name=_("commentaire")
    )
    number = models.PositiveSmallIntegerField(_("numéro"), default=1)
    text = models.TextField(_("texte"))
    masks = models.JSONField(
        _("passages masqués"),
        default=list,
        editable=False,
        help_text="[[start, end, kind]]: comments.masking.settled",
    )
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now)

    class Meta:
        ordering = ("number",)
        verbose_name = _("version du texte")
        verbose_name_plural = _("versions du texte")
        constraints = (
            models.UniqueConstraint(
                fields=("comment", "number"), name="revision_number_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.comment_id}.{self.number}"

    @property
    def masked_spans(self) -> list[Mask]:
        """What readers do not see of ``text``, in its order."""
        return [Mask(*mask) for mask in self.masks]

    @property
    def shown_text(self) -> str:
        """``text`` as readers may know it, in the active language."""
        return masked_text(self.text, self.masked_spans)


class CommentTerms(models.Model):
    """What search looks through: the stems of a comment's current text, in order.

    ``written_at`` is when the comment was written, else when it was received. A
    full-text index on ``terms`` stands beside this table (migration 0003): on SQLite
    triggers keep it, so a migration that rebuilds the table must make them again.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="search_terms"
    )
    written_at = models.DateTimeField()
    terms = models.TextField()

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(
                F("written_at").desc(),
                F("comment").desc(),
                name="comment_terms_newest",
            ),
        )

    def __str__(self) -> str:
        return str(self.comment_id)
