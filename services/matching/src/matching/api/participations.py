"""Participations over the API: ask or record, decide, confirm, withdraw."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import Forbidden
from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import answer_list
from coordination.web.api.serializers import CamelSerializer, IdField, TextField, WholeNumberField
from coordination.web.api.views import ServiceView
from coordination.web.filters import filtered
from matching.api import answers
from matching.api.shapes import participation_shape
from matching.commands import participations as commands
from matching.domain.who_may import acts_for_school, decides_for
from matching.queries.participations import ParticipationFilter, participation_for, participations_for
from matching.queries.register import school_named


@extend_schema_field(OpenApiTypes.INT)
class PupilsField(serializers.JSONField):
    """A number of pupils, as it was given."""


@extend_schema_field(OpenApiTypes.STR)
class NoteField(serializers.JSONField):
    """A question or remark, as it was given."""


class RequestBody(CamelSerializer):
    """A school in an activity, with a number of pupils; an officer may leave the number out when it is not known.

    school is its id or its code: six characters, or the BRIN while that has one location. Number and note are judged
    by the command, after it has judged whether activity and school are there to be seen.
    """

    activity = IdField()
    school = TextField(max_length=40)
    pupils = PupilsField(required=False, allow_null=True)
    note = NoteField(required=False)


class DecisionBody(CamelSerializer):
    """accept, decline with a reason code, or wait."""

    decision = TextField(max_length=20)
    reason = TextField(required=False, allow_null=True, allow_blank=True, max_length=60)


class ConfirmationBody(CamelSerializer):
    """The number of pupils, when it is to be given or corrected."""

    pupils = WholeNumberField(min_value=1, required=False, allow_null=True)


class WithdrawalBody(CamelSerializer):
    """Why, as a reason code; may be left out."""

    reason = TextField(required=False, allow_null=True, allow_blank=True, max_length=60)


class Participations(ServiceView):
    """Everything you are inside of: your school's, your municipality's, or of activities that name you as partner."""

    @extend_schema(responses={200: answers.PARTICIPATIONS})
    def get(self, request: Request) -> Response:
        """List participations; filters municipality, activity, school and state, sort changedAt or state."""
        rows = filtered(ParticipationFilter, participations_for(self.actor), request.query_params)
        return answer_list(request, rows, lambda one: participation_shape(one, self.actor))

    @extend_schema(request=RequestBody, responses={201: answers.PARTICIPATION})
    @idempotent("matching")
    def post(self, request: Request) -> Response:
        """A school asks to join; sent by the activity's officer it records that the school takes part."""
        body = RequestBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        school = school_named(self.actor, given["school"])
        subject = {"activity": given["activity"], "school": school, "pupils": given.get("pupils")}
        if acts_for_school(self.actor, school):
            found = commands.request_participation(actor=self.actor, note=given.get("note", ""), **subject)
        else:
            found = commands.record_for(actor=self.actor, **subject)
        return self._answer(found.pk, 201)

    def _answer(self, participation_id: UUID, status: int) -> Response:
        return Response(participation_shape(participation_for(self.actor, participation_id), self.actor), status=status)


class ParticipationDetail(Participations):
    """One participation."""

    http_method_names = ["get", "head", "options"]

    @extend_schema(responses={200: answers.PARTICIPATION})
    def get(self, request: Request, participation_id: UUID) -> Response:
        """A participation you are inside of."""
        return self._answer(participation_id, 200)


class Decisions(Participations):
    """What the officer decides about a request."""

    http_method_names = ["post", "options"]

    @extend_schema(request=DecisionBody, responses={200: answers.PARTICIPATION})
    @idempotent("matching")
    def post(self, request: Request, participation_id: UUID) -> Response:
        """Accept, decline with a reason, or put on the waiting list; what no longer fits comes on the waiting list."""
        found = participation_for(self.actor, participation_id)
        if not decides_for(self.actor, found.municipality):
            raise Forbidden("Alleen de gemeente van de activiteit beslist hierover.")
        body = DecisionBody(data=request.data)
        body.is_valid(raise_exception=True)
        commands.decide(actor=self.actor, participation=participation_id, **body.validated_data)
        return self._answer(participation_id, 200)


class Confirmations(Participations):
    """What the school says about a participation that was recorded for it."""

    http_method_names = ["post", "options"]

    @extend_schema(request=ConfirmationBody, responses={200: answers.PARTICIPATION})
    @idempotent("matching")
    def post(self, request: Request, participation_id: UUID) -> Response:
        """Confirm, and give or correct the number of pupils."""
        found = participation_for(self.actor, participation_id)
        if not acts_for_school(self.actor, found.school_id):
            raise Forbidden("Alleen de school zelf kan dit doen.")
        body = ConfirmationBody(data=request.data)
        body.is_valid(raise_exception=True)
        commands.confirm(actor=self.actor, participation=participation_id, **body.validated_data)
        return self._answer(participation_id, 200)


class Withdrawals(Participations):
    """The school stops, or takes its request back."""

    http_method_names = ["post", "options"]

    @extend_schema(request=WithdrawalBody, responses={200: answers.PARTICIPATION})
    @idempotent("matching")
    def post(self, request: Request, participation_id: UUID) -> Response:
        """Withdraw; a place that comes free moves the next school up."""
        found = participation_for(self.actor, participation_id)
        if not acts_for_school(self.actor, found.school_id):
            raise Forbidden("Alleen de school zelf kan dit doen.")
        body = WithdrawalBody(data=request.data)
        body.is_valid(raise_exception=True)
        commands.withdraw(actor=self.actor, participation=participation_id, **body.validated_data)
        return self._answer(participation_id, 200)
