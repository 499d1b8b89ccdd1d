"""The moderators' dashboard, and its tables as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from moderation.answers import ModeratorRequest, page_context
from moderation.dashboard import Dashboard
from moderation.dashboard_parts import parts
from moderation.dashboard_tables import TABLES
from moderation.period_form import NAMED, PeriodForm
from moderation.views import can_see
from moderation.workload import sees_everyone


@require_safe
@can_see
def dashboard(request: ModeratorRequest) -> HttpResponse:
    form = PeriodForm(request.GET, now=timezone.now())
    if not form.is_valid():
        return _page(request, form)
    return _page(request, form, Dashboard(form.period(), reader=request.user))


@require_safe
@can_see
def table(request: ModeratorRequest, name: str) -> HttpResponse:
    """One of TABLES as a file, for the period in the address."""
    if name not in TABLES:
        raise Http404
    form = PeriodForm(request.GET, now=timezone.now())
    if not form.is_valid():
        return _page(request, form)
    period = form.period()
    made = TABLES[name](Dashboard(period, reader=request.user))
    first, last = localtime(period.start), localtime(period.last)
    file = f"{name}-{first:%Y-%m-%d}-{last:%Y-%m-%d}.csv"
    return HttpResponse(
        made.as_csv(),
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _page(
    request: ModeratorRequest, form: PeriodForm, board: Dashboard | None = None
) -> HttpResponse:
    """The page; without figures (422) while the period is not understood."""
    context = {
        "form": form,
        "periods": [
            {
                "url": f"{reverse('moderation:dashboard')}?periode={name}",
                "name": label,
                "current": board is not None and name == form.name,
            }
            for name, label in NAMED.items()
        ],
        "query": _query(request),
        "period": board.period if board else None,
        "parts": parts(board) if board else [],
        "sees_everyone": sees_everyone(request.user),
        **page_context(request),
    }
    status = 200 if board else 422
    return render(request, "moderation/dashboard.html", context, status=status)


def _query(request: HttpRequest) -> str:
    """What the page was asked for, for its files."""
    query = request.GET.urlencode()
    return f"?{query}" if query else ""
