from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coordination.contracts.periods import Period
from reporting.domain import charts, plan

PERIODS = (
    Period(school_year="2021-2022", starts_on=date(2021, 7, 1), ends_on=date(2022, 7, 31), national_weight=17),
    Period(school_year="2022-2023", starts_on=date(2022, 8, 1), ends_on=date(2023, 7, 31), national_weight=32),
    Period(school_year="2023-2024", starts_on=date(2023, 8, 1), ends_on=date(2024, 7, 31), national_weight=27),
    Period(school_year="2024-2025", starts_on=date(2024, 8, 1), ends_on=date(2025, 7, 31), national_weight=25),
)
PLANNED = {"2021-2022": 43525000, "2022-2023": 113095000, "2023-2024": 102140000, "2024-2025": 77200000}
ROWS = [(period.school_year, PLANNED[period.school_year], period.national_weight) for period in PERIODS]


def total_chart(**given_):
    wanted = {
        "periods": PERIODS,
        "points": plan.points(PERIODS, PLANNED.get),
        "allocated": 348247300,
        "spent": 273605765,
        "day": date(2024, 12, 31),
        "plan_on_day": 290926667,
        "frame": charts.WIDE_TOTAL,
    }
    return charts.total_chart(**(wanted | given_))


def test_bars_begin_at_nothing_and_the_highest_fills_the_plot() -> None:
    frame = charts.WIDE_SHARES
    found = charts.shares_chart(ROWS, 335960000, frame)
    assert [bar.school_year for bar in found.bars] == list(PLANNED)
    assert min(bar.y for bar in found.bars) == frame.top
    for bar in found.bars:
        assert round(bar.y + bar.height, 1) == frame.base
    first, second = found.bars[0], found.bars[1]
    assert first.tick_y < first.y and second.tick_y > second.y


def test_a_year_without_a_plan_has_no_bar_but_keeps_its_place() -> None:
    found = charts.shares_chart([("2021-2022", None, 17), ("2022-2023", 100, None)], 100, charts.SMALL_SHARES)
    assert found.bars[0].height == 0 and found.bars[0].tick_y is not None
    assert found.bars[1].tick_y is None and found.bars[1].height > 0


def test_nothing_at_all_can_be_drawn() -> None:
    assert [bar.height for bar in charts.shares_chart([("2021-2022", None, None)], 0, charts.WIDE_SHARES).bars] == [0]
    assert (
        charts.total_chart(
            periods=(), points=(), allocated=0, spent=None, day=None, plan_on_day=None, frame=charts.WIDE_TOTAL
        )
        is None
    )


def test_the_plan_is_solid_until_the_date_and_dotted_after_it() -> None:
    found = total_chart()
    assert [point.cents for point in found.done] == [0, 43525000, 156620000, 258760000, 290926667]
    assert [point.cents for point in found.later] == [290926667, 335960000]
    assert found.spent.x == found.on_date.x and found.spent.y > found.on_date.y
    assert found.allocated.y == charts.WIDE_TOTAL.top


def test_without_a_report_there_is_a_plan_and_no_point() -> None:
    found = total_chart(spent=None, day=None, plan_on_day=None)
    assert found.spent is None and found.on_date is None and len(found.later) == 5


def test_lines_are_round_and_say_so() -> None:
    assert charts.even_lines(348247300) == (100000000, 200000000, 300000000)
    assert [charts.round_amount(cents) for cents in charts.even_lines(31000000)] == [
        "€\u00a0100.000", "€\u00a0200.000", "€\u00a0300.000",
    ]  # fmt: skip
    assert charts.round_amount(100000000) == "€\u00a01 miljoen"
    assert charts.even_lines(0) == ()


@given(st.integers(min_value=1, max_value=10**13))
def test_there_are_few_lines_and_all_lie_below_the_top(highest: int) -> None:
    found = charts.even_lines(highest)
    assert len(found) <= 4 and all(0 < cents <= highest for cents in found)


@given(
    st.integers(min_value=0, max_value=10**11),
    st.integers(min_value=-(10**9), max_value=10**11),
    st.dates(min_value=date(2021, 1, 1), max_value=date(2026, 12, 31)),
)
def test_every_point_stays_inside_the_drawing(allocated: int, spent: int, day: date) -> None:
    frame = charts.SMALL_TOTAL
    found = total_chart(allocated=allocated, spent=spent, day=day, plan_on_day=100, frame=frame)
    for point in (*found.done, *found.later, *found.ends, found.spent, found.on_date):
        assert 0 <= point.x <= frame.width and frame.top - 0.1 <= point.y <= frame.base
