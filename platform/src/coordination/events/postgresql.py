"""Keeping watch over an outbox through PostgreSQL: an advisory lock gives the turn, a notification wakes the relay."""

import zlib
from collections.abc import Sequence
from functools import cache

import psycopg
import structlog
from django.apps import apps
from django.db import connections

from coordination.events.outbox import Said

# A process that froze, or whose machine is gone, must not keep the turn.
LET_GO = (
    "-c idle_session_timeout=60000 -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)

# Number, write and notify in one journey to the database. It passes the notification on when the transaction is kept,
# and not when it is undone; of several in one transaction it makes one. Django's cursors put values into the text of a
# statement, which is then planned anew each time: this one is prepared once per connection.
KEEP = """
WITH last AS MATERIALIZED (
    SELECT 1 + coalesce((
        SELECT o.sequence FROM {table} o WHERE o.topic = $2::text AND o.subject = $3::text
        ORDER BY o.sequence DESC LIMIT 1
    ), 0) AS number
), kept AS (
    INSERT INTO {table} (id, topic, subject, sequence, type, message, recorded_at)
    SELECT $1::uuid, $2::text, $3::text, number, $4::text,
        $5::text || lpad(number::text, 12, '0') || $6::text, $7::timestamptz
    FROM last RETURNING 1
)
SELECT pg_notify('{channel}', '') FROM kept
"""

_log = structlog.get_logger(__name__)


class DatabaseWatch:
    """One relay of a service sends; when its process or connection ends, the database gives the turn to the next.

    It keeps a connection of its own, outside the pool: the lock lives exactly as long as that connection.
    """

    def __init__(self, service: str) -> None:
        self._service = service
        self._connection: psycopg.Connection | None = None
        self._mine = False

    def is_mine(self) -> bool:
        """Whether this relay has the lock, or gets it now. Raises OperationalError while the database is away."""
        try:
            if self._connection is None:
                self._connection = _connect(self._service)
            if self._mine:
                self._connection.execute("SELECT 1")
                return True
            row = self._connection.execute("SELECT pg_try_advisory_lock(%s)", [lock_of(self._service)]).fetchone()
            if row is not None and row[0]:
                self._connection.execute(f'LISTEN "{channel_of(self._service)}"')
                self._mine = True
                _log.info("relay_has_turn", service=self._service)
        except psycopg.Error:
            self.close()
            raise
        return self._mine

    def begin(self) -> None:
        """Nothing to forget: a notification that came meanwhile only makes the next look come sooner."""

    def wait(self, seconds: float) -> None:
        """Until a unit of work that said something is kept. Raises when the connection broke."""
        if self._connection is None:
            return
        try:
            for _ in self._connection.notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error:
            self.close()
            raise

    def close(self) -> None:
        """End the connection, and with it the lock."""
        connection, self._connection, self._mine = self._connection, None, False
        if connection is not None:
            connection.close()

    @staticmethod
    def keep(service: str, said: Sequence[Said]) -> None:
        """Number, write and notify, in the order of saying."""
        database = connections[service]
        database.validate_no_broken_transaction()
        rows = [(one.id, one.topic, one.subject, one.type, one.head, one.tail, one.recorded_at) for one in said]
        with database.wrap_database_errors, psycopg.RawCursor(database.connection) as cursor:
            if len(rows) == 1:
                cursor.execute(_keeping(service), rows[0], prepare=True)
            else:
                cursor.executemany(_keeping(service), rows)

    @staticmethod
    def said(service: str) -> None:
        """The database has told it."""


def keep_consumers_out(service: str) -> None:
    """Inside a unit of work: let consumers of this service begin nothing until it ends; reading goes on.

    Every portion starts by looking at what is parked and locks what it finds; it waits for this lock before it has
    touched anything. SQLite lets only one write at a time anyhow.
    """
    connection = connections[service]
    if connection.vendor == "postgresql":
        table = apps.get_model(service, "DeadLetter")._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table)} IN EXCLUSIVE MODE")


def lock_of(service: str) -> int:
    """The number of the lock: the same in every process."""
    return zlib.crc32(f"vierspan relay {service}".encode())


def channel_of(service: str) -> str:
    """The name under which the database passes on that something was said."""
    return f"outbox_{service}"


@cache
def _keeping(service: str) -> bytes:
    table = apps.get_model(service, "OutboxEntry")._meta.db_table
    return KEEP.format(table=f'"{table}"', channel=channel_of(service)).encode()


def _connect(service: str) -> psycopg.Connection:
    # The parameters of the settings, but for how Django wants its rows: this connection is no concern of Django's.
    given = connections[service].get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        given.pop(name, None)
    return psycopg.connect(**given | {"options": LET_GO}, autocommit=True)
