"""The one filter for activities: page, API and export alike."""

from typing import Any

import django_filters
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet

from coordination.contracts.refusals import Invalid, Problem
from intake.models import Activity, ProgrammePeriod

SCHOOL_YEAR = RegexValidator(r"^\d{4}-\d{4}\Z", "Schrijf een schooljaar als 2021-2022.")


class Words(django_filters.BaseInFilter, django_filters.CharFilter):
    """One value or several with commas between them."""


class ActivityFilter(django_filters.FilterSet):
    """municipality, measureType and status take one or several values; schoolYear, q and sort one."""

    municipality = Words(field_name="municipality", lookup_expr="in")
    measureType = Words(field_name="measure_type", lookup_expr="in")
    status = Words(field_name="status", lookup_expr="in")
    schoolYear = django_filters.CharFilter(method="in_school_year", validators=[SCHOOL_YEAR])
    q = django_filters.CharFilter(method="found_by", max_length=200)
    sort = django_filters.OrderingFilter(
        fields=[
            ("number", "number"),
            ("title", "title"),
            ("status", "status"),
            ("starts_on", "startsOn"),
            ("ends_on", "endsOn"),
            ("total_cents", "totalCents"),
            ("reported_on", "reportedOn"),
        ]
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    def in_school_year(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Activities that run in a school year of any programme."""
        touching = Q(pk__in=[])
        for period in ProgrammePeriod.objects.filter(school_year=value).select_related("programme"):
            touching |= Q(programme=period.programme.code, starts_on__lte=period.ends_on, ends_on__gte=period.starts_on)
        return rows.filter(touching)

    def found_by(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Activities whose number, title or partners hold every word."""
        for word in value.casefold().split():
            rows = rows.filter(search__contains=word)
        return rows


def filtered(rows: QuerySet, wanted: Any) -> QuerySet:
    """The rows that fit what was asked (a query string or mapping). Raises Invalid for what cannot be read."""
    found = ActivityFilter(wanted or {}, queryset=rows)
    if not found.form.is_valid():
        raise Invalid(
            [
                Problem(field=name, code="filter-invalid", message=str(fault.messages[0]))
                for name, faults in found.form.errors.as_data().items()
                for fault in faults
            ]
        )
    return found.qs
