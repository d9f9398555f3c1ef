"""Identifiers are UUIDv7 and made before writing, so that a caller knows what it created."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A new UUIDv7: unique, and in order of the moment it was made."""
    return uuid_utils.compat.uuid7()
