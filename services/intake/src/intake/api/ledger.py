"""Reading the ledger over the API."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.web.api.pagination import answer_list
from coordination.web.api.views import ServiceView
from intake.api import answers
from intake.api.shapes import line_shape
from intake.queries.ledger import lines


class Lines(ServiceView):
    """Why the figures are what they are."""

    @extend_schema(responses={200: answers.LINES})
    def get(self, request: Request, activity_id: UUID) -> Response:
        """List the lines of an activity, oldest first, each also as a Dutch sentence."""
        return answer_list(request, lines(actor=self.actor, activity_id=activity_id), line_shape)
