"""What the lab's pages show of records and trials."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment
from moderation.forms import rule_name
from moderation.highlighting import marked_html
from moderation.kept_admin import date_shown, share_shown
from moderation.lab import Example, Group, Trial, Verdicts, comments_shown
from moderation.lab_text import numbered, outcome_in_words
from moderation.lexicon import kept_config
from moderation.records import Record, rule_records
from moderation.rules.config import AUTHOR_RULES


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule with its record."""

    name: str
    enabled: bool
    raised: int
    share: str
    last_used: str


def rule_rows() -> list[RuleRow]:
    """Every shipped rule of texts, in its order. Two queries."""
    records = rule_records()
    rows = []
    for rule, config in kept_config().items():
        if rule in AUTHOR_RULES:
            continue
        record = records.get(rule, Record())
        rows.append(
            RuleRow(
                name=rule_name(rule),
                enabled=config.enabled,
                raised=record.raised,
                share=share_shown(record),
                last_used=date_shown(record),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class ShownExample:
    comment: Comment
    html: SafeString


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Comments concerned, with what became of them, in figures and in a sentence."""

    count: int
    verdicts: list[tuple[str, int]]
    sentence: str
    examples: list[ShownExample]


@dataclass(frozen=True, slots=True)
class ShownTrial:
    """A trial worded for its page; ``prevents`` if its term raises no match itself."""

    prevents: bool
    trial: Trial
    examined: str
    raised: ShownGroup
    dropped: ShownGroup
    let_go: list[tuple[str, int]]
    allowed: list[tuple[str, int]]


def shown_trial(trial: Trial, *, prevents: bool = False) -> ShownTrial:
    """``trial`` with its comments, in one query."""
    comments = comments_shown((trial.raised, trial.dropped))
    return ShownTrial(
        prevents=prevents,
        trial=trial,
        examined=_examined(trial),
        raised=_shown(trial.raised, comments, _precision),
        dropped=_shown(trial.dropped, comments, _loss),
        let_go=[
            (outcome_in_words(outcome), count)
            for outcome, count in trial.let_go.most_common()
        ],
        allowed=_allowed(trial),
    )


def _examined(trial: Trial) -> str:
    """« 1 000 commentaires examinés », or how far time allowed."""
    if trial.finished:
        return ngettext(
            "%(examined)s commentaire examiné.",
            "%(examined)s commentaires examinés.",
            trial.examined,
        ) % {"examined": intcomma(trial.examined)}
    return _("Examiné %(examined)s commentaires sur %(asked)s : le temps a manqué.") % {
        "examined": intcomma(trial.examined),
        "asked": intcomma(trial.asked),
    }


def _shown(
    group: Group,
    comments: Mapping[int, Comment],
    sentence: Callable[[Verdicts], str],
) -> ShownGroup:
    verdicts = group.verdicts
    return ShownGroup(
        count=len(group),
        verdicts=[
            (_("masqués par un modérateur"), verdicts.hidden),
            (_("publiés ou gardés par un modérateur"), verdicts.published),
            (_("en attente"), verdicts.waiting),
            (_("sans décision d’un modérateur"), verdicts.unjudged),
        ],
        sentence=sentence(verdicts),
        examples=[
            ShownExample(comments[example.comment], _marked(example))
            for example in group.examples
            if example.comment in comments
        ],
    )


def _marked(example: Example) -> SafeString:
    return marked_html(example.text, numbered(example.matches))


def _precision(verdicts: Verdicts) -> str:
    """What moderators decided of the comments that would be flagged."""
    if verdicts.interval is None:
        return _(
            "Aucun n’a été jugé par un modérateur : la précision n’est pas connue."
        )
    return ngettext(
        "Sur %(judged)d commentaire relevé et jugé, %(hidden)d a été masqué : "
        "précision %(share)s %%, entre %(low)s %% et %(high)s %%.",
        "Sur %(judged)d commentaires relevés et jugés, %(hidden)d ont été masqués : "
        "précision %(share)s %%, entre %(low)s %% et %(high)s %%.",
        verdicts.judged,
    ) % _figures(verdicts)


def _loss(verdicts: Verdicts) -> str:
    """What moderators decided of the comments that would be flagged no more."""
    if verdicts.interval is None:
        return _("Aucun n’a été jugé par un modérateur.")
    return ngettext(
        "Sur %(judged)d commentaire qui ne serait plus relevé et qui a été jugé, "
        "%(hidden)d avait été masqué, soit %(share)s %%, entre %(low)s %% et %(high)s %%.",
        "Sur %(judged)d commentaires qui ne seraient plus relevés et qui ont été jugés, "
        "%(hidden)d avaient été masqués, soit %(share)s %%, entre %(low)s %% et "
        "%(high)s %%.",
        verdicts.judged,
    ) % _figures(verdicts)


def _figures(verdicts: Verdicts) -> dict[str, int]:
    assert verdicts.precision is not None
    assert verdicts.interval is not None
    low, high = verdicts.interval
    return {
        "judged": verdicts.judged,
        "hidden": verdicts.hidden,
        "share": round(100 * verdicts.precision),
        "low": round(100 * low),
        "high": round(100 * high),
    }


def _allowed(trial: Trial) -> list[tuple[str, int]]:
    """Allowed phrases around the term, those that prevented it first."""
    phrases = dict.fromkeys(trial.allowed, 0) | dict(trial.prevented)
    return sorted(phrases.items(), key=lambda item: (-item[1], item[0]))
