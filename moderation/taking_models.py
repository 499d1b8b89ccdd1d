"""Which comment each moderator has before him."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment


class Taking(models.Model):
    """A comment that a moderator is reading, so that another reads the next one.

    It holds nobody back and is no evidence: `takings.EXPIRES` after `taken_at` it is over.
    """

    comment = models.OneToOneField(
        Comment,
        models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("commentaire"),
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("modérateur"),
    )
    taken_at = models.DateTimeField(_("pris à"), default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("commentaire en main")
        verbose_name_plural = _("commentaires en main")

    def __str__(self) -> str:
        return f"{self.moderator} : {self.comment_id}"
