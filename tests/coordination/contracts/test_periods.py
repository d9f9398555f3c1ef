"""School years by their own dates: in which one a day lies, which months are touched, where a day stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.contracts.periods import Period, elapsed_on, is_school_year, months_touched, period_of

PERIODS = (
    Period(school_year="2021-2022", starts_on=date(2021, 7, 1), ends_on=date(2022, 7, 31)),
    Period(school_year="2022-2023", starts_on=date(2022, 8, 1), ends_on=date(2023, 7, 31)),
    Period(school_year="2023-2024", starts_on=date(2023, 8, 1), ends_on=date(2024, 7, 31)),
)
DAYS = st.dates(date(2021, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize("text", ["2021-2022", "1999-2000"])
def test_two_years_in_a_row_are_a_school_year(text: str) -> None:
    assert is_school_year(text)


@pytest.mark.parametrize("text", ["", "2021", "2021-2023", "2022-2021", "2021/2022", "21-22", "2021-2022 "])
def test_other_text_is_none(text: str) -> None:
    assert not is_school_year(text)


@given(DAYS)
def test_a_day_lies_in_the_one_period_with_its_dates(day: date) -> None:
    around = [period for period in PERIODS if period.starts_on <= day <= period.ends_on]
    assert len(around) <= 1
    assert period_of(day, PERIODS) == (around[0] if around else None)


@given(DAYS, DAYS, st.sampled_from(PERIODS))
def test_months_touched_are_those_with_a_day_in_both(first: date, last: date, period: Period) -> None:
    months, day = set(), max(first, period.starts_on)
    while day <= min(last, period.ends_on):
        months.add((day.year, day.month))
        day += timedelta(days=1)
    assert months_touched(first, last, period) == len(months)


@pytest.mark.parametrize(
    ("day", "finished", "running", "months", "of_year"),
    [
        (date(2021, 6, 30), 0, None, 0, 0),
        (date(2021, 7, 30), 0, "2021-2022", 0, 13),
        (date(2021, 7, 31), 0, "2021-2022", 1, 13),
        (date(2022, 7, 31), 1, None, 0, 0),
        (date(2024, 2, 28), 2, "2023-2024", 6, 12),
        (date(2024, 2, 29), 2, "2023-2024", 7, 12),
        (date(2025, 1, 1), 3, None, 0, 0),
    ],
)
def test_where_a_day_stands(day, finished, running, months, of_year) -> None:
    found = elapsed_on(day, PERIODS)
    assert len(found.finished) == finished
    assert (found.running.school_year if found.running else None) == running
    assert (found.months, found.months_of_year) == (months, of_year)
    assert found.finished_until == (PERIODS[finished - 1].ends_on if finished else None)


@given(DAYS, st.integers(-(10**12), 10**12))
def test_the_part_of_a_year_lies_between_nothing_and_all_and_mirrors(day: date, cents: int) -> None:
    found = elapsed_on(day, PERIODS)
    part = found.part_of(cents)
    assert min(0, cents) <= part <= max(0, cents)
    assert found.part_of(-cents) == -part
    assert abs(part * found.months_of_year - cents * found.months) * 2 <= found.months_of_year or not found.months


def test_half_a_cent_counts_as_one() -> None:
    half_way = elapsed_on(date(2023, 1, 31), PERIODS)
    assert (half_way.months, half_way.months_of_year) == (6, 12)
    assert (half_way.part_of(1), half_way.part_of(3), half_way.part_of(-1)) == (1, 2, -1)
