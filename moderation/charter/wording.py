"""What the charter's rules say, in the active language."""

from datetime import time

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import CommentPolicy
from moderation.charter.applied import Setting, longest
from moderation.charter.models import RuleCode

_OFF = {
    RuleCode.CLOSES_AFTER: lambda: _("Les commentaires ne ferment pas avec le temps."),
    RuleCode.HOURS: lambda: _("Les commentaires sont ouverts à toute heure."),
    RuleCode.PER_ARTICLE: lambda: _(
        "Le nombre de commentaires par article n’est pas limité."
    ),
    RuleCode.MIN_WORDS: lambda: _("Un commentaire peut tenir en un mot."),
    RuleCode.CAPITALS: lambda: _(
        "Un texte en capitales ou à la ponctuation répétée ne fait pas attendre, mais "
        "un modérateur peut le masquer."
    ),
    RuleCode.LANGUAGE: lambda: _(
        "Un commentaire dans une autre langue n’attend pas, mais un modérateur peut le "
        "masquer."
    ),
    RuleCode.REPETITION: lambda: _(
        "Un texte répété n’attend pas, mais un modérateur peut le masquer."
    ),
    RuleCode.LINKS: lambda: _(
        "Les liens ne font pas attendre, mais un modérateur peut masquer ceux qui n’ont "
        "pas leur place."
    ),
    RuleCode.CONTACT: lambda: _(
        "Des coordonnées ne font pas attendre, mais un modérateur peut les masquer."
    ),
}
_ON = {
    RuleCode.CAPITALS: lambda: _(
        "Un commentaire écrit en capitales, ou à la ponctuation répétée, attend un "
        "modérateur."
    ),
    RuleCode.LANGUAGE: lambda: _(
        "Un commentaire écrit dans une autre langue que le français, l’anglais ou "
        "l’arabe attend un modérateur."
    ),
    RuleCode.REPETITION: lambda: _(
        "Un texte presque identique à un autre du même auteur attend un modérateur."
    ),
    RuleCode.CONTACT: lambda: _(
        "Un commentaire qui donne un téléphone, un courriel ou une adresse attend un "
        "modérateur."
    ),
}


def rule_text(rule: str, setting: Setting, *, links: int) -> str:
    """One sentence: what ``rule``, set so, means for a reader.

    ``links`` is how many make a comment wait.
    """
    number = setting.number or 0
    match rule:
        case RuleCode.MODE:
            return mode_text(setting.mode)
        case RuleCode.MAX_LENGTH:
            most = longest(setting)
            return ngettext(
                "Un commentaire a %(n)s caractère au plus.",
                "Un commentaire a %(n)s caractères au plus.",
                most,
            ) % {"n": intcomma(most)}
        case _ if not setting.enabled:
            return _OFF[RuleCode(rule)]()
        case RuleCode.CLOSES_AFTER:
            return ngettext(
                "Les commentaires d’un article ferment %(n)d jour après sa parution ; "
                "ceux qui ont paru restent.",
                "Les commentaires d’un article ferment %(n)d jours après sa parution ; "
                "ceux qui ont paru restent.",
                number,
            ) % {"n": number}
        case RuleCode.HOURS if setting.opens and setting.closes:
            return _("Les commentaires sont ouverts %(hours)s.") % {
                "hours": hours_text((setting.opens, setting.closes))
            }
        case RuleCode.PER_ARTICLE:
            return ngettext(
                "Chacun écrit %(n)d commentaire au plus sous un même article.",
                "Chacun écrit %(n)d commentaires au plus sous un même article.",
                number,
            ) % {"n": number}
        case RuleCode.MIN_WORDS:
            return ngettext(
                "Un commentaire a %(n)d mot au moins.",
                "Un commentaire a %(n)d mots au moins.",
                number,
            ) % {"n": number}
        case RuleCode.LINKS:
            return ngettext(
                "Un commentaire qui contient un lien attend un modérateur.",
                "Un commentaire qui contient %(n)d liens ou plus attend un modérateur.",
                links,
            ) % {"n": links}
    return _ON[RuleCode(rule)]()


def mode_text(mode: str) -> str:
    """When a comment appears under ``mode``."""
    return {
        CommentPolicy.A_PRIORI.value: _(
            "Chaque commentaire est relu par un modérateur avant de paraître."
        ),
        CommentPolicy.FLAGGED_FIRST.value: _(
            "Un commentaire paraît aussitôt, sauf si une règle automatique y relève "
            "quelque chose : il attend alors un modérateur."
        ),
        CommentPolicy.A_POSTERIORI.value: _(
            "Les commentaires paraissent aussitôt ; ceux que les règles ou les lecteurs "
            "signalent sont relus ensuite."
        ),
        CommentPolicy.CLOSED.value: _("Les commentaires sont fermés."),
    }[mode]


def hours_text(hours: tuple[time, time]) -> str:
    """« de 8 h à 22 h (heure du journal) »."""
    opens, closes = hours
    return _("de %(opens)s à %(closes)s (heure du journal)") % {
        "opens": hour_text(opens),
        "closes": hour_text(closes),
    }


def hour_text(at: time) -> str:
    """« 8 h », « 22 h 30 »."""
    if at.minute:
        return _("%(hour)d h %(minute)02d") % {"hour": at.hour, "minute": at.minute}
    return _("%(hour)d h") % {"hour": at.hour}
