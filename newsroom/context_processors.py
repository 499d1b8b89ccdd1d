from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.models import Section


def newspaper(request: HttpRequest) -> dict[str, Any]:
    """The newspaper's name and its sections, for the masthead of every page."""
    return {
        "newspaper_name": settings.NEWSPAPER_NAME,
        "newspaper_url": settings.NEWSPAPER_URL,
        "sections": Section.objects.all(),
    }
