"""The one filter for activities: page, API and export alike."""

import django_filters
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet

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
