"""What the databases of a data folder hold, read from outside while its processes write."""

import sqlite3
from contextlib import closing
from pathlib import Path


def ask(folder: Path, database: str, query: str) -> list[tuple]:
    """The rows a query gives in the SQLite file of a database; none while the file or its table is not there yet."""
    place = folder / f"{database}.sqlite3"
    if not place.exists():
        return []
    with closing(sqlite3.connect(place, timeout=20)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError as reason:
            if "no such table" in str(reason):
                return []
            raise


def count(folder: Path, database: str, table: str, where: str = "1") -> int:
    """How many rows of a table meet a condition in SQL; 0 while there is no such table."""
    found = ask(folder, database, f"SELECT count(*) FROM {table} WHERE {where}")
    return found[0][0] if found else 0
