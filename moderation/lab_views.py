"""The rule lab: see what the rules make of a text, try a term or a pattern first."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moderation import lab
from moderation.answers import ModeratorRequest, page_context
from moderation.candidate import PREVENTING
from moderation.kept_admin import record_shown
from moderation.lab_forms import PatternTrialForm, TermTrialForm, TextForm
from moderation.lab_pages import rule_rows, shown_trial
from moderation.lab_text import analysed
from moderation.lexicon import readable_terms
from moderation.models import EditorPattern, Flag, TargetChoices, Term
from moderation.records import RULE_OF_KIND, pattern_records, term_records
from moderation.rules.lexicon import Entry
from moderation.term_form import KNOWN
from moderation.views import can_see

asked_or_read = require_http_methods(["GET", "HEAD", "POST"])


@asked_or_read
@can_see
def text(request: ModeratorRequest) -> HttpResponse:
    """What the rules make of a text that is typed, or that a flag was raised in."""
    flag = _flag(request)
    analysis, status = None, 200
    if request.method == "POST":
        form = TextForm(request.POST)
        if form.is_valid():
            analysis = analysed(
                form.cleaned_data["text"], form.cleaned_data["language"]
            )
        else:
            status = 422
    elif flag is not None:
        form = TextForm(initial={"text": flag.revision.text})
        analysis = analysed(flag.revision.text, "fr")
    else:
        form = TextForm()
    context = {
        "current": "text",
        "form": form,
        "analysis": analysis,
        "rules": rule_rows(),
        **page_context(request),
    }
    return render(request, "moderation/lab/text.html", context, status=status)


@asked_or_read
@can_see
def term(request: ModeratorRequest) -> HttpResponse:
    """Which comments a term would flag, before it is kept."""
    flag = _flag(request)
    replaced = _named(request, "terme", Term)
    if flag is not None and replaced is None:
        replaced = _term_of(flag)
    # The form changes its instance: what the lexicon has now is read before
    former = next(readable_terms([replaced] if replaced else []), None)
    record = record_shown(term_records([replaced])[replaced.pk]) if replaced else None
    trial, form, status = None, _term_form(request, flag, replaced), 200
    if form.is_bound:
        if form.is_valid():
            entry = _entry(form)
            trial = shown_trial(
                lab.try_term(entry, replacing=former, among=form.cleaned_data["among"]),
                prevents=entry.kind in PREVENTING,
            )
        else:
            status = 422
    save = _saving(request, form, Term, ("note", "target")) if trial else None
    context = {
        "current": "term",
        "form": form,
        "flag": flag,
        "replaced": replaced,
        "former": former,
        "record": record,
        "same": _same_term(form),
        "trial": trial,
        "save": save,
        **page_context(request),
    }
    return render(request, "moderation/lab/term.html", context, status=status)


@asked_or_read
@can_see
def pattern(request: ModeratorRequest) -> HttpResponse:
    """Which comments a pattern would flag, before it is kept."""
    replaced = _named(request, "motif", EditorPattern)
    former = EditorPattern.objects.get(pk=replaced.pk) if replaced else None
    record = None
    if replaced:
        record = record_shown(pattern_records([replaced])[replaced.pk])
    posted = request.POST if request.method == "POST" else None
    form = PatternTrialForm(posted, instance=replaced)
    trial, status = None, 200
    if form.is_bound:
        if form.is_valid():
            trial = lab.try_pattern(
                form.save(commit=False).as_pattern(),
                replacing=former,
                among=form.cleaned_data["among"],
            )
        else:
            status = 422
    unasked = ("name", "explanation_fr", "explanation_en")
    context = {
        "current": "pattern",
        "form": form,
        "replaced": former,
        "record": record,
        "trial": trial and shown_trial(trial),
        "save": _saving(request, form, EditorPattern, unasked) if trial else None,
        **page_context(request),
    }
    return render(request, "moderation/lab/pattern.html", context, status=status)


def _key(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 19 else None


def _flag(request: HttpRequest) -> Flag | None:
    """The flag that the address names, with its text; None if it names none."""
    if "releve" not in request.GET:
        return None
    flags = Flag.objects.select_related("revision__comment")
    return get_object_or_404(flags, pk=_key(request.GET["releve"]))


def _named(request: HttpRequest, name: str, model: type[Any]) -> Any:
    """The row that the address or the form names as ``name``; None if none is."""
    value = request.POST.get(name) or request.GET.get(name)
    return get_object_or_404(model, pk=_key(value)) if value else None


def _term_of(flag: Flag) -> Term | None:
    """The kept term that raised ``flag``, as far as its text and rule tell."""
    kinds = [kind for kind, rule in RULE_OF_KIND.items() if rule == flag.rule]
    return Term.objects.active().filter(text=flag.term, kind__in=kinds).first()


def _term_form(
    request: HttpRequest, flag: Flag | None, replaced: Term | None
) -> TermTrialForm:
    if request.method == "POST":
        return TermTrialForm(request.POST, instance=replaced)
    initial = {"kind": Term.Kind.INSULT.value}
    if replaced is None and flag is not None:
        kinds = [kind for kind, rule in RULE_OF_KIND.items() if rule == flag.rule]
        initial["text"] = flag.term or flag.text
        initial["kind"] = str(kinds[0]) if kinds else initial["kind"]
    return TermTrialForm(
        instance=replaced, initial={} if replaced is not None else initial
    )


def _entry(form: TermTrialForm) -> Entry:
    """The term as the form describes it, with what the form does not ask."""
    tried: Term = form.save(commit=False)
    if tried.target not in TargetChoices:  # neither the form nor a rule reads it
        tried.target = ""
    return tried.as_entry()


def _same_term(form: TermTrialForm) -> Term | None:
    """The term that the lexicon already has, where the form was refused for it."""
    if not form.is_bound or not form.has_error("text", KNOWN):
        return None
    known = {name: form.cleaned_data.get(name) for name in ("language", "kind")}
    text = " ".join(form.data.get("text", "").split())
    same = Term.objects.filter(text=text, **known)
    return same.exclude(pk=form.instance.pk).first()


def _saving(
    request: ModeratorRequest,
    form: ModelForm,
    model: type[Any],
    unasked: tuple[str, ...],
) -> Mapping[str, Any] | None:
    """Where « Enregistrer » leads: the back office, which checks and keeps all changes.

    A new row gets its form there, filled; a known one is posted with what the lab does
    not ask (``unasked``) as it is. None for those who may not keep it.
    """
    options = model._meta
    row = form.instance
    verb = "change" if row.pk else "add"
    right = f"{options.app_label}.{verb}_{options.model_name}"
    if not (request.user.is_staff and request.user.has_perm(right)):
        return None
    name = f"admin:{options.app_label}_{options.model_name}_{verb}"
    tried = {
        field: form.cleaned_data[field] for field in form.fields if field != "among"
    }
    if not row.pk:
        return {"url": f"{reverse(name)}?{urlencode(tried)}", "fields": None}
    kept = {field: getattr(row, field) for field in unasked}
    active = {"active": "on"} if row.active else {}
    return {"url": reverse(name, args=[row.pk]), "fields": tried | kept | active}
