"""The grid as a sheet to take away, with the filter of the list."""

from django.http import HttpRequest, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from coordination.contracts import clock
from coordination.identity.actor import Actor
from coordination.identity.permissions import signed_in
from coordination.web.api.views import FileView
from intake.queries.exports import as_csv, as_xlsx

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": (as_csv, CSV), "xlsx": (as_xlsx, XLSX)}


class Exports(FileView):
    """The figures of the list as a file."""

    @extend_schema(responses={200: OpenApiTypes.BINARY})
    def get(self, request: Request) -> HttpResponse:
        """The same rows, figures and filter as the list, with a line of totals."""
        return _file(self.actor, request.query_params, self.kind)


@signed_in
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The same file for who is signed in on a page."""
    return _file(request.actor, request.GET, kind)


def _file(actor: Actor, wanted, kind: str) -> HttpResponse:
    write, media_type = KINDS[kind]
    answer = HttpResponse(write(actor=actor, wanted=wanted), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="activiteiten-{clock.today():%Y-%m-%d}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
