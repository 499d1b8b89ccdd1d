"""The charter of comments, as published: a page for people, JSON for machines."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moderation.charter.catalog import LANGUAGES
from moderation.models import CharterVersion
from newsroom.addresses import absolute


@require_safe
def charter(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The version in force, or the one of ``number``, in the reader's language."""
    version, latest = _version(number)
    language = (get_language() or "fr")[:2]
    content = version.content[language if language in LANGUAGES else "fr"]
    for clause in content["clauses"]:  # what asks nothing of anyone is for machines
        clause["rules"] = [
            rule for rule in clause["rules"] if rule["enabled"] or rule["exceptions"]
        ]
    procedures = {each["code"]: each for each in content["procedures"]}
    context = {
        "version": version,
        "content": content,
        "opening": procedures.pop("preambule", None),
        "procedures": procedures.values(),
        "in_force": version.number == latest,
        "older": range(latest, 0, -1),
        "json_address": (
            reverse("charter_version_json", args=[number])
            if number is not None
            else reverse("charter_json")
        ),
    }
    return render(request, "newsroom/charter.html", context)


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
    """The version asked for, and the number of the one in force."""
    latest = CharterVersion.objects.first()
    if latest is None:
        raise Http404("no charter was published yet")
    if number is None or number == latest.number:
        return latest, latest.number
    version = CharterVersion.objects.filter(number=number).first()
    if version is None:
        raise Http404("no such version")
    return version, latest.number
