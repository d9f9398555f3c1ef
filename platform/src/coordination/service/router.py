"""Which database a table lives in: one per service, one for identity, one for the log; nothing in a service knows."""

from functools import cache
from typing import Any

from django.conf import settings

IDENTITY_APPS = frozenset({"identity", "auth", "contenttypes", "sessions", "axes"})


@cache
def home_of(app_label: str) -> str | None:
    """The database of an app; None when it has none here. Asked so often, row by row, that it is remembered."""
    if app_label in IDENTITY_APPS:
        return "identity"
    return app_label if app_label in settings.DATABASES else None


class ServiceDatabaseRouter:
    """Sends each app to its own database; relations between databases do not exist."""

    def db_for_read(self, model: Any, **_hints: Any) -> str | None:
        """The database of a model's app."""
        return home_of(model._meta.app_label)

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool:
        """Only within one database."""
        return home_of(one._meta.app_label) == home_of(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Tables are made in their own database and nowhere else."""
        return home_of(app_label) == db
