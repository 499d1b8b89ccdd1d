from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.listing import BadCursor, cursor_of, parse_cursor
from comments.forms import SignatureForm
from moderation.readers import own_comments, own_sanctions
from newsroom.article_page import author_of
from newsroom.requests import AuthenticatedRequest, own_address

PER_PAGE = 20


@never_cache
@require_safe
@login_required
def my_comments(request: AuthenticatedRequest) -> HttpResponse:
    """All a reader wrote, with the state of each, and what he was sanctioned for."""
    author = author_of(request.user)
    before = request.GET.get("avant", "")
    try:
        place = parse_cursor(before) if before else None
    except BadCursor as error:
        raise Http404("no such place in a list of comments") from error
    found = own_comments(author, before=place, count=PER_PAGE + 1) if author else []
    shown = found[:PER_PAGE]
    last = shown[-1].comment if len(found) > PER_PAGE else None
    context = {
        "author": author,
        "comments": shown,
        "sanctions": own_sanctions(author) if author and not before else [],
        "before": before,
        "next_before": cursor_of(last.received_at, last.pk) if last else "",
    }
    return render(request, "newsroom/my_comments.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def signature(request: AuthenticatedRequest) -> HttpResponse:
    """Choose the name that signs, once; later visits show it."""
    back = own_address(request, request.POST.get("next") or request.GET.get("next"))
    author = author_of(request.user)
    form = None
    if author is None:
        form = SignatureForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and form.register(request.user):
            messages.success(request, _("Votre signature est enregistrée."))
            return redirect(back or "my_comments")
    status = 422 if form is not None and form.errors else 200
    context = {"author": author, "form": form, "next": back}
    return render(request, "newsroom/signature.html", context, status=status)
