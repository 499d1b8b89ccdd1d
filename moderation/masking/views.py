"""Masking passages at the desk, and lifting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comments.models import Comment
from moderation.answers import (
    ModeratorRequest,
    answer_conflict,
    answer_done,
    answer_refused,
    next_page,
    part,
    pieces,
    wants_json,
)
from moderation.cards import comment_card, desk_comments
from moderation.errors import AlreadyDecided, InvalidDecision
from moderation.masking.forms import MaskForm
from moderation.masking.models import Masking
from moderation.masking.services import mask, unmask
from moderation.views import can_decide


@require_POST
@can_decide
def mask_spans(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Mask the chosen passages, and publish if asked to."""
    found = get_object_or_404(Comment, pk=pk)
    form = MaskForm(request.POST)
    if form.is_valid():
        try:
            masking = mask(found, by=request.user, **form.cleaned_data)
        except AlreadyDecided as error:
            return answer_conflict(request, pk, error, form)
        except InvalidDecision as error:
            form.add_error(error.field or None, str(error))
        else:
            told = _("Masqué : %(kinds)s.") % {"kinds": ", ".join(masking.kinds)}
            if form.cleaned_data["publish"]:
                return answer_done(request, masking.comment.decisions.all()[0], told)
            return _answer(request, masking, told, undo=masking.pk)
    return answer_refused(request, pk, form)


@require_POST
@can_decide
def unmask_spans(request: ModeratorRequest, pk: int) -> HttpResponse:
    masking = get_object_or_404(Masking, pk=pk)
    try:
        lifted = unmask(masking, by=request.user)
    except AlreadyDecided as error:
        return answer_conflict(request, masking.comment_id, error)
    told = _("Démasqué : %(kinds)s. Le commentaire se lit de nouveau en entier.")
    if lifted.comment.revision and lifted.comment.revision.masks:
        told = _("Démasqué : %(kinds)s. D’autres passages restent masqués.")
    return _answer(request, lifted, told % {"kinds": ", ".join(lifted.kinds)})


def _answer(
    request: ModeratorRequest, masking: Masking, text: str, undo: int | None = None
) -> HttpResponse:
    """Tell what was done, with the button that lifts the masking ``undo``."""
    if not wants_json(request):
        tags = f"unmask-{undo}" if undo else ""
        messages.success(request, text, extra_tags=tags)
        return redirect(next_page(request))
    found = desk_comments().get(pk=masking.comment_id)
    card = part(request, "_card", card=comment_card(found))
    notice = {"text": text, "undo": None, "unmask": undo, "level": "success"}
    return pieces(request, found, notice, card, status=200)
