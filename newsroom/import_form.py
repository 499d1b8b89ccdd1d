"""A page that an editor uploads, held between its preview and its import."""

import secrets
import zlib
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.importer.decoding import MAX_BYTES

HELD_FOR = 30 * 60  # seconds
_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class HeldPage:
    """An uploaded page: its bytes, the time zone it prints, its file's name."""

    data: bytes
    zone: ZoneInfo
    name: str


def hold(page: HeldPage, *, user: User) -> str:
    """Keep ``page`` for HELD_FOR seconds; return the token that brings it back.

    Only ``user`` gets it back: the token alone is not enough.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    packed = (zlib.compress(page.data), page.zone.key, page.name)
    cache.set(_key(token, user), packed, HELD_FOR)
    return token


def held_page(token: str, *, user: User) -> HeldPage | None:
    """The page behind ``token``, or None if it is unknown, another's or too old."""
    packed = cache.get(_key(token, user))
    if packed is None:
        return None
    data, zone, name = packed
    return HeldPage(zlib.decompress(data), ZoneInfo(zone), name)


def release(token: str, *, user: User) -> None:
    """Forget a page that has been imported."""
    cache.delete(_key(token, user))


def _key(token: str, user: User) -> str:
    kept = "".join(c for c in token if c.isascii() and (c.isalnum() or c in "-_"))
    return f"import:{user.pk}:{kept[: 2 * _TOKEN_BYTES]}"


def _zones() -> list[tuple[str, str]]:
    named = sorted(zone for zone in available_timezones() if "/" in zone)
    return [(zone, zone.replace("_", " ")) for zone in ["UTC", *named]]


class ImportForm(forms.Form):
    page = forms.FileField(
        label=gettext_lazy("Page"),
        help_text=gettext_lazy("texte aplati (.txt) ou HTML, 5 Mo au plus"),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.html,.htm"}),
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Fuseau horaire de la page"),
        help_text=gettext_lazy("celui des heures qu’elle imprime"),
        choices=_zones,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"zone": settings.TIME_ZONE})
        super().__init__(*args, **kwargs)

    def clean_page(self) -> UploadedFile:
        page: UploadedFile = self.cleaned_data["page"]
        if (page.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("Ce fichier dépasse %(limit)d Mo : une page est bien plus petite.")
                % {"limit": MAX_BYTES // 1_000_000}
            )
        return page

    def uploaded(self) -> HeldPage:
        """What a valid form brought."""
        page = self.cleaned_data["page"]
        zone = ZoneInfo(self.cleaned_data["zone"])
        return HeldPage(page.read(), zone, page.name or "")
