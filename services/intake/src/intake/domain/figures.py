"""What an activity's ledger adds up to: planned, committed, realised and remaining, by school year and in all.

A year without a line of a kind is None, which is unknown; 0 is nothing. The row None among the years is undivided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from coordination.contracts.money import known_sum

REALISED_KINDS = frozenset({"spending", "correction", "spent_until"})
KIND_OF_FIGURE = {"plan": "planned", "commitment": "committed", **dict.fromkeys(REALISED_KINDS, "realised")}


class Line(Protocol):
    """What of a ledger line counts in the figures; lines come in the order in which they were written."""

    kind: str
    school_year: str | None
    amount_cents: int
    forgets: bool


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Cents of one row: a school year, undivided, an activity or a municipality; None is unknown."""

    planned: int | None = None
    committed: int | None = None
    realised: int | None = None

    @property
    def remaining(self) -> int | None:
        """Planned minus realised, negative when overspent; None when either is unknown."""
        if self.planned is None or self.realised is None:
            return None
        return self.planned - self.realised


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The figures of one activity: those of each school year, of undivided (key None), and the total."""

    by_year: dict[str | None, Figures] = field(default_factory=dict)
    total: Figures = field(default_factory=Figures)

    @property
    def undivided(self) -> Figures:
        """What has a total but no year."""
        return self.by_year.get(None, Figures())


def picture_of(lines: Iterable[Line], school_years: Sequence[str]) -> Picture:
    """Add up the lines of one activity; school_years are those of the programme, in order."""
    sums: dict[tuple[str | None, str], int | None] = {}
    for line in lines:
        place = (line.school_year, KIND_OF_FIGURE[line.kind])
        after = (sums.get(place) or 0) + line.amount_cents
        sums[place] = None if line.forgets and after == 0 else after
    rows: list[str | None] = [*school_years]
    rows += sorted({year for year, _ in sums if year is not None and year not in school_years})
    by_year = {
        year: Figures(**{name: sums.get((year, name)) for name in ("planned", "committed", "realised")})
        for year in [*rows, None]
    }
    return Picture(by_year=by_year, total=added(by_year.values()))


def added(rows: Iterable[Figures]) -> Figures:
    """The sum over what is known in the rows."""
    kept = list(rows)
    return Figures(
        planned=known_sum(row.planned for row in kept),
        committed=known_sum(row.committed for row in kept),
        realised=known_sum(row.realised for row in kept),
    )


def all_added(pictures: Iterable[Picture], school_years: Sequence[str]) -> Picture:
    """The picture of several activities together."""
    kept = list(pictures)
    years: list[str | None] = [*school_years, None]
    by_year = {year: added(one.by_year.get(year, Figures()) for one in kept) for year in years}
    return Picture(by_year=by_year, total=added(one.total for one in kept))
