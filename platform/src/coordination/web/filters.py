"""One way to hold rows against what was asked, for page, API and export alike."""

from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet

from coordination.contracts.refusals import Invalid, Problem


def filtered(filter_set: type[FilterSet], rows: QuerySet, asked: Any) -> QuerySet:
    """The rows that fit what was asked (a query string or mapping). Raises Invalid with each field that does not."""
    found = filter_set(asked or {}, queryset=rows)
    if not found.is_valid():
        raise Invalid(
            [
                Problem(field=name, code="filter-invalid", message=str(fault.messages[0]))
                for name, faults in found.form.errors.as_data().items()
                for fault in faults
            ]
        )
    return found.qs
