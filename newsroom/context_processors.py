from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from articles.dates import printed_day
from articles.models import Section


def newspaper(request: HttpRequest) -> dict[str, Any]:
    """The newspaper's name, its sections and the day, for the frame of every page."""
    now = timezone.localtime()
    return {
        "newspaper_name": settings.NEWSPAPER_NAME,
        "newspaper_url": settings.NEWSPAPER_URL,
        "sections": Section.objects.all(),
        "today": f"{WEEKDAYS[now.weekday()]} {printed_day(now)}",
    }
