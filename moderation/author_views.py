"""A commenter's page at the desk: what he wrote, sanctions, notes."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from articles.listing import BadCursor, cursor_of, parse_cursor
from comments.models import Commenter
from moderation.answers import ModeratorRequest, page_context
from moderation.author_notes import add_note, delete_note, may_delete
from moderation.author_page import (
    AuthorPage,
    author_at_a_glance,
    author_comments,
    known_authors,
)
from moderation.errors import AlreadyDecided, InvalidSanction
from moderation.models import AuthorNote, Sanction
from moderation.sanction_forms import LiftForm, NoteForm, SanctionForm, first_error
from moderation.sanction_mail import is_mailed, mail_text
from moderation.sanctions import draft_sanction, impose_sanction, lift_sanction
from moderation.views import can_decide, can_see


@require_safe
@can_see
def author(request: ModeratorRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(known_authors(), pk=pk))


@require_POST
@can_decide
def sanction(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Show what will be sent; once confirmed, sanction. What is wrong is said on the
    author's page, with all that was typed."""
    found = get_object_or_404(known_authors(), pk=pk)
    form = SanctionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    if "corriger" in request.POST:
        return _page(request, found, form)
    try:
        if "confirmer" not in request.POST:
            draft = draft_sanction(found, form.order, by=request.user)
            return _confirmation(request, form, draft)
        after = form.cleaned_data["after"]
        made = impose_sanction(found, form.order, by=request.user, after=after)
    except InvalidSanction as error:
        form.add_error(error.field or None, str(error))
        return _page(request, found, form, status=422)
    except AlreadyDecided as error:
        form.add_error(None, str(error))
        return _page(request, found, form, status=409)
    messages.success(
        request,
        (
            _("La sanction de %(author)s est enregistrée, et lui est annoncée.")
            if is_mailed(made)
            else _(
                "La sanction de %(author)s est enregistrée ; il la lit dans « Mes "
                "commentaires »."
            )
        )
        % {"author": found.name},
    )
    return redirect("moderation:author", pk=pk)


@require_POST
@can_decide
def lift(request: ModeratorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Sanction, pk=pk)
    form = LiftForm(request.POST)
    if form.is_valid():
        try:
            lift_sanction(found, by=request.user, **form.cleaned_data)
        except InvalidSanction as error:
            form.add_error("reason", str(error))
        except AlreadyDecided as error:
            messages.error(request, str(error))
            return redirect("moderation:author", pk=found.author_id)
        else:
            messages.success(request, _("La sanction est levée, et l’auteur le sait."))
            return redirect("moderation:author", pk=found.author_id)
    wrong = {
        "lifting": pk,
        "lifting_typed": request.POST.get("reason", ""),
        "lifting_error": first_error(form),
    }
    author = get_object_or_404(known_authors(), pk=found.author_id)
    return _page(request, author, status=422, refused=wrong)


@require_POST
@can_decide
def note(request: ModeratorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(known_authors(), pk=pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            add_note(found, by=request.user, **form.cleaned_data)
        except InvalidSanction as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("La note est enregistrée."))
            return redirect("moderation:author", pk=pk)
    wrong = {
        "note_typed": request.POST.get("text", ""),
        "note_error": first_error(form),
    }
    return _page(request, found, status=422, refused=wrong)


@require_POST
@can_decide
def remove_note(request: ModeratorRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(AuthorNote, pk=pk)
    if not may_delete(found, request.user):
        raise PermissionDenied
    delete_note(found)
    messages.success(request, _("La note est supprimée."))
    return redirect("moderation:author", pk=found.author_id)


def _page(
    request: ModeratorRequest,
    found: Commenter,
    form: SanctionForm | None = None,
    *,
    status: int = 200,
    refused: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The author's page; ``refused`` is what its small forms hold of a refusal."""
    before = request.GET.get("avant", "")
    try:
        place = parse_cursor(before) if before else None
    except BadCursor as error:
        raise Http404("no such place in a list of comments") from error
    shown = author_at_a_glance(found)
    cards, last = author_comments(found, before=place)
    context = {
        "shown": shown,
        "author": found,
        "form": form or SanctionForm(),
        "notes": [(note, may_delete(note, request.user)) for note in shown.notes],
        "may_be_sanctioned": _may_be_sanctioned(request, shown),
        "cards": cards,
        "before": before,
        "next_before": cursor_of(last.received_at, last.pk) if last else "",
        **page_context(request),
        **(refused or {}),
    }
    if request.method == "POST":  # a card's decision comes back to this page
        context["here"] = reverse("moderation:author", args=[found.pk])
    return render(request, "moderation/author.html", context, status=status)


def _confirmation(
    request: ModeratorRequest, form: SanctionForm, draft: Sanction
) -> HttpResponse:
    with override(draft.author.language):
        # The reference is drawn when the sanction is stored
        text = mail_text(draft).replace(draft.puid, "…")
    context = {
        "form": form,
        "sanction": draft,
        "author": draft.author,
        "mailed": is_mailed(draft),
        "text": text,
        **page_context(request),
    }
    return render(request, "moderation/sanction_confirm.html", context)


def _may_be_sanctioned(request: ModeratorRequest, shown: AuthorPage) -> bool:
    account = shown.author.user
    return account is not None and account != request.user
