"""What lines add up to, against a plain sum over all of them."""

from datetime import UTC, date, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.facts import ActivityFact, LineFact
from reporting.domain.figures import added, picture_of
from reporting.domain.leftover import left_over

YEARS = ["2021-2022", "2022-2023"]
KIND = {
    "plan": "planned_cents",
    "commitment": "committed_cents",
    "spending": "realised_cents",
    "correction": "realised_cents",
    "spent_until": "realised_cents",
}
LINES = st.lists(
    st.tuples(
        st.sampled_from(sorted(KIND)),
        st.sampled_from([*YEARS, None]),
        st.integers(min_value=-(10**10), max_value=10**10),
    ),
    max_size=12,
)


def activity(lines, *, status="running", total=1000) -> ActivityFact:
    return ActivityFact(
        id=uuid4(),
        number="X-1",
        title="Iets",
        measure_type="tutoring",
        starts_on=date(2021, 8, 1),
        ends_on=date(2023, 7, 31),
        total_cents=total,
        status=status,
        lines=tuple(
            LineFact(
                line_id=uuid4(),
                kind=kind,
                school_year=year,
                amount_cents=cents,
                funding_source="np_onderwijs",
                forgets=forgets,
                recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
            )
            for kind, year, cents, forgets in ((*line, False)[:4] for line in lines)
        ),
    )


@given(LINES)
def test_rows_add_up_to_the_total_and_unknown_is_not_nothing(lines) -> None:
    found = picture_of(activity(lines), YEARS)
    for name in ("planned_cents", "committed_cents", "realised_cents"):
        mine = [cents for kind, _year, cents in lines if KIND[kind] == name]
        if name == "planned_cents" and not mine:
            mine = [1000]
        assert getattr(found.total, name) == (sum(mine) if mine else None)
        rows = [getattr(found.year(year), name) for year in [*YEARS, None]]
        assert [row is None for row in rows] == [
            not any(KIND[kind] == name and year == wanted for kind, year, _cents in lines)
            and not (name == "planned_cents" and wanted is None and not any(one[0] == "plan" for one in lines))
            for wanted in [*YEARS, None]
        ]
        assert sum(row or 0 for row in rows) == (getattr(found.total, name) or 0)


@given(st.lists(LINES, max_size=5))
def test_a_municipality_is_the_sum_of_its_activities(all_lines) -> None:
    pictures = [picture_of(activity(lines), YEARS) for lines in all_lines]
    whole = added(pictures, YEARS)
    for name in ("planned_cents", "committed_cents", "realised_cents"):
        known = [getattr(one.total, name) for one in pictures if getattr(one.total, name) is not None]
        assert getattr(whole.total, name) == (sum(known) if known else None)
        assert sum(getattr(row, name) or 0 for row in whole.by_year.values()) == sum(known)


def test_a_plan_that_was_forgotten_is_unknown_again() -> None:
    lines = [("plan", "2021-2022", 500, False), ("plan", None, 500, False), ("plan", "2021-2022", -500, True)]
    found = picture_of(activity(lines), YEARS)
    assert found.year("2021-2022").planned_cents is None
    assert found.year(None).planned_cents == 500


@given(st.lists(st.tuples(st.booleans(), LINES), max_size=5), st.integers(min_value=0, max_value=10**11))
def test_what_is_left_and_what_is_spent_are_the_allocation(given_, allocated: int) -> None:
    rows = []
    for ended, lines in given_:
        one = activity(lines, status="completed" if ended else "running")
        rows.append((one, picture_of(one, YEARS)))
    planned = sum(picture.total.planned_cents or 0 for _, picture in rows)
    spent = sum(picture.total.realised_cents or 0 for _, picture in rows)
    left = left_over(allocated_cents=allocated, planned_cents=planned, activities=rows)
    assert left.total_cents + spent == allocated
    assert left.certain_cents == left.unassigned_cents + sum(one.cents for one in left.ended)
