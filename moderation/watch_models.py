"""The articles that each moderator keeps an eye on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class WatchedArticle(models.Model):
    """An article pinned on one moderator's desk."""

    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="watched_articles",
        verbose_name=_("modérateur"),
    )
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="+", verbose_name=_("article")
    )
    since = models.DateTimeField(_("suivi depuis"), default=timezone.now)

    class Meta:
        ordering = ("-since", "-pk")
        default_permissions = ()
        verbose_name = _("article suivi")
        verbose_name_plural = _("articles suivis")
        constraints = (
            models.UniqueConstraint(
                fields=("moderator", "article"), name="article_watched_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.article)
