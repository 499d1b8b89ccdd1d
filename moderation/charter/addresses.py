"""Where readers find the charter."""

from django.urls import reverse


def clause_address(code: str) -> str:
    """Where the charter's page says the clause ``code``."""
    return f"{reverse('charter')}#clause-{code}"


def changes_address(number: int) -> str:
    """Where the charter's page says what the version ``number`` changed."""
    return f"{reverse('charter_version', args=[number])}#changements"
