from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article
from comments.models import Comment
from newsroom.article_page import (
    address_of,
    article_page,
    author_of,
    waiting_address_of,
)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    articles = Article.objects.published().select_related("section")
    return article_page(request, get_object_or_404(articles, slug=slug))


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment's lasting address: where it stands now. Its author alone sees it wait."""
    comments = Comment.objects.filter(
        article__status=Article.Status.PUBLISHED
    ).select_related("article")
    found = get_object_or_404(comments, pk=pk)
    if found.status == Comment.Status.PUBLISHED:
        return redirect(address_of(found))
    author = author_of(request.user)
    if author is None or author.pk != found.author_id:
        raise Http404("not published")
    if found.status == Comment.Status.PENDING:
        return redirect(waiting_address_of(found))
    return redirect(f"{reverse('my_comments')}#comment-{found.pk}")
