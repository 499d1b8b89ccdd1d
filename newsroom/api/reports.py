"""« Signaler », for whoever reads."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from drf_standardized_errors.openapi_validation_errors import extend_validation_errors
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from moderation.reports import report_comment
from newsroom.api.serializers.reports import NewReportSerializer, SentReportSerializer
from newsroom.reporting import account_in, check_report_rate, reportable_comments


@extend_validation_errors(["invalid_report"], "kind")
@extend_validation_errors(["invalid_report"], "explanation")
@extend_validation_errors(["invalid_report"], "name")
@extend_validation_errors(["invalid_report"], "email")
@extend_validation_errors(["invalid_report"], "good_faith")
class Reports(APIView):
    permission_classes = (AllowAny,)

    @extend_schema(
        summary=_("Signaler un commentaire aux modérateurs, avec ou sans compte"),
        description=_(
            "Le signalement ne masque rien : un modérateur décide. `name` et `email` "
            "ne peuvent manquer que si `kind` vaut `mineurs`. Répété par la même "
            "personne avant la réponse, l’appel rend la même référence."
        ),
        request=NewReportSerializer,
        responses={201: SentReportSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        comment = get_object_or_404(reportable_comments(), pk=pk)
        data = NewReportSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        check_report_rate(request, data.validated_data["email"])
        report = report_comment(
            comment, user=account_in(request), **data.validated_data
        )
        return Response(SentReportSerializer(report).data, status=201)
