"""What is stored in each language, read in the one of the page."""

from typing import Any

from django.utils.translation import get_language

from moderation.charter.addresses import clause_address
from moderation.charter.catalog import LANGUAGES


class Said:
    """A row whose parts (`clause`, `facts`, `law`, `message`, `redress`) are columns of
    each of LANGUAGES, such as `facts_fr`; `clause` is its code."""

    clause: Any

    def said(self, part: str) -> str:
        """``part`` in the reader's language; in French where it is none of ours."""
        language = (get_language() or "fr")[:2]
        text: str = getattr(
            self, f"{part}_{language if language in LANGUAGES else 'fr'}"
        )
        return text

    @property
    def facts(self) -> str:
        return self.said("facts")

    @property
    def clause_title(self) -> str:
        return self.said("clause")

    @property
    def clause_address(self) -> str:
        """Where the charter says the clause."""
        return clause_address(self.clause)

    @property
    def law(self) -> str:
        return self.said("law")

    @property
    def message(self) -> str:
        return self.said("message")

    @property
    def redress(self) -> str:
        return self.said("redress")
