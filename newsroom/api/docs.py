"""The API's description of itself, and the answer for addresses it does not have."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsroom.api.operations import operations_by_tag


class OwnSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """Describes our SessionAuthentication; the generator finds it by itself."""

    target_class = "newsroom.api.authentication.SessionAuthentication"


class ClientScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes ClientAuthentication, in the same way."""

    target_class = "newsroom.api.authentication.ClientAuthentication"
    name = "clientKey"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return build_bearer_security_scheme_object(
            header_name="Authorization",
            token_prefix="Key",  # noqa: S106
        )


@cache
def _schema(language: str | None) -> dict[str, Any]:
    """The whole schema, the same for everyone; made once in each language."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    found: dict[str, Any] = generator.get_schema(  # type: ignore[no-untyped-call]
        request=None, public=True
    )
    return found


class Schema(SpectacularAPIView):
    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(
            _schema(get_language()),
            headers={"Content-Disposition": 'inline; filename="api.yaml"'},
        )


class Docs(APIView):
    """The schema as one page to read, rendered here: no script, no other host."""

    schema = None
    permission_classes = (AllowAny,)
    renderer_classes = (TemplateHTMLRenderer,)

    def get(self, request: Request) -> Response:
        groups = operations_by_tag(_schema(get_language()), settings.NEWSPAPER_URL)
        return Response({"groups": groups}, template_name="newsroom/api/docs.html")


class NotHere(APIView):
    """Any other address under the API: 404 in the API's own shape."""

    permission_classes = (AllowAny,)
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404
