"""An activity together with what its ledger adds up to."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.domain.figures import Figures, Picture, picture_of
from intake.domain.spent_until import SpentUntil, spent_until_of
from intake.models.activities import Activity
from intake.models.ledger import LedgerLine, PlainLine


@dataclass(frozen=True, kw_only=True)
class Row:
    """An activity with its figures by school year, undivided and in all."""

    activity: Activity
    picture: Picture
    until: SpentUntil

    @property
    def total(self) -> Figures:
        """The figures of the whole activity."""
        return self.picture.total

    def figures(self, school_year: str | None) -> Figures:
        """The figures of one school year, or of undivided for None."""
        return self.picture.by_year.get(school_year, Figures())


def row_of(activity: Activity, lines: Sequence[PlainLine | LedgerLine], school_years: Sequence[str]) -> Row:
    """The row of an activity from all its ledger lines in the order of writing; school_years are in order."""
    return Row(activity=activity, picture=picture_of(lines, school_years), until=spent_until_of(lines))
