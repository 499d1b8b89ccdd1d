from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page shown when a form's token is missing or old."""
    return render(request, "403_csrf.html", status=403)
