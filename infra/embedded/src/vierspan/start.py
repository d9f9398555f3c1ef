"""Getting a data folder ready to serve: a copy before migrating, tables in every database, static files."""

import hashlib
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def _aliases() -> list[str]:
    return [alias for alias in settings.DATABASES if alias != "default"]


def _must_migrate(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(plan)


def copy_of_databases(folder: Path) -> Path | None:
    """A copy of every database file under backups/, with SQLite's own backup so that it is whole; None when empty."""
    files = [Path(settings.DATABASES[alias]["NAME"]) for alias in _aliases()]
    if not any(place.exists() and place.stat().st_size for place in files):
        return None
    target = folder / "backups" / datetime.now().strftime("%Y%m%d-%H%M%S")  # noqa: DTZ005 - a folder name for a person
    target.mkdir(parents=True)
    for alias, place in zip(_aliases(), files, strict=True):
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


def static_files(folder: Path) -> None:
    """Gather and compress the static files, only when one of them changed since the last time."""
    mark = folder / "static" / ".fingerprint"
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            place = Path(storage.path(name))
            digest.update(f"{name}{place.stat().st_size}{place.stat().st_mtime_ns}".encode())
    if mark.exists() and mark.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(digest.hexdigest())
