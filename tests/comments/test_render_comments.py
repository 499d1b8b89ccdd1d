"""The command that renders stored comments again."""

from io import StringIO

import pytest
from django.core.management import call_command

from comments.management.commands import render_comments
from comments.models import Comment
from tests.factories import ArticleFactory, CommentFactory

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    call_command("render_comments", stdout=out)
    return out.getvalue().splitlines()[-1]


def test_only_stale_html_changes(monkeypatch):
    monkeypatch.setattr(render_comments, "BATCH", 2)
    article, quiet = ArticleFactory(), ArticleFactory()
    comments = [CommentFactory(article=article, published=True) for _ in range(4)]
    CommentFactory(article=quiet, published=True)
    fresh = comments[0].html
    Comment.objects.filter(pk__in=[c.pk for c in comments[1:]]).update(html="ancien")
    versions = [article_version(a) for a in (article, quiet)]

    assert run() == "5 commentaires relus, 3 changés"
    assert set(Comment.objects.values_list("html", flat=True)) == {fresh}
    after = [article_version(a) for a in (article, quiet)]
    assert after[0] > versions[0]  # the article's page is not the same any more
    assert after[1] == versions[1]

    assert run() == "5 commentaires relus, 0 changés"
    assert [article_version(a) for a in (article, quiet)] == after


def article_version(article):
    article.refresh_from_db()
    return article.version


def test_without_comments():
    assert run() == "Aucun commentaire"
