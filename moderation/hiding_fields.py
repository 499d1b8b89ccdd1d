"""What the desk asks a moderator who hides a comment: reason, note, message."""

from dataclasses import dataclass
from functools import lru_cache

from django.forms import Form
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from moderation.forms import DecisionForm
from moderation.reason_details import message_of
from moderation.reasons import FREQUENT, ReasonCode

_KEPT = 4 * len(ReasonCode)
_PK = "\ue000"  # stands for a comment's key in what is made once for all of them
_SELECTED = SafeString(" selected")


@dataclass(frozen=True, slots=True)
class QuickReason:
    """A button that hides at once; ``key`` is the digit that presses it."""

    key: int
    code: ReasonCode
    suggested: bool


def hiding_fields(
    pk: int, suggested: ReasonCode | None, typed: DecisionForm | None = None
) -> SafeString:
    """The fields of the form that hides comment ``pk``, as ``typed`` if it was refused."""
    language = get_language() or ""
    if typed is None:
        made = _untyped(suggested, language)
        return mark_safe(made.replace(_PK, str(pk)))  # noqa: S308  # a number
    chosen = str(typed["reason"].value() or suggested or "")
    context = {
        "pk": pk,
        "typed": typed,
        "buttons": _buttons(suggested, language),
        "options": reason_options(chosen),
        "note": str(typed["note"].value() or ""),
        "message": str(typed["message"].value() or "") or _message(suggested),
    }
    return render_to_string("moderation/_hiding_fields.html", context)


def judging_fields(
    suggested: ReasonCode | None, typed: Form | None = None
) -> SafeString:
    """The fields of the form that would hide a comment, and hides nothing: no message
    to its author is asked for. As ``typed`` if it was refused."""
    language = get_language() or ""
    chosen = str(typed["reason"].value() or "") if typed else ""
    chosen = chosen if chosen in ReasonCode.values else str(suggested or "")
    context = {
        "typed": typed,
        "buttons": _buttons(suggested, language),
        "options": _options(chosen, language),
        "note": str(typed["note"].value() or "") if typed else "",
    }
    return render_to_string("moderation/_judging_fields.html", context)


def reason_messages() -> list[tuple[str, str, str]]:
    """(code, name, message to the author) of each reason, as the moderator reads it."""
    return [(code.value, str(code.label), _message(code)) for code in ReasonCode]


def reason_options(chosen: str) -> SafeString:
    """The options of a list of reasons, the one ``chosen`` selected."""
    return _options(chosen if chosen in ReasonCode.values else "", get_language() or "")


def _message(code: ReasonCode | None) -> str:
    return message_of(code, get_language() or "fr") if code else ""


@lru_cache(maxsize=_KEPT)
def _untyped(suggested: ReasonCode | None, language: str) -> str:
    """Made once: every card of a page has them."""
    context = {
        "pk": _PK,
        "buttons": _buttons(suggested, language),
        "options": _options(str(suggested or ""), language),
        "message": _message(suggested),
    }
    return render_to_string("moderation/_hiding_fields.html", context)


@lru_cache(maxsize=_KEPT)
def _buttons(suggested: ReasonCode | None, _language: str) -> SafeString:
    """Buttons that hide at once: the suggested reason, then the frequent ones.

    Each of these has the same key on every card; the key after theirs is for the
    suggested one that is none of them.
    """
    keys = {code: key for key, code in enumerate(FREQUENT, start=1)}
    codes = dict.fromkeys([suggested, *FREQUENT] if suggested else FREQUENT)
    reasons = [
        QuickReason(keys.get(code, len(FREQUENT) + 1), code, code == suggested)
        for code in codes
    ]
    return render_to_string("moderation/_quick_reasons.html", {"reasons": reasons})


@lru_cache(maxsize=_KEPT)
def _options(chosen: str, _language: str) -> SafeString:
    """The options of the list of reasons."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (code.value, _SELECTED if code == chosen else "", code.label)
            for code in ReasonCode
        ),
    )
