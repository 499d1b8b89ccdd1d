"""Where readers find the charter."""

from django.urls import reverse

from moderation.charter.models import CharterVersion


def clause_address(code: str) -> str:
    """Where the charter's page says the clause ``code``."""
    return f"{reverse('charter')}#clause-{code}"


def changes_address(version: CharterVersion) -> str:
    """Where the charter's page says what ``version`` changed."""
    return f"{version.get_absolute_url()}#changements"
