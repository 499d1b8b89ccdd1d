"""The pages shown when a request cannot be answered."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from articles.listing import newest_articles
from comments.texts import with_line_feeds
from newsroom.doors.envelope import Refusal

logger = logging.getLogger(__name__)
SUGGESTED = 5  # articles on the page of an unknown address
TYPED = {
    "post_comment": "text",
    "report": "explanation",
    "sanction": "message",
    "author_note": "text",
    "judge_look": "note",
}
"""{name of an address: the field of its form that took time to write}"""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form's token is missing or old. What was being sent is shown, to be copied."""
    logger.warning("refused form at %s: %s", request.path, reason)
    field = TYPED.get(_address(request)[1], "")
    context = {"text": _typed(request, field), "path": request.path}
    return render(request, "403_csrf.html", context, status=403)


def text_kept(request: HttpRequest, *, back_to: str) -> HttpResponse:
    """Refuse a comment of someone who may not write (any more), keeping the text."""
    context = {
        "text": _typed(request, "text"),
        "back_to": back_to,
        "may_comment": request.user.has_perm("comments.add_comment"),
    }
    return render(request, "newsroom/text_kept.html", context, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    try:
        newest = newest_articles(SUGGESTED)
    except DatabaseError:
        logger.exception("no articles for the page of an unknown address")
        newest = []
    return render(request, "404.html", {"newest": newest}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _address(request)[0] == "doors":  # an unknown host name: nobody reads a page
        return Refusal(400, _("Requête illisible.")).response()
    return _bare_page("400.html", 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return _bare_page("500.html", 500)


def _address(request: HttpRequest) -> tuple[str, str]:
    """The namespace and the name of what was asked for, empty where there is none."""
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return "", ""
    return found.namespace, found.url_name or ""


def _bare_page(template: str, status: int) -> HttpResponse:
    """Needs no database, session, host name or context processor: what may be broken."""
    context = {"newspaper_name": settings.NEWSPAPER_NAME}
    return HttpResponse(render_to_string(template, context), status=status)


def _typed(request: HttpRequest, field: str) -> str:
    return with_line_feeds(request.POST.get(field, ""))
