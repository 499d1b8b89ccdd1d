from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.import_form import HeldPage, ImportForm, held_page, hold, release
from newsroom.importer.errors import PageError
from newsroom.importer.reader import read_page
from newsroom.importer.report import ImportReport
from newsroom.importer.service import import_page as store_page
from newsroom.requests import AuthenticatedRequest


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(
    ("articles.add_article", "articles.change_article"), raise_exception=True
)
def import_page(request: AuthenticatedRequest) -> HttpResponse:
    """Upload a page, see what it gives, then import it: nothing is stored before."""
    if request.method != "POST":
        return _form_page(request, ImportForm())
    if token := request.POST.get("held"):
        return _import(request, token)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    try:
        return _preview_page(request, form.uploaded())
    except PageError as error:
        form.add_error("page", str(error))
        return _form_page(request, form, status=422)


def _import(request: AuthenticatedRequest, token: str) -> HttpResponse:
    page = held_page(token, user=request.user)
    if page is None:
        messages.error(
            request,
            _(
                "Cette page n’est plus gardée (elle l’est une demi-heure) : "
                "choisissez-la de nouveau. Rien n’a été importé."
            ),
        )
        return _form_page(request, ImportForm(), status=410)
    report = store_page(page.data, zone=page.zone, name=page.name)
    release(token, user=request.user)
    if report.changed:
        LogEntry.objects.log_actions(
            request.user.pk,
            [report.article],
            ADDITION if report.created else CHANGE,
            " ".join(report.changes),
        )
    messages.success(request, str(report))
    return redirect("admin:articles_article_change", report.article.pk)


def _preview_page(request: AuthenticatedRequest, page: HeldPage) -> HttpResponse:
    """What the page says, and what importing it would do. Raises PageError."""
    context = {
        **_frame(request),
        "page": read_page(page.data, zone=page.zone),
        "name": page.name,
        "zone": page.zone.key,
        "report": _rehearsed(page),
        "held": hold(page, user=request.user),
    }
    return render(request, "admin/import_preview.html", context)


def _rehearsed(page: HeldPage) -> ImportReport:
    return store_page(page.data, zone=page.zone, name=page.name, dry_run=True)


def _form_page(
    request: HttpRequest, form: ImportForm, *, status: int = 200
) -> HttpResponse:
    context = {**_frame(request), "form": form}
    return render(request, "admin/import_page.html", context, status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "title": _("Importer une page"),
        "list_url": reverse("admin:articles_article_changelist"),
    }
