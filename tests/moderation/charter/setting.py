"""How tests set the charter's rules, and publish it."""

from typing import Any

from articles.models import Article
from moderation.charter.loading import load_shipped_charter
from moderation.charter.models import CharterRule, CharterVersion
from moderation.charter.publishing import publish_charter

SCOPES = ("site", "section", "article")


def set_rule(rule: str, scope: str, article: Article, **values: Any) -> CharterRule:
    """Set ``rule`` for ``article``, its section or the site, as an editor would."""
    place = {
        "section": article.section if scope == "section" else None,
        "article": article if scope == "article" else None,
    }
    row = CharterRule.objects.filter(rule=rule, **place).first()
    row = row or CharterRule(rule=rule, **place)
    for name, value in ({"enabled": True} | values).items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def published_charter() -> CharterVersion:
    """The shipped charter, as `prepare` publishes it."""
    load_shipped_charter()
    version = publish_charter(by=None)
    assert version is not None
    return version
