"""Intake and reporting add up by themselves; given the same lines they come to the same figures."""

from datetime import UTC, date, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from coordination.contracts.periods import Period, elapsed_on
from intake.domain import figures as intake_figures
from intake.domain.plan import plan_on
from reporting.domain import figures as reporting_figures
from reporting.domain.facts import ActivityFact, LineFact
from reporting.domain.plan import planned_until

YEARS = ("2021-2022", "2022-2023", "2023-2024", "2024-2025")
PERIODS = tuple(
    Period(school_year=f"{year}-{year + 1}", starts_on=date(year, 8, 1), ends_on=date(year + 1, 7, 31))
    for year in range(2021, 2025)
)
NOW = datetime(2025, 1, 1, tzinfo=UTC)


@st.composite
def lines(draw: st.DrawFn) -> list[LineFact]:
    """Lines as a ledger holds them, the first of which plans the whole."""
    kinds = st.sampled_from(["plan", "commitment", "spending", "correction", "spent_until"])
    years = st.sampled_from([*YEARS, "2025-2026", None])
    rows = st.tuples(kinds, years, st.integers(-(10**9), 10**9), st.booleans())
    drawn = [("plan", None, 10**9, False), *draw(st.lists(rows, max_size=14))]
    return [
        LineFact(
            line_id=uuid4(),
            kind=kind,
            school_year=year,
            amount_cents=cents,
            funding_source="np_onderwijs",
            forgets=forgets,
            recorded_at=NOW,
        )
        for kind, year, cents, forgets in drawn
    ]


def activity(of: list[LineFact]) -> ActivityFact:
    """An activity with these lines."""
    return ActivityFact(
        id=uuid4(),
        number="X-1",
        title="Iets",
        measure_type="tutoring",
        starts_on=date(2021, 8, 1),
        ends_on=date(2025, 7, 31),
        total_cents=10**9,
        status="running",
        lines=tuple(of),
    )


def told(figures) -> tuple[int | None, ...]:
    """The figures of either service as one kind of value."""
    if isinstance(figures, intake_figures.Figures):
        return figures.planned, figures.committed, figures.realised, figures.remaining
    return figures.planned_cents, figures.committed_cents, figures.realised_cents, figures.remaining_cents


@given(lines())
def test_an_activity(of: list[LineFact]) -> None:
    here = intake_figures.picture_of(of, YEARS)
    there = reporting_figures.picture_of(activity(of), YEARS)
    assert list(here.by_year) == list(there.by_year)
    for year, figures in here.by_year.items():
        assert told(figures) == told(there.year(year)), year
    assert told(here.total) == told(there.total)


@given(st.lists(lines(), max_size=4))
def test_several_activities_together(several: list[list[LineFact]]) -> None:
    here = intake_figures.all_added([intake_figures.picture_of(of, YEARS) for of in several], YEARS)
    there = reporting_figures.added([reporting_figures.picture_of(activity(of), YEARS) for of in several], YEARS)
    assert told(here.total) == told(there.total)
    for year in (*YEARS, None):
        assert told(here.by_year[year]) == told(there.year(year)), year


@given(
    st.dates(date(2021, 1, 1), date(2026, 1, 1)),
    st.lists(st.none() | st.integers(-(10**9), 10**9), min_size=4, max_size=4),
)
def test_what_should_have_been_spent_according_to_plan(day: date, amounts: list[int | None]) -> None:
    planned = dict(zip(YEARS, amounts, strict=True))
    assert plan_on(day, PERIODS, planned.get).cents == planned_until(elapsed_on(day, PERIODS), planned.get)
