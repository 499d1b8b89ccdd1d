"""The moderators' desk. Every change is a POST; every page also works without scripts."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comments.models import Comment
from moderation import services
from moderation.answers import (
    ModeratorRequest,
    answer_conflict,
    answer_done,
    answer_refused,
    comment_page,
    page_context,
)
from moderation.cards import can_be_undone, desk_comments
from moderation.errors import AlreadyDecided, InvalidDecision
from moderation.forms import DecisionForm
from moderation.masking.history import maskings_between
from moderation.models import Decision
from moderation.queue import decision_history, latest_among, one_row_a_batch

View = Callable[..., HttpResponse]
HISTORY_SIZE = 50


def allowed_to(permission: str) -> Callable[[View], View]:
    """Ask visitors to sign in, and refuse (403) those without ``permission``."""

    def decorate(view: View) -> View:
        checked = permission_required(permission, raise_exception=True)(view)
        return never_cache(login_required(checked))

    return decorate


can_see = allowed_to("moderation.view_queueentry")
can_decide = allowed_to("moderation.add_decision")


@require_safe
@can_see
def comment(request: ModeratorRequest, pk: int) -> HttpResponse:
    return comment_page(request, get_object_or_404(desk_comments(), pk=pk))


@require_safe
@can_see
def history(request: ModeratorRequest) -> HttpResponse:
    chosen = request.GET.get("par", "")
    decisions = one_row_a_batch(decision_history())
    if chosen == "moi":
        decisions = decisions.filter(moderator=request.user)
    elif chosen == "regles":
        decisions = decisions.filter(moderator=None)
    else:
        decisions = decisions.filter(moderator__isnull=False)
    given = request.GET.get("avant", "")
    before = int(given) if given.isdecimal() and len(given) < 19 else None
    if before is not None:
        decisions = decisions.filter(pk__lt=before)
    found = list(decisions[: HISTORY_SIZE + 1])
    shown = found[:HISTORY_SIZE]
    more = len(found) > HISTORY_SIZE
    latest = latest_among(shown)
    rows: list[dict[str, Any]] = [
        {
            "at": d.created_at,
            "decision": d,
            "undoable": d.pk in latest and can_be_undone(d, d.comment),
        }
        for d in shown
    ]
    if chosen != "regles":
        rows += [
            {"at": masking.created_at, "masking": masking}
            for masking in maskings_between(
                shown[-1].created_at if more else None,
                before,
                by=request.user if chosen == "moi" else None,
            )
        ]
        rows.sort(key=lambda row: row["at"], reverse=True)
    context = {
        "rows": rows,
        "views": _history_views(request),
        "older_url": address_with(request, avant=str(shown[-1].pk)) if more else "",
        **page_context(request),
    }
    return render(request, "moderation/history.html", context)


@require_POST
@can_decide
def decide(request: ModeratorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Comment, pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            decision = services.decide(found, by=request.user, **form.cleaned_data)
        except AlreadyDecided as error:
            return answer_conflict(request, pk, error, form)
        except InvalidDecision as error:
            form.add_error(error.field or None, str(error))
        else:
            return answer_done(request, decision)
    return answer_refused(request, pk, form)


@require_POST
@can_decide
def undo(request: ModeratorRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(Decision.objects.select_related("comment"), pk=pk)
    try:
        undone = services.undo(decision, by=request.user)
    except AlreadyDecided as error:
        return answer_conflict(request, decision.comment_id, error)
    except InvalidDecision as error:
        latest = decision.comment.decisions.select_related("moderator").first()
        refusal = AlreadyDecided(str(error), latest)
        return answer_conflict(request, decision.comment_id, refusal)
    return answer_done(request, undone)


def _history_views(request: HttpRequest) -> list[dict[str, Any]]:
    current = request.GET.get("par", "")
    known = (
        ("", _("Tous les modérateurs")),
        ("moi", _("Moi")),
        ("regles", _("Les règles")),
    )
    return [
        {
            "url": address_with(request, par=value, avant=""),
            "name": name,
            "current": value == current,
        }
        for value, name in known
    ]


def address_with(request: HttpRequest, **changes: str) -> str:
    """This address with ``changes`` to its query; empty values leave it."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path
