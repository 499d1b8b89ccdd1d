"""Web addresses: « https://… », « www.… », « site.fr/page »; a site only named is none."""

import re
from collections.abc import Iterator

from moderation.rules.config import RuleConfig
from moderation.rules.document import Document
from moderation.rules.match import Category, Match, Severity

_TOP = (
    "com|org|net|info|biz|fr|be|ch|ca|lb|eu|io|ly|me|co|tv|ru|uk|de|es|it|qc|ma|dz|tn|"
    "sn|ci|shop|online|site|xyz|club|top|live|app|dev|news|link"
)
_LINK = re.compile(
    rf"(?:https?|ftp|hxxps?)://[^\s<>«»\"]{{3,2000}}"
    rf"|(?<![\w@.-])www\.[\w-]+\.[^\s<>«»\"]{{2,2000}}"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{2,63}}\.){{1,4}}(?:{_TOP})/[^\s<>«»\"]{{1,2000}}",
    re.IGNORECASE,
)
_MAY_HOLD_ONE = re.compile(r"://|www\.|\.[a-z]{2,6}/", re.IGNORECASE)
_TRAILING = ".,;:!?)]}'’…"


class LinkRule:
    """Each web address; many of them make the comment wait."""

    name = "link"
    version = 2

    def __init__(self, config: RuleConfig) -> None:
        self._many = config["links"]

    def find(self, document: Document) -> Iterator[Match]:
        """Yield a match for each address, graver where there are many."""
        source = document.source
        if not _MAY_HOLD_ONE.search(source):
            return
        spans = [
            (found.start(), found.start() + _length(found[0]))
            for found in _LINK.finditer(source)
        ]
        many = len(spans) >= self._many
        for start, end in spans:
            yield Match(
                rule=self.name,
                rule_version=self.version,
                category=Category.LINK,
                severity=Severity.MEDIUM if many else Severity.LOW,
                start=start,
                end=end,
                text=source[start:end],
                explanation={
                    "fr": "Lien vers un autre site, à vérifier avant de publier.",
                    "en": "A link to another site, to check before publishing.",
                },
            )


def _length(address: str) -> int:
    """Without the marks after it; « …/Lyon_(ville) » keeps its own bracket."""
    bare = address.rstrip(_TRAILING)
    own = address[len(bare) :].startswith(")") and bare.count("(") > bare.count(")")
    return len(bare) + own
