from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordination.contracts.periods import Period
from intake.domain.phasing import NothingTouched, even, national, phasing_problems, plan_lines, settled

PERIODS = [
    Period(school_year="2021-2022", starts_on=date(2021, 7, 1), ends_on=date(2022, 7, 31), national_weight=17),
    Period(school_year="2022-2023", starts_on=date(2022, 8, 1), ends_on=date(2023, 7, 31), national_weight=32),
    Period(school_year="2023-2024", starts_on=date(2023, 8, 1), ends_on=date(2024, 7, 31), national_weight=27),
    Period(school_year="2024-2025", starts_on=date(2024, 8, 1), ends_on=date(2025, 7, 31), national_weight=25),
]
YEARS = [period.school_year for period in PERIODS]
days = st.dates(date(2021, 7, 1), date(2025, 7, 31))
cents = st.integers(0, 10**13)
plans = st.dictionaries(st.sampled_from(YEARS), st.one_of(st.none(), st.integers(0, 10**10)))


def test_even_counts_the_calendar_months_touched() -> None:
    found = even(48_00, date(2022, 7, 11), date(2023, 8, 1), PERIODS)
    assert found == {"2021-2022": 343, "2022-2023": 4114, "2023-2024": 343, "2024-2025": 0}


def test_the_national_pattern_over_the_whole_programme_has_101_points() -> None:
    found = national(101_00, date(2021, 7, 1), date(2025, 7, 31), PERIODS)
    assert list(found.values()) == [17_00, 32_00, 27_00, 25_00]


def test_the_national_pattern_is_rescaled_to_the_years_touched() -> None:
    found = national(52_00, date(2023, 9, 1), date(2025, 7, 31), PERIODS)
    assert list(found.values()) == [0, 0, 27_00, 25_00]


def test_a_leftover_cent_goes_to_the_earlier_year_on_a_tie() -> None:
    assert list(even(1, date(2022, 8, 1), date(2024, 7, 31), PERIODS).values()) == [0, 1, 0, 0]


def test_an_activity_outside_every_period_cannot_be_divided() -> None:
    with pytest.raises(NothingTouched):
        even(100, date(2026, 1, 1), date(2026, 2, 1), PERIODS)


@given(total=cents, one=days, other=days, preset=st.sampled_from([even, national]))
def test_presets_add_up_to_the_total_to_the_cent(total, one, other, preset) -> None:
    starts_on, ends_on = min(one, other), max(one, other)
    found = preset(total, starts_on, ends_on, PERIODS)
    assert sum(found.values()) == total
    assert all(amount >= 0 for amount in found.values())
    for period in PERIODS:
        if period.ends_on < starts_on or period.starts_on > ends_on:
            assert found[period.school_year] == 0


@given(total=cents, present=plans, wanted=plans)
def test_plan_lines_always_leave_years_and_undivided_at_the_total(total, present, wanted) -> None:
    undivided = total - sum(amount or 0 for amount in present.values())
    lines = plan_lines(present, undivided, wanted, total)
    after = {year: amount or 0 for year, amount in present.items()} | {None: undivided}
    for line in lines:
        after[line.school_year] = after.get(line.school_year, 0) + line.amount_cents
    assert sum(line.amount_cents for line in lines) == 0
    assert sum(after.values()) == total
    for year in YEARS:
        assert after.get(year, 0) == (wanted.get(year) or 0)


@given(total=cents, plan=plans)
def test_the_same_phasing_twice_is_no_line(total, plan) -> None:
    assert plan_lines(plan, total - sum(amount or 0 for amount in plan.values()), plan, total) == []


def test_final_must_equal_the_total_to_the_cent() -> None:
    phasing = dict.fromkeys(YEARS, 25_00)
    kept = {"state": "final", "school_years": YEARS, "window": "…"}
    assert phasing_problems(phasing, total_cents=100_00, **kept) == []
    found = phasing_problems(phasing, total_cents=100_01, **kept)
    assert [one.code for one in found] == ["sum-mismatch"]
    assert "100,00" in found[0].message and "100,01" in found[0].message and "0,01" in found[0].message
    assert phasing_problems(phasing, total_cents=100_01, **(kept | {"state": "draft"})) == []


def test_a_year_of_another_programme_is_named() -> None:
    found = phasing_problems({"2025-2026": 1}, total_cents=1, state="draft", school_years=YEARS, window="de looptijd")
    assert [one.code for one in found] == ["year-outside-programme"]
    assert "2025-2026" in found[0].message


def test_final_leaves_nothing_open() -> None:
    assert settled({"2021-2022": 5, "2022-2023": None}, {"2021-2022": None}) == {"2021-2022": 0, "2022-2023": None}


@given(days, days)
def test_every_day_lies_in_exactly_one_period(one, other) -> None:
    for day in (one, other, one + timedelta(0)):
        assert sum(period.starts_on <= day <= period.ends_on for period in PERIODS) == 1
