"""A small API under matching's name, with a door for every way in which a request can be refused."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.urls import include, path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from coordination.contracts.matching import PlacesSet
from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound, Outdated, Problem
from coordination.events.unit_of_work import unit_of_work
from coordination.web.api.idempotency import idempotent
from coordination.web.api.pagination import answer_list
from coordination.web.api.parsers import StrictJSONParser
from coordination.web.api.serializers import (
    CamelSerializer,
    CentsField,
    SchoolYearField,
    TextField,
    WholeNumberField,
)
from coordination.web.api.urls import service_api
from coordination.web.api.versions import version_header, wanted_version
from coordination.web.api.views import ServiceView

REFUSALS = {
    "invalid": Invalid(
        [
            Problem(field="total_cents", code="total-negative", message="Vul een bedrag van nul of hoger in."),
            Problem(field="title", code="title-missing", message="Vul een titel in."),
        ]
    ),
    "not-found": NotFound(),
    "forbidden": Forbidden("Alleen een budgethouder mag dit."),
    "outdated": Outdated(yours={"total_cents": 1}, current={"total_cents": 2}, version=7),
    "conflict": Conflict("Dit nummer is al in gebruik."),
    "http404": Http404("tabel activities"),
    "permission": PermissionDenied(),
    "django-invalid": DjangoValidationError("Dit is geen datum."),
    "suspicious": SuspiciousOperation("binnenwerk"),
    "busy": OperationalError("database is locked: /geheim/pad"),
    "broken": RuntimeError("geheim binnenwerk"),
}


class YearShape(CamelSerializer):
    """One school year of a phasing."""

    school_year = SchoolYearField()
    planned_cents = CentsField(allow_null=True)


class PlanShape(CamelSerializer):
    """A plan with fields of every kind."""

    id = serializers.UUIDField(read_only=True)
    title = TextField(max_length=200)
    total_cents = CentsField()
    starts_on = serializers.DateField(required=False)
    ends_on = serializers.DateField(required=False)
    pupils = WholeNumberField(required=False, allow_null=True)
    phasing = YearShape(many=True, required=False)

    def validate(self, attrs: dict) -> dict:
        """The end is not before the start."""
        if attrs.get("starts_on") and attrs.get("ends_on") and attrs["ends_on"] < attrs["starts_on"]:
            raise serializers.ValidationError({"ends_on": "Het einde ligt voor het begin."})
        return attrs


class Refuse(ServiceView):
    """Refuses in the way the path asks for."""

    def get(self, _request: Request, how: str) -> Response:
        """Always a refusal."""
        raise REFUSALS[how]


class Plans(ServiceView):
    """Plans, counted by what matching says."""

    def get(self, request: Request) -> Response:
        """A list of numbers, by page."""
        numbers = list(range(int(request.query_params.get("rows", "5"))))
        if request.query_params.get("sort") == "-number":
            numbers.reverse()
        return answer_list(request, numbers, lambda number: {"number": number})

    @extend_schema(request=PlanShape, responses={201: PlanShape})
    @idempotent("matching")
    def post(self, request: Request) -> Response:
        """Says something once, in a unit of work of its own."""
        body = PlanShape(data=request.data)
        body.is_valid(raise_exception=True)
        if body.validated_data["title"] == "bestaat al":
            raise REFUSALS["conflict"]
        activity = UUID(int=body.validated_data["total_cents"])
        with unit_of_work("matching", role="policy_officer") as say:
            said = say(PlacesSet(activity_id=activity, municipality="9901", places=1))
        return Response({"id": said, "title": body.validated_data["title"]}, status=201, headers=version_header(1))


class OnePlan(ServiceView):
    """One plan."""

    @extend_schema(request=PlanShape, responses={200: PlanShape})
    def patch(self, request: Request, number: int) -> Response:
        """Refuses in the order of the doors."""
        if number == 404:
            raise NotFound()
        version = wanted_version(request)
        body = PlanShape(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        return Response(
            {"version": version + 1, "given": dict(body.validated_data)}, headers=version_header(version + 1)
        )


class Uploads(ServiceView):
    """Takes a file."""

    parser_classes = [MultiPartParser, StrictJSONParser]

    @extend_schema(request=None, responses={201: None})
    @idempotent("matching")
    def post(self, request: Request) -> Response:
        """Tells how long the file is, and says something."""
        with unit_of_work("matching") as say:
            say(PlacesSet(activity_id=UUID(int=1), municipality="9901", places=1))
        return Response({"size": len(request.FILES["file"].read())}, status=201)


class Empty(ServiceView):
    """Answers without a body."""

    @idempotent("matching")
    def post(self, _request: Request) -> Response:
        """Says something and answers nothing."""
        with unit_of_work("matching") as say:
            say(PlacesSet(activity_id=UUID(int=2), municipality="9901", places=1))
        return Response(status=204)


def page(_request) -> HttpResponse:
    """A page, which the conventions of the API leave alone."""
    return HttpResponse("een pagina", status=404)


urlpatterns = [
    path("-/health/", include("coordination.web.api.health")),
    path("pagina", page),
    *service_api(
        "matching",
        [
            path("refusals/<str:how>", Refuse.as_view()),
            path("plans", Plans.as_view()),
            path("plans/<int:number>", OnePlan.as_view(), name="one-plan"),
            path("uploads", Uploads.as_view()),
            path("empty", Empty.as_view()),
        ],
    ),
]


def well() -> tuple[bool, str]:
    """A check that passes."""
    return True, "alles"


def behind() -> tuple[bool, str]:
    """A check that does not."""
    return False, "berichten onderweg: intake"


def breaks() -> tuple[bool, str]:
    """A check that breaks."""
    raise RuntimeError("geheim")
