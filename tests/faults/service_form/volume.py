"""Many commands at once, past the API, written down as accepted when the process that carried them out says so."""

import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faults.service_form.callers import MUNICIPALITIES, YEARS
from tests.faults.service_form.house import ServiceHouse
from tests.faults.service_form.oracle import Accepted, Known

from coordination.contracts.identifiers import new_id

BULK = Path(__file__).parent / "bulk.py"


@dataclass(frozen=True)
class Booking:
    """One entry to book."""

    known: Known
    year: str
    kind: str
    cents: int

    def command(self) -> dict[str, Any]:
        """As the process that carries it out wants it."""
        given = {"do": "entry", "id": self.known.id, "kind": self.kind, "date": YEARS[self.year]}
        return given | {"cents": self.cents}


def register_many(house: ServiceHouse, accepted: Accepted, chance: random.Random, activities: int) -> list[Known]:
    """Register so many activities."""
    made, commands = [], []
    for _ in range(activities):
        planned = {year: chance.randrange(1, 5_000_000) for year in YEARS}
        one = Known(
            id=str(new_id()),
            municipality=chance.choice(MUNICIPALITIES),
            title=f"Activiteit {chance.randrange(10**12)}",
            planned=Counter(planned),
        )
        made.append(one)
        commands.append(
            {"do": "register", "id": one.id, "municipality": one.municipality, "title": one.title, "planned": planned}
        )
    _carry_out(house, commands)
    for one in made:
        accepted.activity(one)
    return made


def any_bookings(known: list[Known], chance: random.Random, count: int) -> list[Booking]:
    """So many entries on these activities, by chance, each activity in turn."""
    return [
        Booking(
            known=known[number % len(known)],
            year=chance.choice(tuple(YEARS)),
            kind=chance.choice(("spending", "commitment")),
            cents=chance.randrange(1, 1_000_000),
        )
        for number in range(count)
    ]


def book_many(house: ServiceHouse, accepted: Accepted, bookings: list[Booking]) -> None:
    """Book them in this order."""
    _carry_out(house, [one.command() for one in bookings])
    for one in bookings:
        accepted.entry(one.known, one.year, one.kind, one.cents)


def _carry_out(house: ServiceHouse, commands: list[dict[str, Any]]) -> None:
    done = house.grounds.python("intake", house.place, [sys.executable, str(BULK)], commands)
    assert int(done) == len(commands)
