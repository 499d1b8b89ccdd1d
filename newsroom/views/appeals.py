from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments.cards import stored_html
from moderation.appeal_forms import AppealForm
from moderation.appeals import can_be_contested, contest
from moderation.errors import NothingToContest
from moderation.models import Appeal, StatementOfReasons
from moderation.readers import own_statements
from moderation.redress import further_redress, last_day
from moderation.statement_mail import own_path
from newsroom.article_page import author_of
from newsroom.requests import AuthenticatedRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def appeal(request: AuthenticatedRequest, reference: str) -> HttpResponse:
    """Contest the hiding of one's own comment, then follow what comes of it."""
    author = author_of(request.user)
    if author is None:
        raise Http404("nothing was written, nor hidden")
    statement = get_object_or_404(own_statements(author), puid=reference)
    if request.method != "POST":
        return _page(request, statement, AppealForm())
    form = AppealForm(request.POST)
    if not form.is_valid():
        return _page(request, statement, form, status=422)
    try:
        contest(statement, author=author, **form.cleaned_data)
    except NothingToContest as refusal:
        form.add_error(None, str(refusal))
        return _page(request, statement, form, status=409)
    messages.success(request, _("Votre contestation est envoyée."))
    return redirect("appeal", reference=reference)


def _page(
    request: AuthenticatedRequest,
    statement: StatementOfReasons,
    form: AppealForm,
    *,
    status: int = 200,
) -> HttpResponse:
    made: Appeal | None = getattr(statement, "appeal", None)
    context = {
        "statement": statement,
        "comment": statement.comment,
        "comment_html": stored_html(statement.comment),
        "back": own_path(statement.comment),
        "appeal": made,
        "form": form,
        "contestable": made is None and can_be_contested(statement),
        "last_day": last_day(statement),
        "redress": further_redress(),
    }
    return render(request, "newsroom/appeal.html", context, status=status)
