"""What is stored in each language, read in the one of the page."""

from django.utils.translation import get_language

from moderation.reason_details import LANGUAGES


class Said:
    """A row whose parts (`clause`, `facts`, `law`, `message`, `redress`) are columns of
    each of LANGUAGES, such as `facts_fr`."""

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
    def law(self) -> str:
        return self.said("law")

    @property
    def message(self) -> str:
        return self.said("message")

    @property
    def redress(self) -> str:
        return self.said("redress")
