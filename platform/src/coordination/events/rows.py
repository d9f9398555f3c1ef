"""Making rows of what was heard, many at a time."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)


def row_of(model: type[Row], columns: dict[str, Any]) -> Row:
    """A new row, by the names of its columns; the others begin as the model says. Raises TypeError for another name.

    It is what the model's constructor gives, without a step for each column: portions bring rows by the thousand.
    """
    given = _columns_of(model)
    if not columns.keys() <= given.keys():
        raise TypeError(f"{model.__name__} has no column {', '.join(sorted(columns.keys() - given.keys()))}")
    row = model.__new__(model)
    left = {name: default() for name, default in given.items() if name not in columns}
    row.__dict__.update(columns, **left, _state=ModelState())
    return row


@cache
def _columns_of(model: type[Model]) -> dict[str, Callable[[], Any]]:
    """The columns of a model, each with what gives the value it begins with."""
    return {field.attname: field.get_default for field in model._meta.concrete_fields}
