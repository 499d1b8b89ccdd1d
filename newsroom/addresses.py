"""Addresses as other machines need them: whole, under the newspaper's own name."""

from django.conf import settings


def absolute(path: str) -> str:
    """``path``, as `reverse` gives it, at the newspaper's public address.

    Never from the request: what feeds and crawlers keep must not depend on the name
    they happened to ask for.
    """
    return f"{settings.NEWSPAPER_URL}{path}"
