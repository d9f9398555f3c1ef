"""The table of an activity's school years: what is known per year, what is known only in all, and what nobody said."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.domain.figures import Figures
from intake.queries.activities import Row


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """One school year with its figures in cents; most is the largest plan of any year, for the bars."""

    school_year: str
    figures: Figures
    most: int


@dataclass(frozen=True, kw_only=True)
class YearTable:
    """The rows, what is undivided (None when nothing is), and of which figures no year is known at all."""

    rows: Sequence[YearRow]
    undivided: Figures | None
    total: Figures
    no_year_committed: bool
    no_year_realised: bool

    @property
    def only_in_all(self) -> bool:
        """Whether spending is known, but of no single year."""
        return self.no_year_realised and self.total.realised is not None


def year_table(row: Row) -> YearTable:
    """The table of an activity. Spending that is only known in all is one merged cell, not a row of its own."""
    years = [(year, figures) for year, figures in row.picture.by_year.items() if year is not None]
    most = max((figures.planned or 0 for _, figures in years), default=0)
    no_year_realised = all(figures.realised is None for _, figures in years)
    left = row.picture.undivided
    shown = bool(left.planned or left.committed or (left.realised and not no_year_realised))
    return YearTable(
        rows=[YearRow(school_year=year, figures=figures, most=most) for year, figures in years],
        undivided=left if shown else None,
        total=row.total,
        no_year_committed=all(figures.committed is None for _, figures in years),
        no_year_realised=no_year_realised,
    )
