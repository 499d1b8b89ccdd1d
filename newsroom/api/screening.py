"""What the rules find in a text, in full: for moderators and for client systems."""

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.detail import detailed_json
from moderation.lexicon import current_engine
from newsroom.api.authentication import (
    ClientAuthentication,
    SessionAuthentication,
    TokenAuthentication,
)
from newsroom.api.permissions import MayScreen
from newsroom.api.serializers.screening import (
    DetailedScreeningSerializer,
    LongTextSerializer,
)
from newsroom.api.throttles import AccountRate, AnonymousRate, ClientQuota


@method_decorator(never_cache, "dispatch")
class DetailedScreening(APIView):
    authentication_classes = (
        TokenAuthentication,
        ClientAuthentication,
        SessionAuthentication,
    )
    permission_classes = (MayScreen,)
    throttle_classes = (ClientQuota, AnonymousRate, AccountRate)

    @extend_schema(
        summary=_("Tout ce que les règles disent d’un texte, sans rien enregistrer"),
        description=_(
            "Pour les modérateurs et les systèmes clients (`Authorization: Key …`). "
            "`start` et `end`, exclue, comptent des points de code. `incomplete` nomme "
            "les règles qui n’ont pas eu le temps de finir : le texte est alors à relire."
        ),
        request=LongTextSerializer,
        responses=DetailedScreeningSerializer,
    )
    def post(self, request: Request) -> Response:
        data = LongTextSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        text, lang = data.validated_data["text"], data.validated_data["lang"]
        return Response(detailed_json(current_engine().screen(text, lang=lang)))
