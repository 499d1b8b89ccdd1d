"""What the signed-in account was not told of the charter yet."""

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.charter.notices import mark_read, unread_change
from newsroom.api.permissions import account_of
from newsroom.api.responses import ForbiddenSerializer
from newsroom.api.serializers.charter import (
    CharterNewsSerializer,
    CharterReadSerializer,
)


@method_decorator(never_cache, "dispatch")
class OwnCharterNews(APIView):
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        summary=_("Le dernier changement important de la charte que je n’ai pas lu"),
        responses=CharterNewsSerializer,
    )
    def get(self, request: Request) -> Response:
        news = {"unread": unread_change(account_of(request))}
        return Response(CharterNewsSerializer(news).data)

    @extend_schema(
        summary=_("Ne plus m’annoncer une version de la charte, ni celles d’avant"),
        request=CharterReadSerializer,
        responses={204: None, 403: ForbiddenSerializer},
    )
    def post(self, request: Request) -> Response:
        data = CharterReadSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        mark_read(account_of(request), up_to=data.validated_data["number"].pk)
        return Response(status=204)
