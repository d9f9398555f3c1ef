"""What requests to intake hold. Only the form is checked here; what is missing or wrong in meaning a command says."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from coordination.contracts.refusals import problem
from coordination.web.api.serializers import (
    CamelSerializer,
    CentsField,
    DayField,
    IdField,
    SchoolYearField,
    TextField,
    WholeNumberField,
    YesNoField,
)

OPEN = {"required": False, "allow_null": True}


def words(**options: Any) -> serializers.ListField:
    """A list of slugs."""
    return serializers.ListField(child=TextField(max_length=100), required=False, max_length=1000, **options)


class NumberField(serializers.Field):
    """A decimal number, sent as a number or as text with a dot or comma; kept as text with a dot."""

    default_error_messages = {"invalid": "Geef een getal, zoals 64 of 7.4."}

    def to_internal_value(self, data: Any) -> str:
        """As text; whether it is a fitting number is for the command to say."""
        if isinstance(data, bool) or not isinstance(data, int | float | str):
            self.fail("invalid")
        return str(data).strip().replace(",", ".")[:40]

    def to_representation(self, value: str) -> str:
        """As it is kept."""
        return value


class PhasingRow(CamelSerializer):
    """The plan of one school year; a row with schoolYear null is what is undivided, which follows from the rest."""

    school_year = SchoolYearField(allow_null=True)
    planned_cents = CentsField(allow_null=True)
    committed_cents = CentsField(**OPEN)
    realised_cents = CentsField(**OPEN)
    remaining_cents = CentsField(**OPEN)


class ActivityBody(CamelSerializer):
    """The fields with which an activity is registered and changed."""

    municipality = TextField(**OPEN, max_length=10)
    title = TextField(**OPEN, allow_blank=True, max_length=10_000)
    measure_type = TextField(**OPEN, allow_blank=True, max_length=100)
    owner = IdField(**OPEN)
    starts_on = DayField(**OPEN)
    ends_on = DayField(**OPEN)
    total_cents = CentsField(**OPEN)
    number = TextField(**OPEN, allow_blank=True, max_length=200)
    goal = TextField(**OPEN, allow_blank=True, max_length=10_000)
    note = TextField(**OPEN, allow_blank=True, max_length=10_000)
    continuation = TextField(**OPEN, allow_blank=True, max_length=40)
    interventions = words()
    sectors = words()
    target_groups = words()
    school_types = words()
    schools = serializers.ListField(child=IdField(), required=False, max_length=1000)
    partners = serializers.ListField(child=TextField(max_length=200), required=False, max_length=1000)


class NewActivityBody(ActivityBody):
    """An activity to register; a phasing may come with it."""

    phasing = PhasingRow(many=True, required=False)
    phasing_state = serializers.ChoiceField(["draft", "final"], required=False)


class EntryBody(CamelSerializer):
    """A spending, commitment or correction; or, as kind spent_until, all that was spent up to a date."""

    kind = TextField(**OPEN, max_length=40)
    date = DayField(**OPEN)
    amount_cents = CentsField(**OPEN)
    funding_source = TextField(**OPEN, allow_blank=True, max_length=60)
    school_year = SchoolYearField(**OPEN)
    divides_cumulative = YesNoField(**OPEN)
    reason = TextField(**OPEN, allow_blank=True, max_length=60)
    note = TextField(**OPEN, allow_blank=True, max_length=10_000)
    decision = TextField(**OPEN, allow_blank=True, max_length=100)


class PhasingBody(CamelSerializer):
    """A phasing over the school years."""

    phasing = PhasingRow(many=True)
    state = serializers.ChoiceField(["draft", "final"])
    reason = TextField(**OPEN, allow_blank=True, max_length=60)
    note = TextField(**OPEN, allow_blank=True, max_length=10_000)


class DivisionPart(CamelSerializer):
    """A part of the amount up to a date, and its school year."""

    school_year = SchoolYearField()
    amount_cents = CentsField()


class DivisionBody(CamelSerializer):
    """Parts of the amount up to a date, each with its school year."""

    parts = DivisionPart(many=True)
    note = TextField(**OPEN, allow_blank=True, max_length=10_000)


class ReachBody(CamelSerializer):
    """Counts; null is unknown."""

    participants = WholeNumberField(**OPEN)
    waiting = WholeNumberField(**OPEN)
    places = WholeNumberField(**OPEN)


class IndicatorBody(CamelSerializer):
    """One indicator and its value."""

    name = TextField(max_length=1000)
    value = NumberField(**OPEN)
    target = NumberField(**OPEN)
    evidence = TextField(**OPEN, max_length=40)
    measured_on = DayField(**OPEN)


class ReportBody(CamelSerializer):
    """How an activity stands; what is left out is not spoken of."""

    date = DayField(**OPEN)
    status = TextField(**OPEN, allow_blank=True, max_length=40)
    status_reason = TextField(**OPEN, allow_blank=True, max_length=60)
    reach = ReachBody(**OPEN)
    indicator = IndicatorBody(**OPEN)
    note = TextField(**OPEN, allow_blank=True, max_length=10_000)


class PlaceBody(CamelSerializer):
    """A school year of an activity; null is the undivided part."""

    activity = IdField()
    school_year = SchoolYearField(allow_null=True)


TransferBody = type(
    "TransferBody",
    (CamelSerializer,),
    {
        "__doc__": "Planned money to move from one activity to another.",
        "from": PlaceBody(),
        "to": PlaceBody(),
        "amount_cents": CentsField(**OPEN),
        "reason": TextField(**OPEN, allow_blank=True, max_length=60),
        "note": TextField(**OPEN, allow_blank=True, max_length=10_000),
        "decision": TextField(**OPEN, allow_blank=True, max_length=100),
    },
)


class WithdrawalBody(CamelSerializer):
    """Why an activity is taken back."""

    reason = TextField(**OPEN, allow_blank=True, max_length=60)
    note = TextField(**OPEN, allow_blank=True, max_length=10_000)


class MunicipalityBody(CamelSerializer):
    """A municipality or public body that starts to work with this house; code is its CBS code."""

    code = TextField(**OPEN, allow_blank=True, max_length=10)
    name = TextField(**OPEN, allow_blank=True, max_length=1_000)
    number_prefix = TextField(**OPEN, allow_blank=True, max_length=100)
    kind = TextField(**OPEN, max_length=20)
    zone = TextField(**OPEN, max_length=50)
    theme = TextField(**OPEN, allow_blank=True, max_length=30)


class AllocationBody(CamelSerializer):
    """One component of what a municipality received, or an adjustment with a sign."""

    municipality = TextField(**OPEN, max_length=10)
    component = TextField(**OPEN, max_length=20)
    amount_cents = CentsField(**OPEN)
    granted_on = DayField(**OPEN)
    pupils = WholeNumberField(**OPEN)
    per_pupil_cents = WholeNumberField(**OPEN)
    programme = TextField(**OPEN, max_length=40)


def read(body: type[CamelSerializer], request: Request) -> dict[str, Any]:
    """What a request holds, by our own names. Raises ValidationError with every field whose form is wrong."""
    given = body(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def field_of(request: Request, *names: str) -> Any:
    """One value deep in a request before its form is checked; None when it is not there or nothing can be read."""
    try:
        value: Any = request.data
    except ParseError:
        return None
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def by_school_year(rows: Sequence[dict[str, Any]], amount: str) -> dict[str, Any]:
    """Rows as amounts by school year; the undivided row is left out. Raises Invalid when a year is there twice."""
    found: dict[str, Any] = {}
    for row in rows:
        year = row["school_year"]
        if year in found:
            raise problem("schoolYear", "year-twice", f"{year} staat er twee keer in. Geef elk schooljaar een keer.")
        if year is not None:
            found[year] = row[amount]
    return found
