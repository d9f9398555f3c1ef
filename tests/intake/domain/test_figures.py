from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.figures import Figures, all_added, picture_of

YEARS = ["2021-2022", "2022-2023", "2023-2024", "2024-2025"]


@dataclass
class Line:
    kind: str
    school_year: str | None
    amount_cents: int
    forgets: bool = False


lines = st.builds(
    Line,
    kind=st.sampled_from(["plan", "commitment", "spending", "correction", "spent_until"]),
    school_year=st.sampled_from([*YEARS, None]),
    amount_cents=st.integers(-(10**10), 10**10),
)


def test_a_year_without_a_line_of_a_kind_is_unknown_and_a_line_of_0_is_nothing() -> None:
    picture = picture_of([Line("plan", "2021-2022", 0), Line("plan", "2022-2023", 5)], YEARS)
    assert [picture.by_year[year].planned for year in YEARS] == [0, 5, None, None]
    assert picture.total == Figures(planned=5, committed=None, realised=None)


def test_realised_is_spending_corrections_and_amounts_up_to_a_date() -> None:
    found = picture_of(
        [Line("spent_until", None, 100), Line("spending", "2024-2025", 7), Line("correction", "2024-2025", -2)], YEARS
    )
    assert found.by_year["2024-2025"].realised == 5
    assert found.undivided.realised == 100
    assert found.total.realised == 105


def test_remaining_is_planned_minus_realised_and_unknown_when_either_is() -> None:
    assert Figures(planned=100, realised=130).remaining == -30
    assert Figures(planned=100).remaining is None


def test_a_year_made_unknown_again_is_unknown_and_not_0() -> None:
    emptied = [Line("plan", "2021-2022", 9), Line("plan", "2021-2022", -9, forgets=True)]
    assert picture_of(emptied, YEARS).by_year["2021-2022"].planned is None
    assert picture_of([*emptied, Line("plan", "2021-2022", 0)], YEARS).by_year["2021-2022"].planned == 0


@given(st.lists(lines, max_size=40))
def test_rows_and_undivided_always_add_up_to_the_total(found) -> None:
    picture = picture_of(found, YEARS)
    for name in ("planned", "committed", "realised"):
        known = [value for row in picture.by_year.values() if (value := getattr(row, name)) is not None]
        assert getattr(picture.total, name) == (sum(known) if known else None)
    assert list(picture.by_year) == [*YEARS, None]


@given(st.lists(st.lists(lines, max_size=10), max_size=6))
def test_a_sum_over_activities_is_the_sum_over_their_lines(several) -> None:
    together = all_added([picture_of(found, YEARS) for found in several], YEARS)
    whole = picture_of([line for found in several for line in found], YEARS)
    assert together == whole
