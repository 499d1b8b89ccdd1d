"""Who calls: a token, else the browser's session with its CSRF token.

Where a view takes them, also other systems, with a key that is no account's.
"""

import re

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from moderation.clients import client_of_key, note_use
from moderation.models import ApiClient

TOKEN = re.compile(r"[0-9a-f]{40}", re.ASCII)


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session. Without one the answer is 401, as with a token."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied:
            raise PermissionDenied(
                _("Jeton CSRF absent ou périmé : rechargez la page."),
                "csrf_failed",
            ) from None


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token <key>`. What cannot be a key is not looked for."""

    def authenticate_credentials(self, key: str) -> tuple:
        if not TOKEN.fullmatch(key):
            raise AuthenticationFailed(_("Jeton inconnu."))
        return super().authenticate_credentials(key)


class ClientAuthentication(authentication.BaseAuthentication):
    """`Authorization: Key <key>`: a client system, as `request.auth`, without account."""

    keyword = "key"

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiClient] | None:
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != self.keyword:
            return None
        client = client_of_key(key.strip())
        if client is None:
            raise AuthenticationFailed(_("Clé absente, inconnue ou révoquée."))
        note_use(client)
        return AnonymousUser(), client

    def authenticate_header(self, request: Request) -> str:
        return "Key"
