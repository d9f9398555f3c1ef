"""What a figure of the page is made of: the amounts that add up to it, to the cent."""

from dataclasses import dataclass
from uuid import UUID

from coordination.identity.actor import Actor
from reporting.domain.summary import Summary
from reporting.queries.summary import summary

FIGURES = ("allocated", "planned", "committed", "realised", "remaining")
OF_ACTIVITIES = {"planned": "planned_cents", "committed": "committed_cents", "realised": "realised_cents"}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One amount: of an activity, a component of what was received, or another figure; cents None is unknown."""

    label: str
    cents: int | None
    activity_id: UUID | None = None
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure and its parts. school_year empty is all years together, undivided is what has no year."""

    name: str
    school_year: str
    parts: tuple[Part, ...]
    cents: int | None
    summary: Summary

    @property
    def unknown(self) -> int:
        """Of how many parts it is not known."""
        return sum(1 for part in self.parts if part.cents is None)


def figure_of(*, actor: Actor | None, municipality: str, figure: str, school_year: str = "") -> Figure:
    """A figure of a municipality with what it is made of. Raises NotFound for strangers."""
    found = summary(actor=actor, municipality=municipality)
    if figure == "allocated":
        parts = tuple(Part(label=one.component, cents=one.amount_cents) for one in found.facts.allocations)
        return Figure(name=figure, school_year="", parts=parts, cents=found.allocated_cents, summary=found)
    if figure == "remaining":
        spent = found.realised_cents
        parts = (
            Part(label="allocated", cents=found.allocated_cents),
            Part(label="realised", cents=None if spent is None else -spent),
        )
        return Figure(name=figure, school_year="", parts=parts, cents=found.remaining_cents, summary=found)
    years = {row.school_year or "undivided": row.figures for row in found.years}
    year = school_year if school_year in years else ""
    column = OF_ACTIVITIES[figure]
    key = None if year == "undivided" else year
    parts = tuple(
        Part(
            label=row.activity.title,
            number=row.activity.number,
            activity_id=row.activity.id,
            cents=getattr(row.picture.year(key) if year else row.picture.total, column),
        )
        for row in found.rows
    )
    cents = getattr(years[year], column) if year else getattr(found, column)
    return Figure(name=figure, school_year=year, parts=parts, cents=cents, summary=found)
