"""The figures of a municipality as a file, over the API."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from coordination.web.api.views import ServiceView
from reporting.api.municipalities import KNOWN_ON, known_on
from reporting.queries import exports
from reporting.queries.summary import municipality_for, summary

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": (exports.as_csv, CSV), "xlsx": (exports.as_xlsx, XLSX)}


class Exports(ServiceView):
    """Activities and school years as CSV or XLSX."""

    kind = "csv"

    @extend_schema(parameters=[KNOWN_ON], responses={200: OpenApiTypes.BINARY})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The same figures as the summary, with a line of totals."""
        municipality_for(actor=self.actor, municipality=code)
        return file_of(summary(actor=self.actor, municipality=code, known_on=known_on(request)), self.kind)


def file_of(found, kind: str) -> HttpResponse:
    """A summary as a file to keep."""
    write, media_type = KINDS[kind]
    answer = HttpResponse(write(found), content_type=media_type)
    name = f"raad-{found.facts.code}-{found.facts.today:%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
