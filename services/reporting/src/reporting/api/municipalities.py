"""The figures of municipalities over the API: which one may read, the summary, what changed, who takes part."""

from datetime import date

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import problem
from coordination.web.api.pagination import answer_list
from coordination.web.api.views import ServiceView
from reporting.api import answers
from reporting.api.shapes import change_shape, municipality_shape, school_shape, summary_shape
from reporting.queries.changes import changes
from reporting.queries.summary import municipalities_for, municipality_for, summary

KNOWN_ON = OpenApiParameter(
    "knownOn", OpenApiTypes.DATE, description="Zoals het bekend was aan het eind van deze dag. Ook als asOf te geven."
)
SINCE = OpenApiParameter("since", OpenApiTypes.DATE, description="Alleen wat op of na deze dag veranderde.")


class Municipalities(ServiceView):
    """The municipalities whose figures one may read."""

    @extend_schema(responses={200: answers.MUNICIPALITIES})
    def get(self, request: Request) -> Response:
        """List them, in order of name."""
        return answer_list(request, municipalities_for(actor=self.actor), municipality_shape)


class SummaryOfOne(ServiceView):
    """All figures of one municipality."""

    @extend_schema(parameters=[KNOWN_ON], responses={200: answers.KNOWN})
    def get(self, request: Request, code: str) -> Response:
        """The summary as it stands, or as it was known on a day."""
        municipality_for(actor=self.actor, municipality=code)
        day = known_on(request)
        shape = summary_shape(summary(actor=self.actor, municipality=code, known_on=day))
        return Response(shape | {"knownOn": day})


class Changes(ServiceView):
    """What changed, newest first, by reason code."""

    @extend_schema(parameters=[SINCE], responses={200: answers.CHANGES})
    def get(self, request: Request, code: str) -> Response:
        """List the changes."""
        found = changes(actor=self.actor, municipality=code, since=lambda: wanted_day(request, "since"))
        return answer_list(request, found, change_shape)


class Participants(ServiceView):
    """The schools of a municipality, and those of elsewhere that take part, with what they joined."""

    @extend_schema(responses={200: answers.SCHOOLS})
    def get(self, request: Request, code: str) -> Response:
        """List them, in order of name."""
        found = summary(actor=self.actor, municipality=code).participants
        return answer_list(request, found.schools, school_shape)


def known_on(request: Request) -> date | None:
    """The day the figures are asked for. Raises Invalid when it is no date."""
    return wanted_day(request, "knownOn") or wanted_day(request, "asOf")


def wanted_day(request: Request, name: str) -> date | None:
    """A date of the address, or None. Raises Invalid when it is no date."""
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        if len(text) != len("2025-01-14"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise problem(name, "not-a-date", "Schrijf de datum als 2025-01-14.") from None
