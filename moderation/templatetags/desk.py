"""How the moderators' desk words times, people and states."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.dates import printed_time
from comments.models import Comment
from moderation.batch_text import name_of, what_was_done, why_left
from moderation.engine import READING
from moderation.figures import figure
from moderation.forms import rule_name
from moderation.masking.texts import duration_text
from moderation.models import (
    Decision,
    DecisionBatch,
    Flag,
    Masking,
    Sanction,
    StatementOfReasons,
)
from moderation.sanction_text import last_day, measure_text, untouched_text
from moderation.screening import SCREENING_INCOMPLETE, unfinished_rules

register = template.Library()
register.filter("rule_name", rule_name)
register.filter("figure", figure)
register.filter("person", name_of)
register.filter("why_left", why_left)
register.filter("last_day", last_day)
register.filter("masking_duration", duration_text)
register.filter("measure", measure_text)
register.filter("untouched", untouched_text)


@register.filter
def printed(moment: datetime) -> str:
    """The full date, as the newspaper prints it."""
    return printed_time(moment)


@register.filter
def elapsed(moment: datetime) -> str:
    """How long ago, in its greatest unit: « 3 jours »."""
    return timesince(moment, depth=1)


@register.filter
def lasted(delay: timedelta) -> str:
    """How long something took, in its greatest unit: « 12 minutes »."""
    start = timezone.now()
    return timesince(start - delay, start, depth=1)


@register.filter
def of(values: Mapping[str, str], name: str) -> str:
    """The one of ``values`` that is called ``name``."""
    return values[name]


@register.filter
def ago(moment: datetime) -> str:
    """When it happened, seen from now."""
    if timezone.now() - moment < timedelta(minutes=1):
        return _("à l’instant")
    return _("il y a %(time)s") % {"time": elapsed(moment)}


@register.filter
def decider(decision: Decision) -> str:
    """Who decided, as moderators call each other."""
    if decision.moderator is None:
        return _("Les règles")
    return name_of(decision.moderator)


@register.filter
def batch_outcome(batch: DecisionBatch) -> str:
    """What a batch did so far, in a sentence."""
    return what_was_done(batch)


def outcome(decision: Decision) -> str:
    """What ``decision`` did to its comment, in one or two words."""
    if decision.undoes_id is not None:
        return {
            Comment.Status.PENDING: _("décision annulée, de nouveau en attente"),
            Comment.Status.PUBLISHED: _("décision annulée, de nouveau publié"),
            Comment.Status.HIDDEN: _("décision annulée, de nouveau masqué"),
        }[Comment.Status(decision.status_after)]
    if decision.status_before == decision.status_after == Comment.Status.PUBLISHED:
        return _("gardé")
    return {
        Comment.Status.PENDING: _("mis en attente"),
        Comment.Status.PUBLISHED: _("publié"),
        Comment.Status.HIDDEN: _("masqué"),
    }[Comment.Status(decision.status_after)]


def note_shown(decision: Decision) -> str:
    """The note; the rules' own one in the moderator's language."""
    note = decision.note
    if decision.moderator_id is not None or not note:
        return note
    if not (unfinished := unfinished_rules(note)):
        return _(note)
    return _("%(note)s Pas achevé : %(rules)s.") % {
        "note": _(SCREENING_INCOMPLETE),
        "rules": ", ".join(
            _("lecture du texte entier") if rule == READING else rule_name(rule)
            for rule in unfinished
        ),
    }


def targets(flags: Iterable[Flag]) -> list[str]:
    """Whom the words of numbered ``flags`` hit; which hit whom if they hit several."""
    hit: dict[str, list[str]] = {}
    for number, flag in enumerate(flags, start=1):
        if flag.target:
            hit.setdefault(flag.get_target_display(), []).append(str(number))
    if len(hit) < 2:
        return list(hit)
    return [f"{who} ({', '.join(numbers)})" for who, numbers in hit.items()]


def is_incomplete(decision: Decision | None) -> bool:
    """Whether the rules decided without having finished."""
    return (
        decision is not None
        and decision.moderator_id is None
        and bool(unfinished_rules(decision.note))
    )


@register.filter
def origin(statement: StatementOfReasons | Masking) -> str:
    """Whether the newspaper looked by itself. Never who asked it to."""
    if statement.source == StatementOfReasons.Source.VOLUNTARY:
        return _("La rédaction l’a relu de sa propre initiative.")
    return _("La rédaction l’a relu à la suite d’un signalement.")


@register.filter
def automation(statement: StatementOfReasons) -> str:
    """What part a machine had in it."""
    if statement.automated_decision == StatementOfReasons.Automation.FULLY:
        return _("Une machine a décidé seule.")
    if statement.automated_decision == StatementOfReasons.Automation.PARTIALLY:
        return _(
            "Une machine a relevé des passages et l’a fait attendre ; une personne a décidé."
        )
    if statement.automated_detection:
        return _("Une machine a relevé des passages ; une personne a décidé.")
    return _("Aucune machine n’est intervenue : une personne a décidé.")


@register.filter
def duration(statement: StatementOfReasons) -> str:
    """How long and where the restriction holds."""
    if statement.ends_on is None:
        return _("Sur tout le site et dans tous les pays, sans limite de durée.")
    return _("Sur tout le site et dans tous les pays, jusqu’au %(day)s.") % {
        "day": date_format(statement.ends_on)
    }


@register.filter
def sanction_state(sanction: Sanction) -> str:
    """Whether ``sanction`` (out of `with_held`) holds, and until when."""
    day = {"day": last_day(sanction)}
    if sanction.lifted_at is not None:
        return _("levée")
    if not sanction.stands:
        return _("terminée")
    if sanction.kind == Sanction.Kind.REVIEW:
        left = sanction.left
        return ngettext(
            "encore %(count)d commentaire, jusqu’au %(day)s",
            "encore %(count)d commentaires, jusqu’au %(day)s",
            left,
        ) % {"count": left, **day}
    return _("jusqu’au %(day)s") % day
