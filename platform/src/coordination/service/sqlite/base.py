"""Django's SQLite, with a turn for whoever writes."""

from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base

from coordination.service.sqlite.turns import Turns, turns_of

WRITING = ("INSERT ", "UPDATE ", "DELETE ", "REPLACE ")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose statements that write take a turn of their own when no transaction holds one."""

    turn: Callable[..., Any]

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement."""
        if query.startswith(WRITING):
            return self.turn(super().execute, query, params)
        return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement for each of many."""
        return self.turn(super().executemany, query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    """Named as ENGINE by the settings of the embedded form.

    A turn lasts from BEGIN until COMMIT or ROLLBACK. It is a courtesy among the threads of this process: who gets none
    in time, and every other process, still meets SQLite's own lock, which is what keeps writers apart.
    """

    def __init__(self, settings_dict: dict[str, Any], alias: str) -> None:
        super().__init__(settings_dict, alias)
        self._held: Turns | None = None

    def create_cursor(self, name: Any = None) -> Cursor:
        """A cursor that knows of turns."""
        cursor = self.connection.cursor(factory=Cursor)
        cursor.turn = self._in_a_turn
        return cursor

    def _in_a_turn(self, work: Callable[..., Any], *what: Any) -> Any:
        if self._held is not None:
            return work(*what)
        self._take()
        try:
            return work(*what)
        finally:
            self._leave()

    def _start_transaction_under_autocommit(self) -> None:
        self._take()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._leave()

    def _take(self) -> None:
        turns = turns_of(str(self.settings_dict["NAME"]))
        if self._held is None and turns.take(self.settings_dict["OPTIONS"].get("timeout", 5)):
            self._held = turns

    def _leave(self) -> None:
        if self._held is not None:
            held, self._held = self._held, None
            held.leave()
