"""Activities over the API: list, register, look at, change, withdraw."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.refusals import Forbidden, problem
from coordination.identity.actor import Actor
from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import Pages
from coordination.web.api.versions import version_header, wanted_version
from coordination.web.api.views import ServiceView
from intake.api import answers
from intake.api.bodies import ActivityBody, NewActivityBody, WithdrawalBody, by_school_year, field_of, read
from intake.api.shapes import activity_shape
from intake.commands.activities import admit_registrar, register_activity
from intake.commands.acts import WHO, admitted, require_version
from intake.commands.changes import change_activity, withdraw_activity
from intake.domain import who_may
from intake.models import Activity
from intake.queries import activities as queries
from intake.queries.allocations import summary
from intake.queries.basis import school_years

FILTERS = [
    OpenApiParameter(name, OpenApiTypes.STR)
    for name in ("municipality", "measureType", "status", "schoolYear", "q", "sort")
]
IF_MATCH = OpenApiParameter("If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True)


class Activities(ServiceView):
    """The activities of the municipalities one works for."""

    @extend_schema(parameters=FILTERS, responses={200: answers.ACTIVITIES})
    def get(self, request: Request) -> Response:
        """List activities with their figures."""
        pages = Pages()
        found = queries.wanted_activities(actor=self.actor, wanted=request.query_params)
        page = pages.paginate_queryset(found, request) or []
        rows = queries.rows_of(page, school_years())
        return pages.get_paginated_response([activity_shape(row) for row in rows])

    @extend_schema(request=NewActivityBody, responses={201: answers.REGISTERED})
    @idempotent("intake")
    def post(self, request: Request) -> Response:
        """Register an activity; without a number it gets the next one of its municipality."""
        code = _municipality_meant(self.actor, field_of(request, "municipality"))
        admit_registrar(self.actor, code)
        given = read(NewActivityBody, request)
        given.pop("municipality", None)
        phasing = by_school_year(given.pop("phasing", []), "planned_cents")
        given = {name: value for name, value in given.items() if value is not None}
        for name in ("title", "measure_type", "starts_on", "ends_on", "total_cents"):
            given.setdefault(name, None)
        found = register_activity(actor=self.actor, municipality=code, phasing=phasing or None, **given)
        over = summary(actor=self.actor, municipality=code, programme=found.programme).over
        answer = answer_activity(self.actor, found, status=201)
        answer.data["overAllocationCents"] = over
        answer["Location"] = request.build_absolute_uri(f"/intake/api/v1/activities/{found.id}")
        return answer


class ActivityDetail(ServiceView):
    """One activity."""

    @extend_schema(responses={200: answers.ACTIVITY})
    def get(self, request: Request, activity_id: UUID) -> Response:
        """Look at an activity; its version is also the ETag."""
        return answer_activity(self.actor, queries.activity(actor=self.actor, activity_id=activity_id))

    @extend_schema(request=ActivityBody, parameters=[IF_MATCH], responses={200: answers.ACTIVITY})
    def patch(self, request: Request, activity_id: UUID) -> Response:
        """Change what is named in the body and nothing else; wants If-Match."""
        activity = admitted(activity_id, self.actor, who_may.describes)
        version = wanted_version(request)
        refuse_outdated(request, activity, version, answer_activity(self.actor, activity).data)
        given = read(ActivityBody, request)
        if "municipality" in given and given.pop("municipality") != activity.municipality:
            raise problem(
                "municipality", "municipality-fixed", "Een activiteit blijft bij haar gemeente. Laat dit veld weg."
            )
        changed = change_activity(actor=self.actor, activity_id=activity_id, version=version, **given)
        return answer_activity(self.actor, changed)


class Withdrawals(ServiceView):
    """Taking an activity back."""

    @extend_schema(request=WithdrawalBody, parameters=[IF_MATCH], responses={201: answers.ACTIVITY})
    @idempotent("intake")
    def post(self, request: Request, activity_id: UUID) -> Response:
        """Withdraw an activity that should not be here, with a reason of the list; wants If-Match."""
        activity = admitted(activity_id, self.actor, who_may.describes)
        version = wanted_version(request)
        refuse_outdated(request, activity, version, answer_activity(self.actor, activity).data)
        given = read(WithdrawalBody, request)
        found = withdraw_activity(
            actor=self.actor,
            activity_id=activity_id,
            version=version,
            reason=given.get("reason") or "",
            note=given.get("note") or "",
        )
        return answer_activity(self.actor, found, status=201)


def answer_activity(actor: Actor, activity: Activity, *, status: int = 200) -> Response:
    """An activity with its figures, its version as ETag."""
    found = queries.row(actor=actor, activity_id=activity.id)
    return Response(activity_shape(found), status=status, headers=version_header(found.activity.version))


def refuse_outdated(request: Request, activity: Activity, version: int, current: dict) -> None:
    """Refuse an old version before looking at the rest of the request; both versions go along."""
    require_version(activity, version, yours=request.data, current=current)


def _municipality_meant(actor: Actor, given: object) -> str:
    if given is not None:
        return str(given)
    own = sorted(actor.keys("municipality", "policy_officer"))
    if len(own) == 1:
        return own[0]
    if not own and not actor.is_administrator:
        raise Forbidden(f"Alleen {WHO[who_may.describes]} mag dit doen. Vraag een collega met die rol.")
    raise problem("municipality", "required", "Geef de code van de gemeente waarvoor u de activiteit registreert.")
