"""Fingerprints of texts, and the earlier decision on a text that comes back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Revision
from moderation.likeness.languages import Language


class TextPrint(models.Model):
    """What screening kept of a text: its language and its fingerprint.

    ``exact`` is `fingerprint.fingerprint`, null for a text without letters.
    ``likeness`` is given when its comment first comes to the queue and never changes:
    those of nearly the same text share it.
    """

    revision = models.OneToOneField(
        Revision, models.CASCADE, primary_key=True, related_name="text_print"
    )
    language = models.CharField(
        _("langue"), max_length=7, choices=Language, default=Language.UNKNOWN
    )
    exact = models.BigIntegerField(null=True)
    likeness = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=models.Q(language__in=("fr", "ar", "en", "other", "unknown")),
                name="print_language_known",
            ),
        )
        indexes = (
            models.Index("exact", "revision", name="print_exact"),
            models.Index("language", "revision", name="print_language"),
            models.Index(
                "likeness",
                "revision",
                name="print_likeness",
                condition=models.Q(likeness__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.revision_id)


class TextBand(models.Model):
    """One of the `fingerprint.bands` of a text: by these, texts like it are found.

    Kept of the first text of each fingerprint that came to the queue.
    """

    text_print = models.ForeignKey(
        TextPrint, models.CASCADE, related_name="bands", db_index=False
    )
    value = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("text_print", "value"), name="band_of_a_text_once"
            ),
        )
        indexes = (models.Index("value", "text_print", name="band_value"),)

    def __str__(self) -> str:
        return f"{self.text_print_id}: {self.value}"


class Repost(models.Model):
    """A comment that waits since a moderator hid the same text before (TRUST L-32)."""

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="repost"
    )
    decision = models.ForeignKey(
        "moderation.Decision",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("décision d’alors"),
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.comment_id)
