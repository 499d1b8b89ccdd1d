"""What is stored in each language, read in the one of the page."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language

from moderation.charter.addresses import clause_address
from moderation.charter.catalog import LANGUAGES
from moderation.charter.in_force import number_at


class Said:
    """A row whose parts (`clause`, `facts`, `law`, `message`, `redress`) are columns of
    each of LANGUAGES, such as `facts_fr`; `clause` is its code, SAID_AT the column of
    the moment when it was made."""

    SAID_AT = "created_at"
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

    @cached_property
    def charter_number(self) -> int | None:
        """The charter's version that held when it was made, if one did.

        One query, unless the row comes with it (`with_charter` of its queryset).
        """
        if "charter_then" in self.__dict__:
            known: int | None = self.__dict__["charter_then"]
            return known
        moment: datetime = getattr(self, self.SAID_AT)
        return number_at(moment)

    @property
    def clause_address(self) -> str:
        """Where the charter says the clause, as it did when this was made."""
        return clause_address(self.clause, self.charter_number)

    @property
    def clause_url(self) -> str:
        """The same, to be followed from a mail."""
        return f"{settings.NEWSPAPER_URL}{self.clause_address}"

    @property
    def law(self) -> str:
        return self.said("law")

    @property
    def message(self) -> str:
        return self.said("message")

    @property
    def redress(self) -> str:
        return self.said("redress")
