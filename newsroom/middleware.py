from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


class ChosenLanguageMiddleware:
    """Show French unless this reader chose another language on the language page.

    The browser's Accept-Language is not asked: a French-language newspaper is in
    French, and an anonymous page then has one form for every reader.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            request.LANGUAGE_CODE = known
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", known)
            return response
