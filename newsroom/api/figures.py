"""The dashboard's figures for a period."""

from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.dashboard import Dashboard
from newsroom.api.permissions import MaySeeQueue, account_of
from newsroom.api.serializers.figures import (
    FiguresSerializer,
    PeriodSerializer,
    figures_of,
)


@extend_validation_errors(["invalid_choice"], "period")
@extend_validation_errors(["invalid"], "first")
@extend_validation_errors(["invalid"], "last")
@method_decorator(never_cache, "dispatch")
class Figures(APIView):
    permission_classes = (MaySeeQueue,)

    @extend_schema(
        summary=_("Les nombres d’une période, et ceux du temps d’avant"),
        description=_(
            "`period`, ou deux jours du journal, compris : 92 au plus. Sans rien, les "
            "sept derniers jours. Les décisions de chaque modérateur ne sont données "
            "qu’à qui en a le droit ; les autres lisent les leurs et la somme."
        ),
        parameters=[PeriodSerializer],
        responses=FiguresSerializer,
    )
    def get(self, request: Request) -> Response:
        asked = PeriodSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        period = asked.validated_data["period"]
        dashboard = Dashboard(period, reader=account_of(request))
        return Response(FiguresSerializer(figures_of(dashboard)).data)
