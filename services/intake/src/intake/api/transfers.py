"""Moving budget between activities over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import Forbidden
from coordination.web.api.idempotency import idempotent
from coordination.web.api.views import ServiceView
from intake.api import answers
from intake.api.bodies import TransferBody, field_of, read
from intake.api.entries import answer_act
from intake.api.shapes import activity_shape
from intake.commands.acts import WHO, admitted, found_activity
from intake.commands.transfers import transfer_budget
from intake.domain import who_may
from intake.queries.activities import row


class Transfers(ServiceView):
    """One reasoned act that keeps the municipality's sum."""

    @extend_schema(request=TransferBody, responses={201: answers.TRANSFERRED})
    @idempotent("intake")
    def post(self, request: Request) -> Response:
        """Move planned money from one activity to another."""
        self._admit(field_of(request, "from", "activity"), field_of(request, "to", "activity"))
        given = read(TransferBody, request)
        source, target = given["from"], given["to"]
        acted = transfer_budget(
            actor=self.actor,
            from_activity=source["activity"],
            from_school_year=source["school_year"],
            to_activity=target["activity"],
            to_school_year=target["school_year"],
            amount_cents=given.get("amount_cents"),
            reason=given.get("reason") or "",
            note=given.get("note") or "",
            decision=given.get("decision") or "",
        )
        answer = answer_act(self.actor, acted, source["activity"])
        answer.data["toActivity"] = activity_shape(row(actor=self.actor, activity_id=target["activity"]))
        del answer.headers["ETag"]
        return answer

    def _admit(self, source: Any, target: Any) -> None:
        for named in (source, target):
            if isinstance(named, str) and len(named) == 36:
                found_activity(named, self.actor)
        if isinstance(source, str) and len(source) == 36:
            admitted(source, self.actor, who_may.transfers)
        elif not self.actor.is_administrator and not self.actor.keys("municipality", "budget_holder"):
            raise Forbidden(f"Alleen {WHO[who_may.transfers]} mag dit doen. Vraag een collega met die rol.")
