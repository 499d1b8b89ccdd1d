"""Taking care of a comment, and the digest that each moderator chooses for himself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from comments.models import Comment
from moderation.alerts.digest import (
    Frequency,
    choose_digest,
    chosen_digest,
    next_due,
    stop_digest,
)
from moderation.alerts.digest_mail import account_of
from moderation.alerts.forms import DigestForm
from moderation.alerts.owners import leave_charge, take_charge
from moderation.answers import ModeratorRequest, next_page, page_context
from moderation.views import can_decide, can_see


@require_POST
@can_decide
def own(request: ModeratorRequest, pk: int) -> HttpResponse:
    """Take care of a comment (``charge`` is 1) or no longer; ``de`` is the owner seen."""
    found = get_object_or_404(Comment, pk=pk)
    if request.POST.get("charge") == "0":
        if leave_charge(found, by=request.user):
            messages.success(request, _("Vous ne vous en chargez plus."))
        return redirect(next_page(request))
    seen = request.POST.get("de", "")
    of = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else None
    if take_charge(found, by=request.user, of=of):
        messages.success(
            request, _("Vous vous en chargez : les autres modérateurs le voient.")
        )
    else:
        messages.error(
            request, _("Trop tard : ce commentaire a changé de main ou n’attend plus.")
        )
    return redirect(next_page(request))


@require_http_methods(["GET", "HEAD", "POST"])
@can_see
def digest(request: ModeratorRequest) -> HttpResponse:
    """When one's own digest comes."""
    shown = chosen_digest(request.user)
    form = DigestForm(
        request.POST if request.method == "POST" else None,
        account=request.user,
        initial={
            "frequency": shown.frequency,
            "hour": shown.hour,
            "weekday": shown.weekday,
        },
    )
    if request.method == "POST" and form.is_valid():
        language = (get_language() or "fr")[:2]
        choose_digest(request.user, language=language, **form.cleaned_data)
        messages.success(request, _("Votre choix est enregistré."))
        return redirect("moderation:digest")
    wanted = shown.frequency != Frequency.NEVER
    context = {
        "form": form,
        "next_due": next_due(shown, timezone.now()) if wanted else None,
        **page_context(request),
    }
    status = 422 if form.errors else 200
    return render(request, "moderation/digest.html", context, status=status)


@csrf_exempt  # a mail program posts without a cookie (RFC 8058); the token permits
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever follows the link in a digest, and end it once he presses."""
    account = account_of(token)
    if account is None:
        raise Http404("not signed here")
    if request.method == "POST":
        stop_digest(account.pk)
    context = {"done": request.method == "POST"}
    return render(request, "moderation/digest_stop.html", context)
