"""The desk's list of the sanctions that hold now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moderation.answers import ModeratorRequest, page_context
from moderation.sanction_list import SanctionFilterForm, sanctions_page
from moderation.views import address_with, can_see


@require_safe
@can_see
def sanctions(request: ModeratorRequest) -> HttpResponse:
    form = SanctionFilterForm(request.GET, label_suffix="")
    filters = form.filters()
    page = sanctions_page(filters, after=request.GET.get("apres", ""))
    context = {
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "sanctions": page.sanctions,
        "next_url": (
            address_with(request, apres=page.next_after) if page.next_after else ""
        ),
        **page_context(request),
    }
    return render(request, "moderation/sanctions.html", context)
