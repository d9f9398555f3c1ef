"""Database connections of threads that work on and on: kept between rounds, and dropped once they broke."""

from django.db import connections


def drop_broken_connections() -> None:
    """Close the connections of this thread that an error left unusable, so that a database that was away comes back.

    Sound ones stay open: opening one takes longer than a look that finds nothing.
    """
    for connection in connections.all(initialized_only=True):
        if connection.errors_occurred:
            connection.close_if_unusable_or_obsolete()


def close_connections() -> None:
    """Close all connections of this thread; the last thing it does."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
