"""The digest that a moderator chooses for himself."""

from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.alerts.digest import choose_digest, chosen_digest
from newsroom.api.permissions import MaySeeQueue, account_of
from newsroom.api.serializers.digest import DigestSerializer, NewDigestSerializer


@extend_validation_errors(["invalid"], "frequency", methods=["put"])
@extend_validation_errors(["invalid"], "hour", methods=["put"])
@extend_validation_errors(["invalid"], "weekday", methods=["put"])
@method_decorator(never_cache, "dispatch")
class Digest(APIView):
    permission_classes = (MaySeeQueue,)

    @extend_schema(
        summary=_("Quand vient le résumé par courriel que l’on a choisi"),
        responses=DigestSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(DigestSerializer(chosen_digest(account_of(request))).data)

    @extend_schema(
        summary=_("Choisir quand vient le résumé par courriel, ou n’en plus recevoir"),
        description=_(
            "`never` l’arrête. Le résumé est écrit dans la langue de la réponse ; il "
            "faut une adresse au compte."
        ),
        request=NewDigestSerializer,
        responses=DigestSerializer,
    )
    def put(self, request: Request) -> Response:
        account = account_of(request)
        data = NewDigestSerializer(data=request.data, context={"account": account})
        data.is_valid(raise_exception=True)
        language = (get_language() or "fr")[:2]
        chosen = choose_digest(account, language=language, **data.validated_data)
        return Response(DigestSerializer(chosen).data)
