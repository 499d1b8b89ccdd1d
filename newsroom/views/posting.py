from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from comments.errors import CommentRefused, PostedTooOften
from comments.forms import CommentForm
from comments.models import Comment
from moderation.charter.door import RefusedByCharter
from moderation.errors import PostingSuspended
from moderation.services import submit_comment
from newsroom.article_page import (
    address_of,
    article_page,
    author_of,
    preview_of,
    reply_page,
    waiting_address_of,
)
from newsroom.errors import text_kept

CONFIRMATION = {
    Comment.Status.PUBLISHED: (messages.SUCCESS, _("Votre commentaire est publié.")),
    Comment.Status.PENDING: (
        messages.INFO,
        _(
            "Votre commentaire attend un modérateur : il paraîtra ici dès qu’il aura été "
            "relu. D’ici là, vous seul le voyez."
        ),
    ),
    Comment.Status.HIDDEN: (
        messages.WARNING,
        _("Ce commentaire a été masqué ; le motif est indiqué ci-dessous."),
    ),
    Comment.Status.DELETED: (messages.WARNING, _("Ce commentaire a été supprimé.")),
}
WAIT = 60  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def post_comment(request: HttpRequest, slug: str) -> HttpResponse:
    articles = Article.objects.published().select_related("section")
    article = get_object_or_404(articles, slug=slug)
    if request.method != "POST":
        return redirect(f"{article.get_absolute_url()}#commentaires")
    author = author_of(request.user)
    if author is None or not request.user.has_perm("comments.add_comment"):
        return text_kept(request, back_to=article.get_absolute_url())
    form = CommentForm(request.POST, article=article)
    if not form.is_valid():
        return _form_again(request, article, form, status=422)
    if "preview" in request.POST:
        return _form_again(request, article, form, status=200)
    try:
        comment = submit_comment(article=article, author=author, **form.cleaned_data)
    except CommentRefused as refusal:
        form.add_error("text", _told(refusal))
        if isinstance(refusal, PostedTooOften):
            response = _form_again(request, article, form, status=429)
            response.headers["Retry-After"] = str(WAIT)
            return response
        refused = 403 if isinstance(refusal, PostingSuspended) else 422
        return _form_again(request, article, form, status=refused)
    status = Comment.Status(comment.status)
    messages.add_message(request, *CONFIRMATION[status])
    if status == Comment.Status.PUBLISHED:
        return redirect(address_of(comment))
    if status == Comment.Status.PENDING:
        return redirect(waiting_address_of(comment))
    return redirect(f"{reverse('my_comments')}#comment-{comment.pk}")


@require_safe
@login_required
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    comments = (
        Comment.objects.published()
        .filter(article__status=Article.Status.PUBLISHED)
        .select_related("article__section")
    )
    return reply_page(request, get_object_or_404(comments, pk=pk))


def _told(refusal: CommentRefused) -> str:
    """Why, with a link to the clause where the charter refuses."""
    return refusal.html if isinstance(refusal, RefusedByCharter) else str(refusal)


def _form_again(
    request: HttpRequest, article: Article, form: CommentForm, *, status: int
) -> HttpResponse:
    """The page the form was on, with what was typed, its preview or its errors."""
    preview = preview_of(form) if form.is_valid() else None
    parent = form.cleaned_data.get("parent")
    if parent is not None:
        return reply_page(request, parent, form=form, preview=preview, status=status)
    return article_page(request, article, form=form, preview=preview, status=status)
