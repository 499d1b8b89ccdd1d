from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Article
from newsroom.article_page import article_page


@require_safe
@permission_required("articles.change_article", raise_exception=True)
def preview_article(request: HttpRequest, pk: int) -> HttpResponse:
    """An article as readers will see it, be it still a draft. For the back office."""
    articles = Article.objects.select_related("section")
    return article_page(request, get_object_or_404(articles, pk=pk))
