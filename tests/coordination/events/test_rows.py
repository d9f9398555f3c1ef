"""Rows made of columns by their names: the same as the model's own, and as strict about names."""

from uuid import uuid4

import pytest

from coordination.events.rows import row_of
from reporting.models import Activity, Change


def test_a_row_begins_as_one_of_the_constructor_does() -> None:
    columns = {"id": uuid4(), "municipality": "9901", "title": "Huiswerkklas", "total_cents": 12_345}
    made, constructed = row_of(Activity, columns), Activity(**columns)
    assert {one.attname: getattr(made, one.attname) for one in Activity._meta.concrete_fields} == {
        one.attname: getattr(constructed, one.attname) for one in Activity._meta.concrete_fields
    }
    assert made == constructed
    assert made._state.adding


def test_rows_share_no_value_they_begin_with() -> None:
    first, second = row_of(Change, {"id": uuid4()}), row_of(Change, {"id": uuid4()})
    first.facts["cents"] = 1
    assert second.facts == {}


def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(TypeError, match="Change has no column colour"):
        row_of(Change, {"id": uuid4(), "colour": "green"})
