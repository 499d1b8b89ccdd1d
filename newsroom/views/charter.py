"""The charter of comments, as published: a page for people, JSON for machines."""

from django.contrib.auth.decorators import login_required
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moderation.charter.changing import changes_of, language_shown
from moderation.charter.notices import mark_read
from moderation.models import CharterVersion
from newsroom.addresses import absolute
from newsroom.requests import AuthenticatedRequest, own_address


@require_safe
def charter(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The version in force, or the one of ``number``, in the reader's language.

    Who is signed in has been told of it, and of those before.
    """
    version, latest = _version(number)
    language = language_shown()
    content = version.content[language]
    for clause in content["clauses"]:  # what asks nothing of anyone is for machines
        clause["rules"] = [
            rule for rule in clause["rules"] if rule["enabled"] or rule["exceptions"]
        ]
    procedures = {each["code"]: each for each in content["procedures"]}
    if request.user.is_authenticated and request.method == "GET":
        mark_read(request.user, up_to=version.number)
    context = {
        "version": version,
        "content": content,
        "opening": procedures.pop("preambule", None),
        "procedures": procedures.values(),
        "in_force": version.number == latest,
        "changes": changes_of(version.number, version.published_at, language),
        "before": version.number - 1,
        "older": range(latest, 0, -1),
        "json_address": (
            reverse("charter_version_json", args=[number])
            if number is not None
            else reverse("charter_json")
        ),
    }
    return render(request, "newsroom/charter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def charter_read(request: AuthenticatedRequest, number: int) -> HttpResponse:
    """No more notice of the versions up to ``number``; back to where it was read."""
    if request.method != "POST":  # after signing in again, for example
        return redirect("charter")
    version = get_object_or_404(CharterVersion.objects.only("number"), number=number)
    mark_read(request.user, up_to=version.number)
    return redirect(own_address(request, request.POST.get("next")) or "charter")


@require_safe
def charter_json(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The same, in every language, with what machines read of each rule."""
    version, latest = _version(number)
    answer = {
        "number": version.number,
        "in_force": version.number == latest,
        "published_at": version.published_at,
        "important": version.important,
        "url": absolute(version.get_absolute_url()),
        "content": version.content,
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _version(number: int | None) -> tuple[CharterVersion, int]:
    """The version asked for, and the number of the one in force. One query."""
    numbers = CharterVersion.objects.order_by("-number").values("number")
    versions = CharterVersion.objects.annotate(latest=Subquery(numbers[:1]))
    if number is not None:
        versions = versions.filter(number=number)
    version = versions.first()
    if version is None:
        raise Http404("no such version of the charter")
    return version, version.latest
