"""Getting a data folder ready to serve: a copy before migrating, tables in every database, addresses."""

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.urls import get_resolver


def _aliases() -> list[str]:
    return [alias for alias in settings.DATABASES if alias != "default"]


def _must_migrate(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(plan)


def copy_of_databases(folder: Path) -> Path | None:
    """A copy of every database under backups/, made by SQLite itself so that it is whole; None when there are none."""
    if not any(MigrationRecorder(connections[alias]).has_table() for alias in _aliases()):
        return None
    target = folder / "backups" / datetime.now().strftime("%Y%m%d-%H%M%S")  # noqa: DTZ005 - a folder name for a person
    target.mkdir(parents=True)
    for alias in _aliases():
        place = Path(settings.DATABASES[alias]["NAME"])
        with connections[alias].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target / place.name)])
    shutil.copy2(folder / "world.json", target)
    return target


def migrate(folder: Path) -> Path | None:
    """Bring every database to this version; a copy is made first when there is something to lose. Gives its place."""
    pending = [alias for alias in _aliases() if _must_migrate(alias)]
    if not pending:
        return None
    copied = copy_of_databases(folder)
    for alias in pending:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    for connection in connections.all():
        connection.close()
    return copied


def addresses() -> None:
    """Load every page and API now: a house that cannot answer must not start, and the first visitor need not wait."""
    _ = get_resolver().url_patterns
