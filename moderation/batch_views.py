"""Decisions on many comments: asked for, confirmed, followed, undone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from moderation.answers import (
    ModeratorRequest,
    next_page,
    page_context,
    part,
    wants_json,
)
from moderation.batch_forms import BatchForm
from moderation.batch_text import asked_for, progress, what_was_done
from moderation.batches import cancel_batch, run_batch, start_batch, undo_batch
from moderation.errors import AlreadyDecided, InvalidDecision, SelectionGrew
from moderation.models import BatchItem, Decision, DecisionBatch
from moderation.reasons import ReasonCode
from moderation.selections import Matching, all_matching, in_words
from moderation.views import can_decide, can_see

AT_ONCE = 1.0
"""Seconds that one request works on a batch; the next request goes on."""
SAMPLES = 5
LISTED = 50
"""How many of the comments left alone a report names."""


@require_POST
@can_decide
def confirm(request: ModeratorRequest) -> HttpResponse:
    """Say what would be decided on how many comments. Changes nothing."""
    form = BatchForm(request.POST, user=request.user)
    return _confirmation(request, form) if form.is_valid() else _refused(request, form)


@require_POST
@can_decide
def start(request: ModeratorRequest) -> HttpResponse:
    form = BatchForm(request.POST, user=request.user)
    if not form.is_valid():
        return _refused(request, form)
    asked = form.cleaned_data
    try:
        batch = start_batch(
            form.selection,
            action=asked["action"],
            by=request.user,
            reason=asked["reason"],
            note=asked["note"],
        )
    except SelectionGrew as error:
        form.add_error(None, str(error))
        assert isinstance(form.selection, Matching)
        form.selection = all_matching(form.selection.asked)
        return _confirmation(request, form, status=409)
    except InvalidDecision as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, str(error))
        return _confirmation(request, form, status=422)
    return _answer(request, run_batch(batch, seconds=AT_ONCE))


@require_safe
@can_see
def show(request: ModeratorRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(_batches(), pk=pk)
    context = {**_report(batch), "back": next_page(request), **page_context(request)}
    return render(request, "moderation/batch.html", context)


@require_POST
@can_decide
def go_on(request: ModeratorRequest, pk: int) -> HttpResponse:
    batch = run_batch(get_object_or_404(DecisionBatch, pk=pk), seconds=AT_ONCE)
    if not wants_json(request):
        return redirect(_address(request, batch))
    batch = _batches().get(pk=pk)
    pieces = {
        "unfinished": batch.unfinished,
        "text": progress(batch) if batch.unfinished else what_was_done(batch),
        "html": part(request, "_batch", **_report(batch), back=next_page(request)),
    }
    return JsonResponse(pieces)


@require_POST
@can_decide
def stop(request: ModeratorRequest, pk: int) -> HttpResponse:
    batch = cancel_batch(get_object_or_404(DecisionBatch, pk=pk))
    return redirect(_address(request, batch))


@require_POST
@can_decide
def undo(request: ModeratorRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(DecisionBatch, pk=pk)
    try:
        batch = undo_batch(batch, by=request.user)
    except AlreadyDecided as error:
        messages.error(request, str(error))
        return redirect(_address(request, batch))
    return _answer(request, run_batch(batch, seconds=AT_ONCE))


def _answer(request: ModeratorRequest, batch: DecisionBatch) -> HttpResponse:
    """Back to where the moderator was if all is done; else to the batch's page."""
    if batch.unfinished or batch.skipped or batch.kept:
        return redirect(_address(request, batch))
    tags = f"lot-{batch.pk}" if batch.can_be_undone else ""
    messages.success(request, what_was_done(batch), extra_tags=tags)
    return redirect(next_page(request))


def _confirmation(
    request: ModeratorRequest, form: BatchForm, *, status: int = 200
) -> HttpResponse:
    selection = form.selection
    by_status = selection.by_status()
    count = sum(by_status.values())
    if not count:
        messages.warning(
            request, _("Il n’y a plus rien à décider : la file a changé entre-temps.")
        )
        return redirect(next_page(request))
    samples = selection.comments().select_related("author", "article", "revision")
    matching = selection if isinstance(selection, Matching) else None
    action = form.cleaned_data["action"]
    context = {
        "form": form,
        "action": action,
        "title": asked_for(action, count, by_status),
        "count": count,
        "until": matching and matching.until,
        "filters": in_words(selection.filters),
        "samples": samples[:SAMPLES],
        "others": max(0, count - SAMPLES),
        "reasons": ReasonCode.choices,
        "back": next_page(request),
        **page_context(request),
    }
    return render(request, "moderation/batch_confirm.html", context, status=status)


def _refused(request: ModeratorRequest, form: BatchForm) -> HttpResponse:
    """Back to the queue; or the form again, if only its reason or note is wrong."""
    wrong = set(form.errors)
    if wrong and wrong <= {"reason", "note"}:
        return _confirmation(request, form, status=422)
    told = [str(error) for error in form.non_field_errors()]
    for text in told or [str(BatchForm.nothing)]:
        messages.error(request, text)
    return redirect(next_page(request))


def _batches() -> Any:
    return DecisionBatch.objects.select_related("moderator", "undone_by")


def _address(request: ModeratorRequest, batch: DecisionBatch) -> str:
    query = urlencode({"next": next_page(request)})
    return f"{reverse('moderation:batch', args=(batch.pk,))}?{query}"


def _report(batch: DecisionBatch) -> dict[str, Any]:
    """How far the batch has come, and which comments it left alone. A fixed number of
    queries."""
    counted = batch.left_alone_counts()
    decisions = Decision.objects.select_related("moderator")
    left_alone = batch.items.filter(outcome__in=BatchItem.LEFT_ALONE)
    listed = left_alone.select_related(
        "comment__author", "comment__article"
    ).prefetch_related(Prefetch("comment__decisions", decisions))
    return {
        "batch": batch,
        "title": asked_for(batch.action, batch.total),
        "told": what_was_done(batch),
        "progress": progress(batch),
        "filters": in_words(batch.filters),
        "outcomes": [
            (outcome.label, counted[outcome.value])
            for outcome in BatchItem.LEFT_ALONE
            if outcome.value in counted
        ],
        "left_alone": listed[:LISTED],
        "more": max(0, sum(counted.values()) - LISTED),
    }
