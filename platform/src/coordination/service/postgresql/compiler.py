"""The statements of Django for PostgreSQL, with a shorter way to write many rows: a list per column, made at once.

Django prepares each value of each row by itself, which for rows of plain values takes longer than writing them. A
column whose values PostgreSQL's driver takes as they are is passed on whole; any other is prepared by Django's rules.
"""

from datetime import date, datetime
from types import NoneType
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.postgresql import compiler
from django.db.backends.postgresql.compiler import (
    SQLAggregateCompiler,
    SQLCompiler,
    SQLDeleteCompiler,
    SQLUpdateCompiler,
)

__all__ = ["SQLAggregateCompiler", "SQLCompiler", "SQLDeleteCompiler", "SQLInsertCompiler", "SQLUpdateCompiler"]

# What a field of exactly this class leaves as it is when it prepares a value of exactly this type.
AS_IT_IS: dict[type[models.Field], type] = {
    models.BigAutoField: int,
    models.BigIntegerField: int,
    models.BooleanField: bool,
    models.CharField: str,
    models.DateField: date,
    models.DateTimeField: datetime,
    models.IntegerField: int,
    models.PositiveBigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.SmallIntegerField: int,
    models.TextField: str,
    models.UUIDField: UUID,
}


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    """Writes several rows by one list per column where every column allows it, else as Django does."""

    def as_sql(self) -> list[tuple[str, Any]]:
        """The statement and what it takes."""
        query, fields = self.query, self.query.fields
        if len(query.objs) < 2 or not fields or self.returning_fields or not all(map(self._is_usual, fields)):
            return super().as_sql()
        columns = [self._column(field) for field in fields]
        if any(hasattr(value, "as_sql") for column in columns if column.__class__ is not _Plain for value in column):
            return super().as_sql()
        ops = self.connection.ops
        names = ", ".join(ops.quote_name(field.column) for field in fields)
        lists = ", ".join(f"(%s)::{_type_of(field, self.connection)}[]" for field in fields)
        into = f"{ops.insert_statement(on_conflict=query.on_conflict)} {ops.quote_name(query.get_meta().db_table)}"
        otherwise = ops.on_conflict_suffix_sql(
            fields,
            query.on_conflict,
            [one.column for one in query.update_fields],
            [one.column for one in query.unique_fields],
        )
        return [(f"{into} ({names}) SELECT * FROM UNNEST({lists}) {otherwise}", [list(column) for column in columns])]

    def _is_usual(self, field: models.Field) -> bool:
        """Whether values of this field can travel in a list."""
        kind = field.target_field if field.is_relation else field
        return not hasattr(field, "get_placeholder") and kind.get_internal_type() in self.connection.data_types

    def _column(self, field: models.Field) -> list[Any]:
        """The values of one column of all rows."""
        kind = field.target_field if field.is_relation else field
        plain = AS_IT_IS.get(type(kind))
        if plain and not (getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)):
            name = field.attname
            values = _Plain([one.__dict__.get(name, self) for one in self.query.objs])
            if {type(value) for value in values} <= {plain, NoneType} and (plain is not datetime or _aware(values)):
                return values
        return [self.prepare_value(field, self.pre_save_val(field, one)) for one in self.query.objs]


class _Plain(list[Any]):
    """Values that need no preparing."""


def _aware(values: list[Any]) -> bool:
    return all(value is None or value.tzinfo is not None for value in values)


def _type_of(field: models.Field, connection: Any) -> str:
    """The type of its column, without the length, which is for the column to refuse and not for a cast to cut."""
    return field.db_type(connection).split("(")[0]
