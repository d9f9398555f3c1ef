"""Reports of progress over the API."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.intake import Indicator
from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import answer_list
from coordination.web.api.views import ServiceView
from intake.api import answers
from intake.api.bodies import ReportBody
from intake.api.entries import answer_act, read_for
from intake.api.shapes import report_shape
from intake.commands.progress import report_progress
from intake.domain import who_may
from intake.queries.progress import reports


class Reports(ServiceView):
    """How an activity stands."""

    @extend_schema(responses={200: answers.REPORTS})
    def get(self, request: Request, activity_id: UUID) -> Response:
        """List the reports of an activity, newest first."""
        return answer_list(request, reports(actor=self.actor, activity_id=activity_id), report_shape)

    @extend_schema(request=ReportBody, responses={201: answers.REPORTED})
    @idempotent("intake")
    def post(self, request: Request, activity_id: UUID) -> Response:
        """Report a status, counts or the value of an indicator."""
        given = read_for(who_may.describes, activity_id, self.actor, ReportBody, request)
        indicator = given.get("indicator")
        acted = report_progress(
            actor=self.actor,
            activity_id=activity_id,
            reported_on=given.get("date"),
            status=given.get("status") or None,
            status_reason=given.get("status_reason") or None,
            indicator=Indicator(**indicator) if indicator else None,
            note=given.get("note") or "",
            **(given.get("reach") or {}),
        )
        answer = answer_act(self.actor, acted, activity_id)
        answer.data["report"] = report_shape(acted.act.report)
        return answer
