"""Where readers find the charter."""

from django.urls import reverse


def clause_address(code: str, version: int | None = None) -> str:
    """Where the charter's page says the clause ``code``: today's, or that of ``version``."""
    page = (
        reverse("charter")
        if version is None
        else reverse("charter_version", args=[version])
    )
    return f"{page}#clause-{code}"


def changes_address(number: int) -> str:
    """Where the charter's page says what the version ``number`` changed."""
    return f"{reverse('charter_version', args=[number])}#changements"
