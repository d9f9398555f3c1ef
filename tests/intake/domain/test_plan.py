"""What should have been spent by a day, by the rule that stands beside the figure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.contracts.periods import Period
from intake.domain.plan import plan_on

PERIODS = tuple(
    Period(school_year=year, starts_on=first, ends_on=last)
    for year, first, last in (
        ("2021-2022", date(2021, 7, 1), date(2022, 7, 31)),
        ("2022-2023", date(2022, 8, 1), date(2023, 7, 31)),
        ("2023-2024", date(2023, 8, 1), date(2024, 7, 31)),
        ("2024-2025", date(2024, 8, 1), date(2025, 7, 31)),
    )
)
PLAN = {"2021-2022": 22_500_00, "2022-2023": 41_250_00, "2023-2024": 35_000_00, "2024-2025": 20_000_00}


@pytest.mark.parametrize(
    ("day", "cents", "running", "months"),
    [
        (date(2021, 6, 30), 0, "", 0),
        (date(2021, 7, 30), 0, "2021-2022", 0),
        (date(2021, 7, 31), 173_077, "2021-2022", 1),
        (date(2022, 7, 31), 22_500_00, "", 0),
        (date(2024, 12, 30), 98_750_00 + 666_667, "2024-2025", 4),
        (date(2024, 12, 31), 107_083_33, "2024-2025", 5),
        (date(2025, 7, 31), 118_750_00, "", 0),
        (date(2026, 1, 1), 118_750_00, "", 0),
    ],
)
def test_whole_years_and_whole_months_of_the_running_one(day, cents, running, months) -> None:
    found = plan_on(day, PERIODS, PLAN.get)
    assert (found.cents, found.running, found.months) == (cents, running, months)
    assert found.cents == found.finished_cents + found.running_cents


def test_a_year_of_which_nobody_knows_the_plan_counts_as_nothing() -> None:
    found = plan_on(date(2024, 12, 31), PERIODS, {"2022-2023": 100}.get)
    assert (found.cents, found.finished_until) == (100, date(2024, 7, 31))


@given(st.dates(date(2021, 1, 1), date(2026, 1, 1)), st.lists(st.integers(0, 10**9), min_size=4, max_size=4))
def test_it_only_grows_and_ends_at_the_whole_plan(day, amounts) -> None:
    plan = dict(zip(PLAN, amounts, strict=True))
    found = plan_on(day, PERIODS, plan.get).cents
    later = plan_on(date(2026, 1, 1), PERIODS, plan.get).cents
    assert 0 <= found <= later == sum(amounts)
