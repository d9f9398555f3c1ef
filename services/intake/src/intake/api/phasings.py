"""Phasing over the API."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.web.api.idempotency import idempotent
from coordination.web.api.versions import wanted_version
from coordination.web.api.views import ServiceView
from intake.api import answers
from intake.api.activities import IF_MATCH, answer_activity, refuse_outdated
from intake.api.bodies import PhasingBody, by_school_year, read
from intake.api.entries import answer_act
from intake.commands.acts import admitted
from intake.commands.phasings import phase_budget
from intake.domain import who_may


class Phasings(ServiceView):
    """The plan over the school years."""

    @extend_schema(request=PhasingBody, parameters=[IF_MATCH], responses={201: answers.ACT})
    @idempotent("intake")
    def post(self, request: Request, activity_id: UUID) -> Response:
        """Set the phasing; a final one equals the total to the cent; wants If-Match."""
        activity = admitted(activity_id, self.actor, who_may.keeps_money)
        version = wanted_version(request)
        refuse_outdated(request, activity, version, answer_activity(self.actor, activity).data)
        given = read(PhasingBody, request)
        acted = phase_budget(
            actor=self.actor,
            activity_id=activity_id,
            phasing=by_school_year(given["phasing"], "planned_cents"),
            state=given["state"],
            reason=given.get("reason") or None,
            version=version,
            note=given.get("note") or "",
        )
        return answer_act(self.actor, acted, activity_id)
