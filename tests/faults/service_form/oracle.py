"""What must be there in the end, reckoned from nothing but what a test sent and got accepted."""

import threading
from collections import Counter
from dataclasses import dataclass, field

Place = tuple[str, str, str]


@dataclass
class Known:
    """One activity that was accepted, and what was accepted about it since."""

    id: str
    municipality: str
    title: str
    planned: Counter[str] = field(default_factory=Counter)
    said: int = 1

    @property
    def total(self) -> int:
        """Its total in cents: all that is planned."""
        return sum(self.planned.values())


class Accepted:
    """Sums in cents by municipality, school year and kind, and how often each activity must have been spoken of."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self.cents: Counter[Place] = Counter()
        self.activities: dict[str, Known] = {}
        self.partners: dict[str, str] = {}
        self.commands = 0

    def activity(self, known: Known) -> None:
        """An activity was registered, with its plan by school year."""
        with self._guard:
            self.commands += 1
            self.activities[known.id] = known
            for year, cents in known.planned.items():
                self.cents[known.municipality, year, "plan"] += cents

    def entry(self, known: Known, year: str, kind: str, cents: int) -> None:
        """Money was booked."""
        with self._guard:
            self.commands += 1
            known.said += 1
            self.cents[known.municipality, year, kind] += cents

    def transfer(self, giver: Known, from_year: str, taker: Known, to_year: str, cents: int) -> None:
        """Planned money was moved; each of the two activities is spoken of."""
        with self._guard:
            self.commands += 1
            for known, year, signed in ((giver, from_year, -cents), (taker, to_year, cents)):
                known.said += 1
                known.planned[year] += signed
                self.cents[known.municipality, year, "plan"] += signed

    def report(self, known: Known) -> None:
        """Progress was reported, which moves no money."""
        with self._guard:
            self.commands += 1
            known.said += 1

    def partner(self, id: str, name: str) -> None:
        """A partner was entered in the register."""
        with self._guard:
            self.commands += 1
            self.partners[id] = name

    @property
    def messages(self) -> int:
        """How many messages about activities there must be."""
        with self._guard:
            return sum(known.said for known in self.activities.values())

    def by_place(self) -> dict[Place, int]:
        """The sums; a place whose sum came to nothing is there with 0."""
        with self._guard:
            return dict(self.cents)

    def of_municipality(self, code: str, *kinds: str) -> int | None:
        """The sum of kinds of one municipality; None when nothing of those kinds was accepted."""
        found = [cents for (place, _year, kind), cents in self.by_place().items() if place == code and kind in kinds]
        return sum(found) if found else None
