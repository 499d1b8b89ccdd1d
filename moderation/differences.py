"""What changed between two texts of a comment, for a moderator to see."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

WORD = re.compile(r"\S+\s*|\s+")


def difference_html(before: str, after: str) -> SafeString:
    """``after`` with what was taken from ``before`` (del) and what was added (ins).

    Word by word; screen readers, which pass over both elements, hear it in words.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            parts.append(format_html("{}", "".join(new[c:d])))
            continue
        if a < b:
            parts.append(_changed("del", _("ôté :"), "".join(old[a:b])))
        if c < d:
            parts.append(_changed("ins", _("ajouté :"), "".join(new[c:d])))
    return format_html_join("", "{}", ((part,) for part in parts))


def _changed(tag: str, told: str, text: str) -> SafeString:
    label = format_html('<span class="visually-hidden">{} </span>', told)
    return format_html("<{0}>{1}{2}</{0}>", tag, label, text)
