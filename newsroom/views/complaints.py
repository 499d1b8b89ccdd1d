from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments.cards import card_html
from comments.models import Comment
from comments.threads import card_of
from moderation.appeal_forms import AppealForm
from moderation.complaints.links import (
    KEY,
    contest_key,
    is_reporters,
    last_day_to_contest,
)
from moderation.complaints.services import can_be_contested, complain
from moderation.errors import NothingToContest
from moderation.models import Complaint, Report
from moderation.redress import further_redress


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contest_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Contest the answer to one's report, then follow what comes of it.

    Without an account: the link of the answer's mail is the right to.
    """
    reports = Report.objects.select_related(
        "comment__article__section", "comment__author", "decision"
    )
    report = get_object_or_404(reports, reference=reference.upper())
    if not is_reporters(report, request.user, request.GET.get(KEY, "")):
        raise Http404("the key of another report, or of none")
    if report.decision is None:
        return redirect("report_sent", reference=report.reference)
    if request.method != "POST":
        return _page(request, report, AppealForm(of_report=True))
    form = AppealForm(request.POST, of_report=True)
    if not form.is_valid():
        return _page(request, report, form, status=422)
    try:
        complain(report, **form.cleaned_data)
    except NothingToContest as refusal:
        form.add_error(None, str(refusal))
        return _page(request, report, form, status=409)
    messages.success(request, _("Votre contestation est envoyée."))
    return redirect(f"{request.path}?{KEY}={contest_key(report)}")


def _page(
    request: HttpRequest, report: Report, form: AppealForm, *, status: int = 200
) -> HttpResponse:
    comment = report.comment
    made = Complaint.objects.filter(report=report).select_related("decision").last()
    if made is not None and made.contested_id != report.decision_id:
        made = None if report.outcome == Report.Outcome.KEPT else made
    shown = (
        card_html(card_of(comment), anchor=False, language=comment.article.language)
        if comment.status == Comment.Status.PUBLISHED
        else ""
    )
    context = {
        "report": report,
        "article": comment.article,
        "comment": comment,
        "comment_html": shown,
        "complaint": made,
        "form": form,
        "contestable": made is None and can_be_contested(report),
        "last_day": last_day_to_contest(report),
        "redress": further_redress(),
        "address": request.get_full_path(),
    }
    return render(request, "newsroom/contest_report.html", context, status=status)
