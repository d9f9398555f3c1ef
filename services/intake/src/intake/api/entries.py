"""Booking in the ledger over the API: entries, amounts up to a date, and dividing them over years."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.identity.actor import Actor
from coordination.web.api.idempotency import idempotent
from coordination.web.api.serializers import CamelSerializer
from coordination.web.api.versions import version_header
from coordination.web.api.views import ServiceView
from intake.api import answers
from intake.api.bodies import DivisionBody, EntryBody, by_school_year, read
from intake.api.shapes import act_shape, activity_shape, plain_line_shape
from intake.commands.acts import Acted, admitted
from intake.commands.entries import divide_spending, record_entry, record_spent_until
from intake.domain import who_may
from intake.queries.activities import row


class Entries(ServiceView):
    """What was spent, committed or corrected."""

    @extend_schema(request=EntryBody, responses={201: answers.ACT})
    @idempotent("intake")
    def post(self, request: Request, activity_id: UUID) -> Response:
        """Book an entry; an amount only known up to a date is of kind spent_until, with that date."""
        given = read_for(who_may.keeps_money, activity_id, self.actor, EntryBody, request)
        if given.get("kind") == "spent_until":
            acted = record_spent_until(
                actor=self.actor,
                activity_id=activity_id,
                amount_cents=given.get("amount_cents"),
                reference_date=given.get("date"),
                funding_source=given.get("funding_source") or "",
                note=given.get("note") or "",
            )
        else:
            acted = record_entry(
                actor=self.actor,
                activity_id=activity_id,
                kind=given.get("kind") or "",
                dated_on=given.get("date"),
                amount_cents=given.get("amount_cents"),
                funding_source=given.get("funding_source") or "",
                school_year=given.get("school_year"),
                divides_cumulative=given.get("divides_cumulative"),
                reason=given.get("reason"),
                note=given.get("note") or "",
                decision=given.get("decision") or "",
            )
        return answer_act(self.actor, acted, activity_id)


class Divisions(ServiceView):
    """Dividing an amount up to a date over school years."""

    @extend_schema(request=DivisionBody, responses={201: answers.ACT})
    @idempotent("intake")
    def post(self, request: Request, activity_id: UUID) -> Response:
        """Give parts of the undivided amount their school year; nothing is added."""
        given = read_for(who_may.keeps_money, activity_id, self.actor, DivisionBody, request)
        acted = divide_spending(
            actor=self.actor,
            activity_id=activity_id,
            parts=by_school_year(given["parts"], "amount_cents"),
            note=given.get("note") or "",
        )
        return answer_act(self.actor, acted, activity_id)


def read_for(
    allowed: Callable[[Actor, str], bool],
    activity_id: UUID,
    actor: Actor,
    body: type[CamelSerializer],
    request: Request,
) -> dict[str, Any]:
    """What a body holds. Who may not do this with the activity hears that first, whatever is wrong with the body.

    When nothing is, it is for the command to refuse. Raises what reading raises, or else NotFound and Forbidden.
    """
    try:
        return read(body, request)
    except Exception:
        admitted(activity_id, actor, allowed)
        raise


def answer_act(actor: Actor, acted: Acted, activity_id: UUID) -> Response:
    """An act with its lines and warnings, and the activity as it now stands."""
    found = acted.row or row(actor=actor, activity_id=activity_id)
    content = {
        "id": str(acted.act.id),
        **act_shape(acted.act),
        "lines": [plain_line_shape(line) for line in acted.lines],
        "warnings": list(acted.warnings),
        "activity": activity_shape(found),
    }
    return Response(content, status=201, headers=version_header(found.activity.version))
