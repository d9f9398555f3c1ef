from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.bars import bullet, percent, stacked

CENTS = st.integers(min_value=0, max_value=10**12)


def test_a_bar_of_the_example() -> None:
    parts = [("spent", 273605765), ("still", 59119510), ("ended", 3234725), ("unassigned", 12287300)]
    found = stacked(parts, 348247300, tick=290926667)
    assert [part.slug for part in found.segments] == ["spent", "still", "ended", "unassigned"]
    assert found.segments[0].x == 0 and found.segments[0].width == 78.567
    assert round(found.segments[-1].x + found.segments[-1].width, 2) == 100
    assert found.tick == 83.54 and found.over_cents == 0


def test_what_runs_past_the_end_is_cut_off_and_told() -> None:
    found = stacked([("spent", 80), ("still", 50), ("ended", 10)], 100)
    assert [(part.slug, part.x, part.width) for part in found.segments] == [("spent", 0, 80), ("still", 80, 20)]
    assert found.over_cents == 40


def test_nothing_and_less_than_nothing_are_not_drawn() -> None:
    assert stacked([("spent", 0), ("unassigned", -50)], 100).segments == ()
    assert stacked([("spent", 5)], 0).segments == () and stacked([], 0).over_cents == 0


def test_an_overspent_activity_runs_to_its_end() -> None:
    found = bullet(150, 100, 50)
    assert (found.segments[0].width, found.tick, found.over_cents) == (100, 50, 50)
    assert bullet(None, 100, None).segments == () and bullet(None, 100, None).tick is None


@given(st.lists(CENTS, min_size=1, max_size=6), CENTS)
def test_parts_lie_against_each_other_and_within_the_bar(amounts: list[int], whole: int) -> None:
    found = stacked([(str(index), cents) for index, cents in enumerate(amounts)], whole)
    end = 0.0
    for part in found.segments:
        assert abs(part.x - end) < 0.002 or part.x >= end
        end = part.x + part.width
        assert end <= 100.001
    assert found.over_cents == max(sum(amounts) - whole, 0)


@given(CENTS, CENTS)
def test_a_percentage_never_leaves_the_bar(part: int, whole: int) -> None:
    assert 0 <= percent(part, whole) <= 100
