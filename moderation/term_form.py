"""The form that editors keep the lexicon with."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import CharField, ModelForm, Textarea
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.models import Term
from moderation.rules.folding import plain
from moderation.rules.lexicon import shipped_entries
from moderation.term_help import SEVERITY_HELP, TIER_HELP

MAX_LENGTH = 200  # code points of a term, and of each of its forms
MAX_FORMS = 100
FEWEST_LETTERS = 2
KNOWN = "known"
"""Code of the error of a term that the lexicon already has."""


@cache
def _shipped_keys() -> frozenset[tuple[str, str, str]]:
    return frozenset((e.language, str(e.kind), e.text) for e in shipped_entries())


def is_shipped(term: Term) -> bool:
    """Whether the project's own lexicon has this term: `load_lexicon` would add it again."""
    return (term.language, term.kind, term.text) in _shipped_keys()


def check_term(text: str) -> str:
    """Return ``text`` without needless spaces. Raises ValidationError if no rule can read it."""
    cleaned = " ".join(text.split())
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in cleaned):
        raise ValidationError(_("Ce terme contient des caractères invalides."))
    if sum(1 for sign in plain(cleaned) if sign.isalnum()) < FEWEST_LETTERS:
        raise ValidationError(
            _("« %(term)s » : il faut au moins deux lettres ou chiffres.")
            % {"term": cleaned}
        )
    if len(cleaned) > MAX_LENGTH:
        raise ValidationError(
            _("« %(term)s… » dépasse %(limit)d caractères.")
            % {"term": cleaned[:40], "limit": MAX_LENGTH}
        )
    if ":" in cleaned:
        raise ValidationError(
            _("« %(term)s » : pas de deux-points, les règles ne les lisent pas.")
            % {"term": cleaned}
        )
    return cleaned


def check_form(text: str) -> str:
    """As :func:`check_term`, for an irregular form: it holds no comma either."""
    cleaned = check_term(text)
    if "," in cleaned:
        raise ValidationError(
            _("« %(form)s » : pas de virgule, mettez une forme par ligne.")
            % {"form": cleaned}
        )
    return cleaned


def check_forms(forms: Iterable[str]) -> list[str]:
    """Each of ``forms`` as :func:`check_form` gives it, once. Raises ValidationError."""
    kept = list(dict.fromkeys(check_form(form) for form in forms))
    if len(kept) > MAX_FORMS:
        raise ValidationError(
            _("%(count)d formes : il en faut %(limit)d au plus.")
            % {"count": len(kept), "limit": MAX_FORMS}
        )
    return kept


class TermForm(ModelForm):
    forms = CharField(
        label=gettext_lazy("Formes irrégulières"),
        required=False,
        widget=Textarea(attrs={"rows": 5, "cols": 60}),
        help_text=gettext_lazy(
            "une par ligne ; pluriels et féminins réguliers se font seuls"
        ),
    )

    class Meta:
        model = Term
        fields = (
            "text",
            "language",
            "kind",
            "tier",
            "severity",
            "forms",
            "note",
            "target",
            "active",
        )
        help_texts: ClassVar = {"tier": TIER_HELP, "severity": SEVERITY_HELP}

    def clean_text(self) -> str:
        return check_term(self.cleaned_data["text"])

    def clean_forms(self) -> str:
        lines = self.cleaned_data["forms"].splitlines()
        return "\n".join(check_forms(line for line in lines if line.strip()))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        key = {
            name: cleaned.get(name, getattr(self.instance, name, None))
            for name in ("language", "kind", "text")
        }
        same = Term.objects.filter(**key).exclude(pk=self.instance.pk)
        if "text" in self.fields and "text" in cleaned and same.exists():
            told = _("Ce terme est déjà dans le lexique, pour cette langue et ce rôle.")
            self.add_error("text", ValidationError(told, code=KNOWN))
        return cleaned
