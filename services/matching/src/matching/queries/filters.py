"""One filter for page and API: what does not fit a filter is refused with its field."""

from typing import Any

from django.db.models import QuerySet
from django_filters import FilterSet

from coordination.contracts.refusals import Invalid, Problem


def filtered(filter_set: type[FilterSet], rows: QuerySet, asked: Any) -> QuerySet:
    """The rows that meet what was asked (a query string). Raises Invalid when a value does not fit its filter."""
    found = filter_set(asked, queryset=rows)
    if not found.is_valid():
        raise Invalid(
            [
                Problem(field=name, code="filter-invalid", message=f"Deze waarde past niet bij {name}.")
                for name in found.form.errors
            ]
        )
    return found.qs
