"""The register over the API: schools and partners."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import Forbidden
from coordination.identity.actor import Actor
from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import answer_list
from coordination.web.api.serializers import CamelSerializer, DayField, TextField
from coordination.web.api.views import ServiceView
from coordination.web.filters import filtered
from matching.api import answers
from matching.api.shapes import partner_shape, school_shape
from matching.commands.register import register_partner, register_school
from matching.domain.who_may import decides_for
from matching.queries.register import (
    PartnerFilter,
    SchoolFilter,
    partner_for,
    partners_for,
    school_for,
    schools_for,
)


class SchoolBody(CamelSerializer):
    """A school location to enter; code is a BRIN, with the location's two digits where it has several."""

    code = TextField(max_length=20)
    name = TextField(max_length=1000)
    school_types = serializers.ListField(child=TextField(max_length=60), max_length=20)
    municipality = TextField(max_length=10)
    board = TextField(max_length=1000, required=False, allow_blank=True)
    valid_from = DayField(required=False, allow_null=True)
    valid_to = DayField(required=False, allow_null=True)


class PartnerBody(CamelSerializer):
    """A partner to enter for a municipality."""

    name = TextField(max_length=1000)
    municipality = TextField(max_length=10)
    partner_type = TextField(max_length=60, required=False, allow_blank=True)
    aliases = serializers.ListField(child=TextField(max_length=200), max_length=20, required=False)


class Schools(ServiceView):
    """The schools of your municipalities, or your own."""

    @extend_schema(responses={200: answers.SCHOOLS})
    def get(self, request: Request) -> Response:
        """List schools; filters municipality, brin and q."""
        rows = filtered(SchoolFilter, schools_for(self.actor), request.query_params)
        return answer_list(request, rows, school_shape)

    @extend_schema(request=SchoolBody, responses={201: answers.SCHOOL})
    @idempotent("matching")
    def post(self, request: Request) -> Response:
        """Enter a school, or bring its data up to date."""
        _only_for_own(self.actor, request.data)
        body = SchoolBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(school_shape(register_school(actor=self.actor, **body.validated_data)), status=201)


class SchoolDetail(ServiceView):
    """One school."""

    @extend_schema(responses={200: answers.SCHOOL})
    def get(self, request: Request, school_id) -> Response:
        """A school you speak for, or of your municipality."""
        return Response(school_shape(school_for(self.actor, school_id)))


class Partners(ServiceView):
    """The partners of your municipalities, or your own."""

    @extend_schema(responses={200: answers.PARTNERS})
    def get(self, request: Request) -> Response:
        """List partners; filters partnerType and q."""
        rows = filtered(PartnerFilter, partners_for(self.actor), request.query_params)
        return answer_list(request, rows, partner_shape)

    @extend_schema(request=PartnerBody, responses={201: answers.PARTNER})
    @idempotent("matching")
    def post(self, request: Request) -> Response:
        """Enter a partner, or add to one whose name is there already."""
        _only_for_own(self.actor, request.data)
        body = PartnerBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(partner_shape(register_partner(actor=self.actor, **body.validated_data)), status=201)


class PartnerDetail(ServiceView):
    """One partner."""

    @extend_schema(responses={200: answers.PARTNER})
    def get(self, request: Request, partner_id) -> Response:
        """A partner you speak for, or of your municipality."""
        return Response(partner_shape(partner_for(self.actor, partner_id)))


def _only_for_own(actor: Actor, data: object) -> None:
    """Who may not register for a municipality hears that first, whatever else is wrong."""
    code = data.get("municipality") if isinstance(data, dict) else None
    if isinstance(code, str) and not decides_for(actor, code):
        raise Forbidden("U kunt alleen organisaties van uw eigen gemeente vastleggen.")
