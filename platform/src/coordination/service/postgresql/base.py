"""Django's PostgreSQL, with values travelling beside a statement and lists of them in binary.

Rows written many at a time go as one list per column. As text every quote in a message would be escaped twice, which
takes this process five times as long as all the rest of writing it.
"""

from functools import cache
from typing import Any

from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap
from psycopg.types.array import ListBinaryDumper


class DatabaseWrapper(base.DatabaseWrapper):
    """Named as ENGINE by the settings of the service form."""

    def __init__(self, settings_dict: dict[str, Any], alias: str) -> None:
        settings_dict["OPTIONS"] = {**settings_dict.get("OPTIONS", {}), "server_side_binding": True}
        super().__init__(settings_dict, alias)

    def get_connection_params(self) -> dict[str, Any]:
        """Those of Django, with another way of writing lists."""
        params = super().get_connection_params()
        return params | {"context": _with_binary_lists(params["context"])}


@cache
def _with_binary_lists(adapters: AdaptersMap) -> AdaptersMap:
    ours = AdaptersMap(adapters)
    ours.register_dumper(list, ListBinaryDumper)
    return ours
