"""Pinning articles on one's desk."""

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Article
from moderation.models import WatchedArticle


@transaction.atomic
def watch(article: Article, *, by: User) -> None:
    """Pin ``article`` on the desk of ``by``; once, however often it is asked."""
    WatchedArticle.objects.get_or_create(article=article, moderator=by)


def unwatch(article: Article, *, by: User) -> None:
    """Take ``article`` off the desk of ``by``, if it is there."""
    WatchedArticle.objects.filter(article=article, moderator=by).delete()
