from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments.cards import card_html
from comments.models import Comment
from comments.threads import card_of
from moderation.complaints.links import is_reporters
from moderation.complaints.services import can_be_contested
from moderation.errors import NothingToReport, ReportedTooOften
from moderation.models import Report
from moderation.report_forms import ReportForm, known_of
from moderation.reports import report_comment
from newsroom.article_page import author_of
from newsroom.reporting import account_in, check_report_rate, reportable_comments


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a comment to the moderators; nobody needs an account for it."""
    comment = get_object_or_404(reportable_comments(), pk=pk)
    if request.method != "POST":
        signature = author_of(request.user)
        known = known_of(request.user, signature.name if signature else "")
        return _form_page(request, comment, ReportForm(initial=known), status=200)
    form = ReportForm(request.POST)
    if not form.is_valid():
        form.focus_first_error()
        return _form_page(request, comment, form, status=422)
    try:
        check_report_rate(request, form.cleaned_data["email"])
        made = report_comment(comment, user=account_in(request), **form.cleaned_data)
    except ReportedTooOften as refusal:
        form.add_error(None, str(refusal))
        response = _form_page(request, comment, form, status=429)
        response.headers["Retry-After"] = str(refusal.wait)
        return response
    except NothingToReport as refusal:
        raise Http404(str(refusal)) from refusal
    return redirect("report_sent", reference=made.reference)


@never_cache
@require_safe
def report_sent(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of a report, for whoever has its reference.

    Neither what it says, nor by whom, nor since when: a report sent again has the
    reference of the first, and must not tell that there was one.
    """
    reports = Report.objects.select_related(
        "comment__article__section", "decision__answered_appeal"
    )
    found = get_object_or_404(reports, reference=reference.upper())
    complaint = found.complaints.select_related("decision").last()
    context = {
        "report": found,
        "article": found.comment.article,
        "complaint": complaint,
        "contestable": can_be_contested(found)
        and (complaint is None or complaint.contested_id != found.decision_id),
        "is_reporters": is_reporters(found, request.user, ""),
    }
    return render(request, "newsroom/report_sent.html", context)


def _form_page(
    request: HttpRequest, comment: Comment, form: ReportForm, *, status: int
) -> HttpResponse:
    article = comment.article
    context = {
        "article": article,
        "section": article.section,
        "comment": comment,
        "reported_html": card_html(
            card_of(comment), anchor=True, language=article.language
        ),
        "form": form,
    }
    return render(request, "newsroom/report.html", context, status=status)
