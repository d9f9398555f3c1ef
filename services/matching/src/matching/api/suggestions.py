"""Suggestions over the API: what fits a school and why."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import problem
from coordination.identity.actor import Actor
from coordination.web.api.pagination import answer_list
from coordination.web.api.views import ServiceView
from matching.api import answers
from matching.api.shapes import suggestion_shape
from matching.queries.register import school_named
from matching.queries.suggestions import suggestions_for


class SuggestionList(ServiceView):
    """The open activities for a school, with reasons."""

    @extend_schema(
        parameters=[OpenApiParameter("school", OpenApiTypes.STR), OpenApiParameter("fits", OpenApiTypes.BOOL)],
        responses={200: answers.SUGGESTIONS},
    )
    def get(self, request: Request) -> Response:
        """What is open to a school, needs it named first; fits=true leaves out what does not fit."""
        found = suggestions_for(self.actor, _school_asked(self.actor, request.query_params.get("school", "")))
        fits = request.query_params.get("fits", "")
        if fits not in ("", "true", "false"):
            raise problem("fits", "filter-invalid", "Geef true of false.")
        rows = [one for one in found.everything if not fits or one.suggestion.fits == (fits == "true")]
        return answer_list(request, rows, suggestion_shape)


def _school_asked(actor: Actor, text: str) -> UUID:
    own = actor.keys("school")
    if not text and len(own) == 1:
        text = next(iter(own))
    if not text:
        raise problem("school", "school-missing", "Geef met school de id of de code van een school.")
    return school_named(actor, text)
