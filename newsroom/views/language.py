from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe


@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """Two buttons; the choice is kept in a cookie of this browser, nowhere else."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, None):
        back = ""
    return render(request, "newsroom/language.html", {"next": back})
