"""Rows whose key is one of many, asked with the keys as one list: a placeholder for each took longer than all else."""

from typing import Any

from django.db import models
from django.db.models.lookups import In


class InList(In):
    """The lookup __in, on PostgreSQL with values given: the column is any of a list."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The condition and what it takes; a subquery is asked as Django does."""
        if not self.rhs_is_direct_value() or any(hasattr(one, "resolve_expression") for one in self.rhs):
            return super().as_sql(compiler, connection)
        left, params = self.process_lhs(compiler, connection)
        prepare = self.lhs.output_field.get_db_prep_value
        values = [prepare(one, connection, prepared=True) for one in dict.fromkeys(self.rhs) if one is not None]
        if not values:
            return super().as_sql(compiler, connection)
        kind = self.lhs.output_field.db_type(connection).split("(")[0]
        return f"{left} = ANY((%s)::{kind}[])", [*params, values]


def use() -> None:
    """Ask so for keys and for text, from now on."""
    for kind in (models.UUIDField, models.CharField):
        kind.register_lookup(InList)
