"""The signed-in account's token.

There is no sign-in by e-mail and password here: passwords are typed in one place, the
site's own page, with its limits on attempts. A token is made from a session, shown
once, and replaced or revoked from a session: a stolen token cannot make another.
"""

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_serializers import ErrorResponse404Serializer
from rest_framework import generics
from rest_framework.authtoken.models import Token
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsroom.api.authentication import SessionAuthentication
from newsroom.api.permissions import account_of
from newsroom.api.responses import ForbiddenSerializer
from newsroom.api.serializers.account import NewTokenSerializer, TokenSerializer
from newsroom.api.tokens import replace_token, revoke_token


@method_decorator(never_cache, "dispatch")
class OwnToken(APIView):
    authentication_classes = (SessionAuthentication,)
    permission_classes = (IsAuthenticated,)
    throttle_scope = "token"

    @extend_schema(
        summary=_("Depuis quand j’ai un jeton"),
        responses={200: TokenSerializer, 404: ErrorResponse404Serializer},
    )
    def get(self, request: Request) -> Response:
        token = generics.get_object_or_404(Token, user=account_of(request))
        return Response(TokenSerializer(token).data)

    @extend_schema(
        summary=_("Créer mon jeton, ou le remplacer"),
        request=None,
        responses={201: NewTokenSerializer, 403: ForbiddenSerializer},
    )
    def post(self, request: Request) -> Response:
        return Response(
            NewTokenSerializer(replace_token(account_of(request))).data, status=201
        )

    @extend_schema(
        summary=_("Révoquer mon jeton"),
        responses={204: None, 403: ForbiddenSerializer},
    )
    def delete(self, request: Request) -> Response:
        revoke_token(user=account_of(request))
        return Response(status=204)
