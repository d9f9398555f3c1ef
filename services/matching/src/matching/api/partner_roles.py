"""Roles of partners over the API."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import Forbidden, problem
from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import answer_list
from coordination.web.api.serializers import CamelSerializer, TextField
from coordination.web.api.views import ServiceView
from coordination.web.filters import filtered
from matching.api import answers
from matching.api.shapes import role_shape
from matching.commands.partner_roles import confirm_role, decline_role
from matching.domain.who_may import acts_for_partner
from matching.queries.partner_roles import PartnerRoleFilter, role_for, roles_for


class RoleDecisionBody(CamelSerializer):
    """confirm, or decline with a reason code."""

    decision = TextField(max_length=20)
    reason = TextField(required=False, allow_null=True, allow_blank=True, max_length=60)


class PartnerRoles(ServiceView):
    """The roles of your organisation, or those in the activities of your municipality."""

    @extend_schema(responses={200: answers.ROLES})
    def get(self, request: Request) -> Response:
        """List roles; filters municipality, activity, partner and state."""
        rows = filtered(PartnerRoleFilter, roles_for(self.actor), request.query_params)
        return answer_list(request, rows, role_shape)


class RoleDecisions(ServiceView):
    """What a partner says about its role."""

    @extend_schema(request=RoleDecisionBody, responses={200: answers.ROLE})
    @idempotent("matching")
    def post(self, request: Request, role_id: UUID) -> Response:
        """Confirm the role, or decline it with a reason."""
        role = role_for(self.actor, role_id)
        if not acts_for_partner(self.actor, role.partner_id):
            raise Forbidden("Alleen de partner zelf bevestigt zijn rol.")
        body = RoleDecisionBody(data=request.data)
        body.is_valid(raise_exception=True)
        decision, reason = body.validated_data["decision"], body.validated_data.get("reason")
        if decision == "confirm":
            confirm_role(actor=self.actor, role=role_id)
        elif decision == "decline":
            decline_role(actor=self.actor, role=role_id, reason=reason)
        else:
            raise problem("decision", "unknown-decision", "Kies confirm of decline.")
        return Response(role_shape(role_for(self.actor, role_id)))
