"""The desk's second looks (« Second regard »): judge blind, then compare."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from moderation.answers import ModeratorRequest, page_context
from moderation.errors import AlreadyDecided, InvalidDecision, OwnDecision
from moderation.models import Action, SecondLook
from moderation.second_looks.cards import look_card, shown_looks
from moderation.second_looks.forms import LookForm
from moderation.second_looks.judging import judge, offer_next
from moderation.views import can_decide, can_see


@require_safe
@can_see
def look(request: ModeratorRequest) -> HttpResponse:
    """The comment that the moderator has taken, else what this is about."""
    return _page(request)


@require_POST
@can_decide
def take_next(request: ModeratorRequest) -> HttpResponse:
    if offer_next(request.user) is None:
        messages.info(request, _("Rien n’attend votre second regard."))
    return redirect("moderation:look")


@require_POST
@can_decide
def judge_look(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Keep a judgement; show the first one beside it if they differ, else the next."""
    found = get_object_or_404(SecondLook, pk=pk)
    form = LookForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        judged = judge(found, by=request.user, **form.cleaned_data)
    except AlreadyDecided as error:
        return _page(request, form, problem=str(error), status=409)
    except OwnDecision as error:
        return _page(request, form, problem=str(error), status=403)
    except InvalidDecision as error:
        form.add_error(error.field or None, str(error))
        return _page(request, form, status=422)
    if not judged.agrees:
        return redirect("moderation:judged_look", pk=judged.pk)
    messages.success(request, _agreement(judged))
    offer_next(request.user)
    return redirect("moderation:look")


@require_safe
@can_see
def judged_look(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Both judgements of a text that was judged again."""
    readable = SecondLook.objects.readable_by(request.user)
    found = get_object_or_404(shown_looks().filter(pk__in=readable), pk=pk)
    context = {"card": look_card(found), "look": found, **page_context(request)}
    return render(request, "moderation/judged_look.html", context)


def _page(
    request: ModeratorRequest,
    form: LookForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """``form`` was refused; ``problem`` says why, if nothing in it can be mended."""
    held = shown_looks().filter(pk__in=SecondLook.objects.held_by(request.user)).first()
    typed = None if problem else form
    context: dict[str, Any] = {
        "card": look_card(held, typed) if held else None,
        "problem": problem,
        "written": form["note"].value() if form and (problem or not held) else "",
        **page_context(request),
    }
    return render(request, "moderation/look.html", context, status=status)


def _agreement(judged: SecondLook) -> str:
    """What a moderator is told who judged as the first one did."""
    if judged.action == Action.PUBLISH:
        return _("Jugement noté, le même que le premier : publier.")
    first = judged.decision
    if first is None or first.reason == judged.reason:
        told = _("Jugement noté, le même que le premier : masquer, « %(reason)s ».")
    else:
        told = _(
            "Jugement noté : masquer, comme le premier, qui donnait le motif "
            "« %(first)s » ; vous, « %(reason)s »."
        )
    return told % {
        "reason": judged.get_reason_display(),
        "first": first.get_reason_display() if first else "",
    }
