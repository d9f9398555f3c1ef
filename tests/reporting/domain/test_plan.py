"""According to plan: the rule that stands written on the page, beside another way of computing it."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.contracts.periods import Period, elapsed_on
from reporting.domain.plan import planned_until, verdict

PERIODS = (
    Period(school_year="2021-2022", starts_on=date(2021, 7, 1), ends_on=date(2022, 7, 31)),
    Period(school_year="2022-2023", starts_on=date(2022, 8, 1), ends_on=date(2023, 7, 31)),
    Period(school_year="2023-2024", starts_on=date(2023, 8, 1), ends_on=date(2024, 7, 31)),
    Period(school_year="2024-2025", starts_on=date(2024, 8, 1), ends_on=date(2025, 7, 31)),
)
PLANNED = {"2021-2022": 43525000, "2022-2023": 113095000, "2023-2024": 102140000, "2024-2025": 77200000}


def test_the_example_of_the_page() -> None:
    elapsed = elapsed_on(date(2024, 12, 31), PERIODS)
    assert (elapsed.months, elapsed.months_of_year, elapsed.finished_until) == (5, 12, date(2024, 7, 31))
    assert planned_until(elapsed, PLANNED.get) == 290926667


@pytest.mark.parametrize(
    ("day", "cents"),
    [
        (date(2021, 6, 30), 0),
        (date(2021, 7, 30), 0),
        (date(2021, 7, 31), round(Fraction(43525000, 13))),
        (date(2022, 7, 30), round(Fraction(43525000 * 12, 13))),
        (date(2022, 7, 31), 43525000),
        (date(2022, 8, 1), 43525000),
        (date(2025, 7, 31), sum(PLANNED.values())),
        (date(2026, 1, 1), sum(PLANNED.values())),
    ],
)
def test_on_the_edges(day: date, cents: int) -> None:
    assert planned_until(elapsed_on(day, PERIODS), PLANNED.get) == cents


@given(st.dates(min_value=date(2021, 1, 1), max_value=date(2026, 1, 1)))
def test_it_counts_whole_months_of_the_running_year(day: date) -> None:
    expected = 0
    for period in PERIODS:
        ends, month = [], date(period.starts_on.year, period.starts_on.month, 1)
        while month <= period.ends_on:
            after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
            ends.append(date.fromordinal(after.toordinal() - 1))
            month = after
        passed = sum(1 for end in ends if end <= day)
        expected += int(Fraction(PLANNED[period.school_year] * passed, len(ends)) + Fraction(1, 2))
    assert planned_until(elapsed_on(day, PERIODS), PLANNED.get) == expected


def test_an_unknown_year_counts_as_nothing() -> None:
    assert planned_until(elapsed_on(date(2025, 7, 31), PERIODS), {"2021-2022": 5}.get) == 5


@pytest.mark.parametrize(
    ("realised", "word"),
    [
        (99, "as_planned"),
        (101, "as_planned"),
        (98, "slightly_behind"),
        (90, "slightly_behind"),
        (89, "behind"),
        (102, "slightly_ahead"),
        (111, "ahead"),
        (0, "behind"),
    ],
)
def test_how_far_off_is_what(realised: int, word: str) -> None:
    assert verdict(realised, 100) == word
    assert verdict(realised, 0) == "no_plan"
