"""The charter as its page and its JSON show it, made of what editors keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from articles.models import CommentPolicy, Section
from moderation.charter.applied import Chain, Setting, longest, setting_of, site_mode
from moderation.charter.catalog import LANGUAGES, Kind, shipped_rules
from moderation.charter.models import CharterClause, CharterRule, RuleCode
from moderation.charter.wording import rule_text
from moderation.lexicon import kept_config
from moderation.redress import further_redress
from moderation.rules.config import RuleConfigs
from moderation.sanctions import (
    BAN_DAYS,
    REVIEW_DAYS,
    REVIEW_MAX,
    SUSPENSION_MAX_DAYS,
    WARNING_DAYS,
)

Content = dict[str, Any]
"""In one language: `clauses` and `procedures` in order, each {code, title, text, …}, and
`automatic`, the rules of the engine that are in service."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be published now: ``content`` by language, ``titles`` by clause."""

    content: dict[str, Content]
    titles: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """All that editors keep, read once for both languages."""

    clauses: list[CharterClause]
    site: Chain
    exceptions: Mapping[str, list[tuple[Section, Setting]]]
    config: RuleConfigs
    mode: str


def draft_charter() -> Draft:
    """The charter as editors have it now. Four queries."""
    kept = _read()
    content = {}
    for language in LANGUAGES:
        with override(language):
            content[language] = _content(kept, language)
    titles = {
        clause.code: {"fr": clause.title_fr, "en": clause.title_en}
        for clause in kept.clauses
        if clause.part == CharterClause.Part.CLAUSE
    }
    return Draft(content, titles)


def _read() -> _Kept:
    site: dict[str, CharterRule] = {}
    exceptions: dict[str, list[tuple[Section, Setting]]] = {}
    rows = CharterRule.objects.filter(article=None).select_related("section")
    for row in rows.order_by("section__position", "section__name"):
        if row.section is None:
            site[row.rule] = row
        else:
            setting = setting_of(row.rule, {row.rule: row})
            exceptions.setdefault(row.rule, []).append((row.section, setting))
    exceptions[RuleCode.MODE] = [
        (section, Setting(True, mode=section.comment_policy))
        for section in Section.objects.exclude(comment_policy="")
    ]
    clauses = list(CharterClause.objects.all())
    return _Kept(clauses, site, exceptions, kept_config(), site_mode(site))


def _content(kept: _Kept, language: str) -> Content:
    parts: dict[str, list[Content]] = {part: [] for part in CharterClause.Part.values}
    for clause in kept.clauses:
        told: Content = {
            "code": clause.code,
            "title": getattr(clause, f"title_{language}"),
            "text": getattr(clause, f"text_{language}"),
            "accepted": _lines(getattr(clause, f"accepted_{language}")),
            "refused": _lines(getattr(clause, f"refused_{language}")),
        }
        if clause.part == CharterClause.Part.CLAUSE:
            told["rules"] = list(_rules(kept, clause.code, language))
        else:
            told["facts"] = _facts(clause.code)
        parts[clause.part].append(told)
    return {
        "clauses": parts[CharterClause.Part.CLAUSE],
        "procedures": parts[CharterClause.Part.PROCEDURE],
        "automatic": [
            {"code": code, "title": rule.title[language], "text": rule.help[language]}
            for code, rule in kept.config.items()
            if rule.enabled
        ],
    }


def _rules(kept: _Kept, clause: str, language: str) -> Iterable[Content]:
    for code, shipped in shipped_rules().items():
        if shipped.clause != clause:
            continue
        setting = setting_of(code, kept.site)
        if code == RuleCode.MODE:
            setting = replace(setting, enabled=True, mode=kept.mode)
        yield {
            "code": code,
            "title": shipped.title[language],
            **_said(kept, code, setting),
            "exceptions": [
                {
                    "section": section.slug,
                    "name": section.name,
                    **_said(kept, code, each),
                }
                for section, each in kept.exceptions.get(code, ())
            ],
        }


def _said(kept: _Kept, code: str, setting: Setting) -> Content:
    """One setting: in words, and as machines read it."""
    shipped = shipped_rules()[code]
    said: Content = {}
    match shipped.kind:
        case Kind.HOLD:
            found = kept.config[shipped.engine].enabled
            waits = kept.mode != CommentPolicy.A_POSTERIORI
            setting = replace(setting, enabled=setting.enabled and found and waits)
        case Kind.MODE:
            said["mode"] = setting.mode
        case Kind.HOURS if setting.enabled and setting.opens and setting.closes:
            said["opens"] = setting.opens.isoformat("minutes")
            said["closes"] = setting.closes.isoformat("minutes")
            said["time_zone"] = settings.TIME_ZONE
        case Kind.NUMBER if code == RuleCode.MAX_LENGTH:
            setting = Setting(True, longest(setting))
            said["number"] = setting.number
        case Kind.NUMBER if setting.enabled:
            said["number"] = setting.number
    links = kept.config["link"]["links"]
    words = rule_text(code, setting, links=links)
    return {"sentence": words, "enabled": setting.enabled, **said}


def _facts(procedure: str) -> list[str]:
    """What the site's own settings add to what editors wrote."""
    match procedure:
        case "sanctions":
            return [
                _("Avertissement : il compte pendant %(n)d jours.")
                % {"n": WARNING_DAYS},
                _(
                    "Relecture : vos prochains commentaires, %(most)d au plus, attendent "
                    "un modérateur, pendant %(n)d jours au plus."
                )
                % {"most": REVIEW_MAX, "n": REVIEW_DAYS},
                _("Suspension : %(n)d jours au plus.") % {"n": SUSPENSION_MAX_DAYS},
                _("Exclusion : %(n)d jours ; la prolonger demande une autre décision.")
                % {"n": BAN_DAYS},
            ]
        case "contester":
            months = settings.APPEAL_MONTHS
            return [
                ngettext(
                    "Vous avez %(n)d mois, du jour où vous avez pu lire la décision.",
                    "Vous avez %(n)d mois, du jour où vous avez pu lire la décision.",
                    months,
                )
                % {"n": months},
                _("Sans compte, ou pour une sanction, écrivez à %(address)s.")
                % {"address": settings.CONTACT_EMAIL},
                further_redress(),
            ]
    return []


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
