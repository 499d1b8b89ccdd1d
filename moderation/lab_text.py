"""Everything the rules make of one text, worded for the lab."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from articles.models import CommentPolicy
from moderation.engine import READING, Screening
from moderation.forms import rule_name
from moderation.highlighting import marked_html
from moderation.lexicon import current_engine
from moderation.models import Action, Flag, Term
from moderation.records import RULE_OF_KIND
from moderation.rules.insults import VARIANTS
from moderation.rules.match import Match
from moderation.rules.trace import OUTCOMES, Note, Outcome
from moderation.screening import flag_of
from moderation.services import action_under
from moderation.unseen import unseen_in, with_unseen_shown

MODES = (
    CommentPolicy.A_PRIORI,
    CommentPolicy.FLAGGED_FIRST,
    CommentPolicy.A_POSTERIORI,
)
NOTES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A match as the desk shows flags; ``term`` is the key of its term, if kept."""

    flag: Flag
    term: int | None

    @property
    def rule(self) -> str:
        return rule_name(self.flag.rule)

    @property
    def variant(self) -> str:
        """How the words are disguised; empty if they are not."""
        return in_words(self.flag.variant)


@dataclass(frozen=True, slots=True)
class LetGo:
    """A term or an allowed phrase that was considered, and what became of it."""

    note: Note

    @property
    def kind(self) -> str:
        return str(Term.Kind(self.note.kind).label)

    @property
    def reason(self) -> str:
        return outcome_in_words(self.note.outcome)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the rules made of one text.

    ``actions`` are (comment mode, what happens); ``unseen`` (sign, name, how many);
    ``times`` (rule, milliseconds), the slowest first. ``more_notes`` were left out.
    """

    html: SafeString
    found: list[Found]
    actions: list[tuple[str, str]]
    notes: list[LetGo]
    more_notes: int
    folded: str
    visible: SafeString
    unseen: list[tuple[str, str, int]]
    languages: list[str]
    times: list[tuple[str, float]]
    incomplete: list[str]


def analysed(text: str, language: str) -> Analysis:
    """Run every rule in service over ``text``; nothing is stored. Two queries."""
    explanation = current_engine().explain(text, lang=language)
    screening = explanation.screening
    flags = numbered(screening.matches)
    terms = _terms_of(flags)
    times = sorted(explanation.seconds.items(), key=lambda item: -item[1])
    return Analysis(
        html=marked_html(text, flags),
        found=[Found(flag, terms.get((flag.term, flag.rule))) for flag in flags],
        actions=_actions(screening),
        notes=[LetGo(note) for note in explanation.notes[:NOTES_SHOWN]],
        more_notes=max(0, len(explanation.notes) - NOTES_SHOWN),
        folded=explanation.folded,
        visible=with_unseen_shown(text),
        unseen=unseen_in(text),
        languages=[language_name(code) for code in screening.languages],
        times=[(rule_name(rule), 1000 * seconds) for rule, seconds in times],
        incomplete=[
            _("lecture du texte entier") if rule == READING else rule_name(rule)
            for rule in screening.incomplete
        ],
    )


def numbered(matches: Iterable[Match]) -> list[Flag]:
    """``matches`` as flags that are not stored: their keys are their numbers, from 1."""
    return [flag_of(match, pk=number) for number, match in enumerate(matches, start=1)]


def in_words(variant: str) -> str:
    """How a word is disguised, in the reader's language; empty if it is plain."""
    if variant not in VARIANTS:
        return variant
    french, english = VARIANTS[variant]
    return english if (get_language() or "").startswith("en") else french


def outcome_in_words(outcome: Outcome) -> str:
    phrases = OUTCOMES[outcome]
    return phrases.get((get_language() or "fr")[:2], phrases["fr"])


def language_name(code: str) -> str:
    try:
        name = get_language_info("zh-hans" if code == "zh" else code)["name_translated"]
    except KeyError:
        return code
    return str(name).lower() if (get_language() or "fr").startswith("fr") else str(name)


def _actions(screening: Screening) -> list[tuple[str, str]]:
    told = []
    for mode in MODES:
        if action_under(mode, screening) == Action.HOLD:
            outcome = _("il attend un modérateur")
        elif screening.matches:
            outcome = _("il paraît aussitôt, et vient dans la file")
        else:
            outcome = _("il paraît aussitôt")
        told.append((str(mode.label), outcome))
    return told


def _terms_of(flags: Iterable[Flag]) -> dict[tuple[str, str], int]:
    """{(text, rule): key} of the kept terms that raised ``flags``."""
    texts = {flag.term for flag in flags}
    kept = Term.objects.active().filter(text__in=texts)
    return {
        (text, RULE_OF_KIND.get(kind, "")): pk
        for pk, text, kind in kept.values_list("pk", "text", "kind")
    }
