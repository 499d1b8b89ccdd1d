"""A reporter's complaint at the desk: both sides, and the answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from moderation.answers import ModeratorRequest, difference_since, page_context
from moderation.appeal_cards import appeals_of
from moderation.appeal_models import REASONING_MAX_LENGTH
from moderation.complaints.cards import complaint_card, listed_complaints
from moderation.complaints.forms import ReplyForm
from moderation.complaints.models import Complaint
from moderation.complaints.services import answer_complaint
from moderation.errors import AlreadyDecided, InvalidDecision, OwnDecision
from moderation.hiding_fields import reason_options
from moderation.views import can_decide, can_see

Outcome = Complaint.Outcome


@require_safe
@can_see
def complaint(request: ModeratorRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


@require_POST
@can_decide
def answer(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Keep the comment or hide it; what was typed is shown again if it is refused."""
    found = get_object_or_404(Complaint.objects.select_related("report"), pk=pk)
    form = ReplyForm(request.POST)
    conflict: AlreadyDecided | None = None
    status = 422
    if form.is_valid():
        seen = {name: form.cleaned_data[name] for name in ("after", "revision")}
        try:
            made = answer_complaint(found, form.reply, by=request.user, **seen)
        except AlreadyDecided as error:
            conflict, status = error, 409
        except OwnDecision as error:
            form.add_error(None, str(error))
            status = 403
        except InvalidDecision as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _confirmation(made))
            return redirect("moderation:appeals")
    return _page(request, pk, form, conflict=conflict, status=status)


def _page(
    request: ModeratorRequest,
    pk: int,
    form: ReplyForm | None = None,
    *,
    conflict: AlreadyDecided | None = None,
    status: int = 200,
) -> HttpResponse:
    found = get_object_or_404(listed_complaints(request.user), pk=pk)
    shown = complaint_card(found, request.user)
    seen = form.cleaned_data.get("revision") if form else None
    typed = form["outcome"].value() if form else ""
    reasoning = form["reasoning"].value() if form else ""
    chosen = form["reason"].value() if form else shown.suggested
    context = {
        "shown": shown,
        "form": form,
        "conflict": conflict,
        "difference": (
            difference_since(shown.card.comment.pk, seen) if conflict else ""
        ),
        "typed": reasoning,
        "typed_outcome": typed,
        "kept_text": reasoning if typed == Outcome.KEPT else shown.kept,
        "hidden_text": reasoning if typed == Outcome.HIDDEN else shown.hidden,
        "reasons": reason_options(chosen or ""),
        "appeals": appeals_of(shown.card.comment),
        "longest": REASONING_MAX_LENGTH,
        **page_context(request),
    }
    return render(request, "moderation/complaint.html", context, status=status)


def _confirmation(made: Complaint) -> str:
    if made.outcome == Outcome.HIDDEN:
        return _("Commentaire masqué. Son auteur et le lecteur apprennent pourquoi.")
    return _("Le commentaire reste en ligne. Le lecteur apprend pourquoi.")
