"""Needs of a school over the API."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import Forbidden
from coordination.web.api.serializers import CamelSerializer, TextField
from coordination.web.api.versions import require_current, version_header, wanted_version
from coordination.web.api.views import ServiceView
from matching.api import answers
from matching.commands.needs import state_needs
from matching.domain.who_may import acts_for_school
from matching.queries.needs import NeedsOfSchool, needs_of


class NeedsBody(CamelSerializer):
    """The whole list of target groups a school needs something for."""

    target_groups = serializers.ListField(child=TextField(max_length=60), max_length=100)


class Needs(ServiceView):
    """The target groups a school needs something for."""

    @extend_schema(responses={200: answers.NEEDS})
    def get(self, request: Request, school_id: UUID) -> Response:
        """The list as it stands; statedOn null: the school never said anything. The first version is 0."""
        return self._answer(school_id)

    @extend_schema(request=NeedsBody, responses={200: answers.NEEDS})
    def patch(self, request: Request, school_id: UUID) -> Response:
        """Set the list; wants If-Match."""
        present = needs_of(self.actor, school_id)
        if not acts_for_school(self.actor, school_id):
            raise Forbidden("Alleen de school zelf noemt haar behoeften.")
        version = wanted_version(request)
        require_current(version, present.version, yours=request.data, current=self._content(present))
        body = NeedsBody(data=request.data)
        body.is_valid(raise_exception=True)
        state_needs(actor=self.actor, school=school_id, expected_version=version, **body.validated_data)
        return self._answer(school_id)

    def _answer(self, school_id: UUID) -> Response:
        found = needs_of(self.actor, school_id)
        return Response(self._content(found), headers=version_header(found.version))

    def _content(self, found: NeedsOfSchool) -> dict[str, Any]:
        return {
            "school": str(found.school.id),
            "targetGroups": list(found.target_groups),
            "statedOn": found.stated_on,
            "version": found.version,
        }
