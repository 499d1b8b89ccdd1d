"""How the desk answers a decision: a page after a form, JSON after a script.

Both are made of the same templates: a script only has to put the pieces in place.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from comments.models import Comment, Revision
from moderation.appeal_cards import appeals_of
from moderation.cards import (
    comment_card,
    desk_comments,
    older_texts,
)
from moderation.differences import difference_html
from moderation.errors import AlreadyDecided
from moderation.figures import figures
from moderation.forms import DecisionForm
from moderation.hiding_fields import reason_messages
from moderation.masking.forms import MaskForm
from moderation.masking.history import maskings_of
from moderation.models import Action, Decision
from moderation.queue import decision_history
from moderation.report_cards import LISTED, all_reports
from moderation.statements import standing_statement
from moderation.takings import taken_by_others
from moderation.waiting import live_counts

JSON = "application/json"
VEILED = "desk_veiled"
"""Key of the session: whether the gravest texts stay covered until asked for."""


class ModeratorRequest(HttpRequest):
    """A request whose permissions were checked: its user is signed in."""

    user: User


def answer_done(
    request: ModeratorRequest, decision: Decision, more: str = ""
) -> HttpResponse:
    """Tell what was done, and ``more``, with the button that undoes the decision."""
    decision = decision_history().get(pk=decision.pk)
    text = f"{_confirmation(decision)} {more}".strip()
    undoable = decision.pk if decision.undoes_id is None else None
    if not wants_json(request):
        tags = f"undo-{undoable}" if undoable else ""
        messages.success(request, text, extra_tags=tags)
        return redirect(next_page(request))
    found = desk_comments().get(pk=decision.comment_id)
    if undoable:
        card = part(request, "_done", decision=decision)
    else:
        card = part(request, "_card", card=comment_card(found))
    notice = {"text": text, "undo": undoable, "level": "success"}
    return pieces(request, found, notice, card, status=200)


def answer_conflict(
    request: ModeratorRequest,
    pk: int,
    error: AlreadyDecided,
    form: DecisionForm | MaskForm | None = None,
) -> HttpResponse:
    """The comment as it stands now, with what was done meanwhile; nothing changed."""
    conflict = {
        "text": str(error),
        "latest": error.latest,
        "difference": difference_since(
            pk, form.cleaned_data.get("revision") if form else None
        ),
    }
    return _answer_problem(request, pk, form, str(error), conflict, status=409)


def answer_refused(
    request: ModeratorRequest, pk: int, form: DecisionForm | MaskForm
) -> HttpResponse:
    """The form again, with its errors and what was typed."""
    text = " ".join(str(e) for errors in form.errors.values() for e in errors)
    return _answer_problem(request, pk, form, text, None, status=422)


def comment_page(
    request: ModeratorRequest,
    found: Comment,
    form: DecisionForm | MaskForm | None = None,
    *,
    conflict: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One comment out of `desk_comments` with all its texts and decisions."""
    context = {
        "card": comment_card(found, **_typed(form)),
        "maskings": maskings_of(found),
        "older": older_texts(found),
        "statement": standing_statement(found),
        "appeals": appeals_of(found),
        "reports": (reports := all_reports(found.pk)),
        "more_reports": len(reports) == LISTED,
        "can_see_reporters": request.user.has_perm("moderation.view_reporter"),
        "conflict": conflict,
        **page_context(request),
    }
    return render(request, "moderation/comment.html", context, status=status)


def page_context(request: ModeratorRequest) -> dict[str, Any]:
    """What every page of the desk needs beside its own content."""
    notices = [
        {
            "text": str(message),
            "level": message.level_tag,
            "undo": _tagged(message.extra_tags, "undo-"),
            "batch": _tagged(message.extra_tags, "lot-"),
            "unmask": _tagged(message.extra_tags, "unmask-"),
        }
        for message in messages.get_messages(request)
    ]
    return {
        "notices": notices,
        "reason_messages": reason_messages,  # called by the pages that show them
        **_card_context(request),
    }


def _tagged(tags: str | None, prefix: str) -> str:
    """What follows ``prefix`` in a message's tags; empty if they do not begin so."""
    return tags.removeprefix(prefix) if tags and tags.startswith(prefix) else ""


def _card_context(request: ModeratorRequest) -> dict[str, Any]:
    return {
        "can_decide": request.user.has_perm("moderation.add_decision"),
        "veiled": request.session.get(VEILED, False),
        "taken": SimpleLazyObject(partial(taken_by_others, request.user)),
        "here": request.get_full_path()
        if request.method == "GET"
        else next_page(request),
    }


def _answer_problem(
    request: ModeratorRequest,
    pk: int,
    form: DecisionForm | MaskForm | None,
    text: str,
    conflict: dict[str, Any] | None,
    *,
    status: int,
) -> HttpResponse:
    found = desk_comments().get(pk=pk)
    if not wants_json(request):
        return comment_page(request, found, form, conflict=conflict, status=status)
    shown = comment_card(found, **_typed(form))
    card = part(request, "_card", card=shown, conflict=conflict)
    notice = {"text": text, "undo": None, "level": "error"}
    return pieces(request, found, notice, card, status=status)


def _typed(form: DecisionForm | MaskForm | None) -> dict[str, Any]:
    """A refused form under the name its card knows it by."""
    return {"masking" if isinstance(form, MaskForm) else "typed": form}


def difference_since(comment: int, seen: int | None) -> str:
    """What the author changed of ``comment`` since the text ``seen``; empty if nothing."""
    texts = Revision.objects.filter(comment=comment)
    before = texts.filter(pk=seen).first() if seen else None
    after = texts.last()
    if before is None or after is None or before == after:
        return ""
    return difference_html(before.text, after.text)


def _confirmation(decision: Decision) -> str:
    if decision.undoes_id is not None:
        sentence = _("Décision annulée : le commentaire de %(author)s est comme avant.")
    elif decision.action == Action.HIDE:
        sentence = _("Commentaire de %(author)s masqué. Motif : %(reason)s.")
    elif decision.action == Action.HOLD:
        sentence = _("Commentaire de %(author)s mis en attente.")
    elif decision.status_before == Comment.Status.PUBLISHED:
        sentence = _("Commentaire de %(author)s gardé.")
    else:
        sentence = _("Commentaire de %(author)s publié.")
    return sentence % {
        "author": decision.comment.author.name,
        "reason": decision.get_reason_display(),
    }


def next_page(request: HttpRequest) -> str:
    """Where to go after a decision: a page of this site, else the queue."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return reverse("moderation:queue")


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", JSON]) == JSON


def part(request: ModeratorRequest, name: str, **context: Any) -> str:
    context |= {"selectable": True, **_card_context(request)}
    return render_to_string(f"moderation/{name}.html", context, request)


def pieces(
    request: ModeratorRequest,
    found: Comment,
    notice: dict[str, Any],
    card: str,
    *,
    status: int,
) -> JsonResponse:
    """What a script puts in place: the notice, the comment's card, the counts."""
    told = {
        "comment": found.pk,
        "notice": part(request, "_notice", notice=notice),
        "card": card,
        "counts": figures(live_counts()),
    }
    return JsonResponse(told, status=status)
