"""The desk's appeals (« Contestations »): those that wait, those that are closed, one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from moderation.answers import ModeratorRequest, difference_since, page_context
from moderation.appeal_cards import appeal_card, listed_appeals
from moderation.appeal_forms import AnswerForm
from moderation.appeal_models import REASONING_MAX_LENGTH
from moderation.appeals import answer_appeal
from moderation.complaints.cards import contested_page
from moderation.complaints.models import open_contested
from moderation.errors import AlreadyDecided, InvalidDecision, OwnDecision
from moderation.models import Appeal
from moderation.views import address_with, can_decide, can_see

PAGE_SIZE = 30
CLOSED = "closes"


@require_safe
@can_see
def appeals(request: ModeratorRequest) -> HttpResponse:
    """What authors and reporters contest: open ones, the oldest first; closed ones, the
    latest first."""
    closed = request.GET.get("vue") == CLOSED
    after = request.GET.get("apres", "")
    found = contested_page(request.user, closed=closed, after=after, size=PAGE_SIZE)
    more = found.next_after
    context = {
        "rows": found.rows,
        "closed": closed,
        "count": open_contested(),
        "next_url": address_with(request, apres=more) if more else "",
        **page_context(request),
    }
    return render(request, "moderation/appeals.html", context)


@require_safe
@can_see
def appeal(request: ModeratorRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


@require_POST
@can_decide
def answer(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Uphold the hiding or reverse it; what was typed is shown again if it is refused."""
    found = get_object_or_404(Appeal.objects.select_related("statement"), pk=pk)
    form = AnswerForm(request.POST)
    conflict: AlreadyDecided | None = None
    status = 422
    if form.is_valid():
        try:
            answered = answer_appeal(found, by=request.user, **form.cleaned_data)
        except AlreadyDecided as error:
            conflict, status = error, 409
        except OwnDecision as error:
            form.add_error(None, str(error))
            status = 403
        except InvalidDecision as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _confirmation(answered))
            return redirect("moderation:appeals")
    return _page(request, pk, form, conflict=conflict, status=status)


def _page(
    request: ModeratorRequest,
    pk: int,
    form: AnswerForm | None = None,
    *,
    conflict: AlreadyDecided | None = None,
    status: int = 200,
) -> HttpResponse:
    found = get_object_or_404(listed_appeals(request.user), pk=pk)
    shown = appeal_card(found, request.user)
    seen = form.cleaned_data.get("revision") if form else None
    context = {
        "shown": shown,
        "statement": found.statement,
        "form": form,
        "conflict": conflict,
        "difference": (
            difference_since(shown.card.comment.pk, seen) if conflict else ""
        ),
        "answers": [] if found.outcome else _answers(form, shown.suggested),
        "typed": form["reasoning"].value() if form else "",
        "longest": REASONING_MAX_LENGTH,
        **page_context(request),
    }
    return render(request, "moderation/appeal.html", context, status=status)


def _answers(form: AnswerForm | None, suggested: Any) -> list[dict[str, Any]]:
    """The two forms: each with its words, what it begins with, or what was typed."""
    typed = form["outcome"].value() if form else None
    known = (
        (
            Appeal.Outcome.REVERSED,
            _("Rétablir le commentaire"),
            _("Il revient à sa place et à sa date. L’exposé des motifs est levé."),
            suggested.reversed,
        ),
        (
            Appeal.Outcome.UPHELD,
            _("Maintenir le masquage"),
            _(
                "Le commentaire reste masqué. Ajoutez en quoi : l’auteur doit comprendre."
            ),
            suggested.upheld,
        ),
    )
    return [
        {
            "outcome": outcome.value,
            "name": name,
            "help": told,
            "text": form["reasoning"].value() if form and typed == outcome else start,
            "errors": form["reasoning"].errors if form and typed == outcome else None,
        }
        for outcome, name, told, start in known
    ]


def _confirmation(answered: Appeal) -> str:
    author = answered.statement.comment.author.name
    if answered.outcome == Appeal.Outcome.REVERSED:
        told = _("Commentaire de %(author)s rétabli. L’auteur peut lire votre réponse.")
    else:
        told = _("Masquage maintenu. %(author)s peut lire votre réponse.")
    return told % {"author": author}
