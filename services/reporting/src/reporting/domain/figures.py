"""What budget lines add up to: planned, committed, realised and remaining, by school year and in all.

A year without a line of a kind is None, which is unknown; 0 is nothing. The row None among the years is undivided, so
that rows always add up to the total.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from coordination.contracts.money import known_sum
from reporting.domain.facts import ActivityFact, LineFact

REALISED_KINDS = frozenset({"spending", "correction", "spent_until"})
FIGURE_OF_KIND = MappingProxyType(
    {"plan": "planned_cents", "commitment": "committed_cents", **dict.fromkeys(REALISED_KINDS, "realised_cents")}
)
NAMES = ("planned_cents", "committed_cents", "realised_cents")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Cents of one row: a school year, undivided, an activity or a municipality; None is unknown."""

    planned_cents: int | None = None
    committed_cents: int | None = None
    realised_cents: int | None = None

    @property
    def remaining_cents(self) -> int | None:
        """Planned minus realised, negative when overspent; None when either is unknown."""
        if self.planned_cents is None or self.realised_cents is None:
            return None
        return self.planned_cents - self.realised_cents


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The figures of one activity or of several: by school year, undivided (None) last, and in total."""

    by_year: dict[str | None, Figures] = field(default_factory=dict)
    total: Figures = field(default_factory=Figures)

    def year(self, school_year: str | None) -> Figures:
        """The row of a school year; all unknown when there is none."""
        return self.by_year.get(school_year, Figures())


def picture_of(activity: ActivityFact, school_years: Sequence[str]) -> Picture:
    """Add up the lines of an activity; without any plan line its whole budget is planned and undivided."""
    sums = _sums(activity.lines)
    if not any(line.kind == "plan" for line in activity.lines):
        sums[None, "planned_cents"] = activity.total_cents
    return _picture(sums, school_years)


def added(pictures: Iterable[Picture], school_years: Sequence[str]) -> Picture:
    """Several pictures as one: each figure is the sum of those that are known."""
    kept = list(pictures)
    years: list[str | None] = list(
        dict.fromkeys([*school_years, *sorted({y for one in kept for y in one.by_year if y is not None})])
    )
    by_year = {year: _sum_of([one.year(year) for one in kept]) for year in [*years, None]}
    return Picture(by_year=by_year, total=_sum_of([one.total for one in kept]))


def _sums(lines: Iterable[LineFact]) -> dict[tuple[str | None, str], int | None]:
    sums: dict[tuple[str | None, str], int | None] = {}
    for line in lines:
        place = (line.school_year, FIGURE_OF_KIND.get(line.kind, ""))
        after = (sums.get(place) or 0) + line.amount_cents
        sums[place] = None if line.forgets and after == 0 else after
    return sums


def _picture(sums: dict[tuple[str | None, str], int | None], school_years: Sequence[str]) -> Picture:
    others = sorted({year for year, _ in sums if year is not None and year not in school_years})
    years: list[str | None] = [*school_years, *others, None]
    by_year = {year: Figures(**{name: sums.get((year, name)) for name in NAMES}) for year in years}
    return Picture(by_year=by_year, total=_sum_of(by_year.values()))


def _sum_of(rows: Iterable[Figures]) -> Figures:
    kept = list(rows)
    return Figures(**{name: known_sum(getattr(row, name) for row in kept) for name in NAMES})
