"""Jinja2, for what a page of the desk shows twenty times: cards and what is in them.

Pages keep Django's templates and show these by `{% part %}`. Jinja2 compiles a template
to Python.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import TextChoices
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from comments.masking import MaskKind
from comments.models import Comment
from moderation import counted
from moderation.batch_text import name_of
from moderation.choices import CategoryChoices, SeverityChoices
from moderation.likeness.group_text import alike_text, burst_text
from moderation.templatetags import desk

_SOME_KEY = 987_654_321
OPTIONAL = (
    "all_chosen",
    "alone",
    "blind",
    "can_decide",
    "can_see_reporters",
    "conflict",
    "filters",
    "selectable",
    "veiled",
    "whole",
)
"""Names that a page may leave out; any other that is missing is an error."""


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 engine is made of (TEMPLATES in the settings)."""
    options |= {
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    made = Environment(**options)  # noqa: S701  # Django has it escape
    made.globals |= dict.fromkeys(OPTIONAL)
    made.globals |= {
        "_": translated,
        "address": address,
        "mask_kinds": mask_kinds,
    }
    made.filters |= {
        "ago": desk.ago,
        "alike": alike_text,
        "burst": burst_text,
        "category": _labels(CategoryChoices),
        "comments_counted": counted.comments_counted,
        "decider": desk.decider,
        "elapsed": desk.elapsed,
        "hidden_counted": counted.hidden_counted,
        "is_incomplete": desk.is_incomplete,
        "iso": iso,
        "mailbox": mailbox,
        "more_reports_counted": counted.more_reports_counted,
        "note_shown": desk.note_shown,
        "outcome": desk.outcome,
        "person": name_of,
        "printed": desk.printed,
        "published_counted": counted.published_counted,
        "reporters_counted": counted.reporters_counted,
        "reports_counted": counted.reports_counted,
        "severity": _labels(SeverityChoices),
        "status": _labels(Comment.Status),
        "targets": desk.targets,
        "truncated": truncated,
        "unseen_counted": counted.unseen_counted,
    }
    return made


class Words(dict[str, Markup]):
    """The messages of one language, as the templates ask for them."""

    def __missing__(self, message: str) -> Markup:
        self[message] = Markup(gettext(message))  # noqa: S704  # of the catalogue
        return self[message]


_words: defaultdict[str | None, Words] = defaultdict(Words)


def translated(message: str) -> Markup:
    """``message`` in the active language; what `format` puts into it is escaped."""
    return _words[get_language()][message]


def address(name: str, key: int | None = None) -> str:
    """The address called ``name``, of what has the ``key``.

    Django takes 30 µs to reverse one, and a page has 200: each is reversed once.
    """
    before, after = _around_key(name, key is None, get_script_prefix())
    return before if key is None else f"{before}{key}{after}"


@lru_cache(maxsize=100)
def _around_key(name: str, alone: bool, _prefix: str) -> tuple[str, str]:
    if alone:
        return reverse(name), ""
    before, _key, after = reverse(name, args=[_SOME_KEY]).partition(str(_SOME_KEY))
    return before, after


def iso(moment: datetime) -> str:
    """In the newspaper's own zone, as `datetime` attributes have it."""
    return timezone.localtime(moment).isoformat()


def truncated(text: str, length: int) -> str:
    """At most so many characters of ``text``, the last one « … » if some are left out."""
    return Truncator(text).chars(length)


def mailbox(email: str) -> str:
    """``email`` as a `mailto:` address has it."""
    return quote(email, safe="@")


def mask_kinds() -> SafeString:
    """What a masked passage can be: the options of a list."""
    return _mask_kinds(get_language())


@lru_cache(maxsize=len(settings.LANGUAGES))
def _mask_kinds(_language: str | None) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}">{}</option>',
        ((kind.value, kind.label) for kind in MaskKind),
    )


def _labels(choices: type[TextChoices]) -> Callable[[str], str]:
    """What names a value of ``choices``; Django's own way makes their list each time."""
    names = dict(choices.choices)
    return lambda value: str(names[value])
