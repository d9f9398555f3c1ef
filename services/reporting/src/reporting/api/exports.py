"""The figures of a municipality as a file, over the API."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from coordination.web.api.views import FileView
from reporting.api.municipalities import KNOWN_ON, known_on
from reporting.queries.exports import written
from reporting.queries.summary import municipality_for, summary


class Exports(FileView):
    """Activities and school years as CSV or XLSX."""

    @extend_schema(parameters=[KNOWN_ON], responses={200: OpenApiTypes.BINARY})
    def get(self, request: Request, code: str) -> HttpResponse:
        """The same figures as the summary, with a line of totals."""
        municipality_for(actor=self.actor, municipality=code)
        file = written(summary(actor=self.actor, municipality=code, known_on=known_on(request)), self.kind)
        return HttpResponse(file.content, content_type=file.media_type, headers=file.headers)
