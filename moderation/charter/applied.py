"""What the charter asks under an article: its own rules, its section's, the site's."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, CommentPolicy
from moderation.charter.catalog import holding_rules, shipped_rules
from moderation.charter.models import CharterRule, RuleCode
from moderation.rules.match import Category


@dataclass(frozen=True, slots=True)
class Setting:
    """How one rule is set somewhere; ``mode`` and hours are empty where it has none."""

    enabled: bool
    number: int | None = None
    opens: time | None = None
    closes: time | None = None
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """What holds under one article.

    ``closes_at`` is in UTC, ``hours`` are the newspaper's (opening, closing); null and
    empty where the rule is off. ``passed`` are the categories of matches that make no
    comment wait here.
    """

    mode: str
    closes_at: datetime | None
    closes_after: int | None
    hours: tuple[time, time] | None
    per_article: int | None
    min_words: int | None
    max_length: int
    passed: frozenset[Category]

    @property
    def closed_by(self) -> str:
        """The code of the rule that closes comments now; empty if they are open."""
        if self.mode == CommentPolicy.CLOSED:
            return RuleCode.MODE
        now = timezone.now()
        if self.closes_at is not None and now >= self.closes_at:
            return RuleCode.CLOSES_AFTER
        if self.hours is not None and not is_open(self.hours, now):
            return RuleCode.HOURS
        return ""


Chain = Mapping[str, CharterRule]
"""{code of a rule: the nearest row that sets it}; shipped where there is none."""


def is_open(hours: tuple[time, time], now: datetime) -> bool:
    """Whether ``now`` lies within ``hours`` of the newspaper, over midnight if need be."""
    opens, closes = hours
    at = timezone.localtime(now).time()
    return opens <= at < closes if opens < closes else at >= opens or at < closes


def applied_to(article: Article) -> Applied:
    """What holds under ``article``, whose section is loaded. One query."""
    return applied_to_all([article])[article.pk]


def applied_to_all(articles: Collection[Article]) -> dict[int, Applied]:
    """{key of an article: what holds under it}. One query for all."""
    rows = CharterRule.objects.filter(
        Q(section=None, article=None)
        | Q(section__in={article.section_id for article in articles})
        | Q(article__in={article.pk for article in articles})
    ).order_by()
    site: dict[str, CharterRule] = {}
    sections: dict[int, dict[str, CharterRule]] = {}
    own: dict[int, dict[str, CharterRule]] = {}
    for row in rows:
        if row.article_id is not None:
            own.setdefault(row.article_id, {})[row.rule] = row
        elif row.section_id is not None:
            sections.setdefault(row.section_id, {})[row.rule] = row
        else:
            site[row.rule] = row
    return {
        article.pk: _applied(
            article,
            site | sections.get(article.section_id, {}) | own.get(article.pk, {}),
        )
        for article in articles
    }


def setting_of(rule: str, chain: Chain) -> Setting:
    """How ``rule`` is set by ``chain``, else as shipped."""
    row = chain.get(rule)
    if row is not None:
        return Setting(row.enabled, row.number, row.opens, row.closes, row.mode)
    shipped = shipped_rules()[rule]
    return Setting(shipped.enabled, shipped.number, shipped.opens, shipped.closes)


def site_mode(chain: Chain) -> str:
    """The mode of the site: what editors set, else what the installation gives."""
    setting = setting_of(RuleCode.MODE, chain)
    installed: str = settings.COMMENT_POLICY
    return (setting.enabled and setting.mode) or installed


def longest(setting: Setting) -> int:
    """How many graphemes a comment may have: never more than the installation takes."""
    most: int = settings.COMMENT_MAX_LENGTH
    return min(setting.number or most, most) if setting.enabled else most


def _applied(article: Article, chain: Chain) -> Applied:
    days = _number(RuleCode.CLOSES_AFTER, chain)
    hours = setting_of(RuleCode.HOURS, chain)
    return Applied(
        mode=article.own_comment_policy or site_mode(chain),
        closes_at=published(article) + timedelta(days=days) if days else None,
        closes_after=days,
        hours=(
            (hours.opens, hours.closes)
            if hours.enabled and hours.opens is not None and hours.closes is not None
            else None
        ),
        per_article=_number(RuleCode.PER_ARTICLE, chain),
        min_words=_number(RuleCode.MIN_WORDS, chain),
        max_length=longest(setting_of(RuleCode.MAX_LENGTH, chain)),
        passed=frozenset(_passed(chain)),
    )


def published(article: Article) -> datetime:
    """When ``article`` appeared: as printed, else at the latest, else when it came in."""
    return article.published_at or article.published_not_after or article.created_at


def _number(rule: str, chain: Chain) -> int | None:
    setting = setting_of(rule, chain)
    return setting.number if setting.enabled else None


def _passed(chain: Chain) -> Iterable[Category]:
    return (
        category
        for category, rule in holding_rules().items()
        if not setting_of(rule, chain).enabled
    )
