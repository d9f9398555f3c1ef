"""Django's PostgreSQL, with values travelling beside a statement and lists of them in binary.

Rows written many at a time go as one list per column. As text every quote in a message would be escaped twice, which
takes this process five times as long as all the rest of writing it.
"""

from functools import cache
from struct import Struct
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap
from psycopg.types.array import ListBinaryDumper

from coordination.service.postgresql import lookups

# One dimension, whether any value is absent, the kind of value, how many, counted from 1; then each value's size.
HEAD, SIZE, NOTHING, TEXT = Struct("!iIIii"), Struct("!i"), Struct("!i").pack(-1), 25


class Lists(ListBinaryDumper):
    """Lists in binary; a plain list of one kind of value, as a column of rows is, without a step for each value."""

    def dump(self, obj: list[Any]) -> Buffer | None:
        """The list as PostgreSQL receives it: a head, and each value after its length."""
        first = next((one for one in obj if one is not None), None)
        if first is None or isinstance(first, list) or self.sub_dumper is None:
            return super().dump(obj)
        dump = self.sub_dumper.dump
        values = [None if one is None else dump(one) for one in obj]
        sizes = {None if one is None else len(one) for one in values}
        head = HEAD.pack(1, None in sizes, self.sub_dumper.oid or TEXT, len(obj), 1)
        if len(sizes) == 1 and None not in sizes:
            size = SIZE.pack(sizes.pop())
            return head + size + size.join(values)
        return head + b"".join([NOTHING if one is None else SIZE.pack(len(one)) + one for one in values])


class Connection(psycopg.Connection[Any]):
    """A connection of the pool, which asks an empty question whether the server is still there."""

    def execute(self, query: Any, params: Any = None, *, prepare: bool | None = None, binary: bool = False) -> Any:
        """Run a statement. An empty one is never prepared: the server would keep each of them for good."""
        return super().execute(query, params, prepare=prepare if query else False, binary=binary)


class Operations(DatabaseOperations):
    """Those of Django, but for how rows are written."""

    compiler_module = "coordination.service.postgresql.compiler"


class DatabaseWrapper(base.DatabaseWrapper):
    """Named as ENGINE by the settings of the service form."""

    ops_class = Operations

    def __init__(self, settings_dict: dict[str, Any], alias: str) -> None:
        options = {**settings_dict.get("OPTIONS", {}), "server_side_binding": True}
        if options.get("pool"):
            options["pool"] = {**options["pool"], "connection_class": Connection}
        settings_dict["OPTIONS"] = options
        super().__init__(settings_dict, alias)

    def get_connection_params(self) -> dict[str, Any]:
        """Those of Django, with another way of writing lists."""
        params = super().get_connection_params()
        return params | {"context": _with_binary_lists(params["context"])}


lookups.use()


@cache
def _with_binary_lists(adapters: AdaptersMap) -> AdaptersMap:
    ours = AdaptersMap(adapters)
    ours.register_dumper(list, Lists)
    return ours
