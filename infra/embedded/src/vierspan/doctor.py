"""A look at the house from outside: files, tables, messages under way and messages stuck, in plain words."""

import sqlite3
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import OperationalError

from coordination.events.lag import caught_up
from vierspan import world
from vierspan.lock import HouseLock


def examine() -> int:
    """Print how each part is; 0 when all is well, 1 when something needs a person."""
    folder: Path = settings.VIERSPAN_DATA_FOLDER
    present = world.found(folder)
    print(f"Gegevensmap: {folder} ({present.kind if present else 'nog nooit gestart'})")
    print(f"Huis draait: {'ja' if HouseLock(folder).is_taken() else 'nee'}")
    well = all([_file_is_sound(alias) for alias in settings.DATABASES if alias != "default"])
    for service in settings.SERVICES:
        try:
            stuck = apps.get_model(service, "DeadLetter").objects.count()
            under_way = not caught_up(service)
        except OperationalError:
            print(f"{service}: de tabellen zijn er nog niet; start het huis één keer.")
            well = False
            continue
        print(f"{service}: {stuck} vastgelopen berichten, {'nog berichten onderweg' if under_way else 'helemaal bij'}")
        well = well and not stuck
    print("Alles in orde." if well else "Er is iets dat aandacht vraagt.")
    return 0 if well else 1


def _file_is_sound(alias: str) -> bool:
    place = Path(settings.DATABASES[alias]["NAME"])
    if not place.exists():
        print(f"{place.name}: bestaat nog niet")
        return False
    with sqlite3.connect(f"file:{place}?mode=ro", uri=True) as connection:
        answer = connection.execute("PRAGMA quick_check").fetchone()[0]
    print(f"{place.name}: {'gaaf' if answer == 'ok' else answer}, {place.stat().st_size // 1024} kB")
    return answer == "ok"
