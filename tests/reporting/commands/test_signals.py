"""Time passes: signals come and go by the business clock, once each."""

from datetime import date

import pytest

from coordination.testing import actors
from coordination.testing.clock import today_is
from intake.commands.progress import report_progress
from reporting.commands.signals import look_for_signals
from reporting.models import Signal

pytestmark = pytest.mark.django_db(databases="__all__")


def standing() -> set[tuple[str, str]]:
    from reporting.models import Activity

    numbers = dict(Activity.objects.values_list("id", "number"))
    rows = Signal.objects.filter(cleared_on__isnull=True)
    return {(numbers[one.activity_id], one.kind) for one in rows if numbers[one.activity_id].startswith("MRS")}


def test_who_spends_much_less_than_planned_is_seen(world) -> None:
    look_for_signals()
    assert standing() == {("MRS-006", "underspend"), ("MRS-013", "underspend")}


def test_done_each_minute_it_says_everything_once(world) -> None:
    world.pass_minute()
    said = world.said("reporting")
    assert said and all(one.endswith("signals.raised.v1") for one in said)
    world.pass_minute()
    assert world.said("reporting") == said
    assert look_for_signals() == 0


def test_two_months_before_the_end_it_asks_what_comes_after(world) -> None:
    with today_is("2025-05-30"):
        look_for_signals()
        assert not {one for one in standing() if one[1] == "ending"}
    with today_is("2025-06-01"):
        look_for_signals()
        ending = {number for number, kind in standing() if kind == "ending"}
        assert "MRS-001" in ending and "MRS-002" not in ending
    with today_is("2025-08-01"):
        look_for_signals()
        assert not {one for one in standing() if one[1] == "ending"}


def test_who_lags_a_quarter_behind_is_stale_until_it_reports(world, activity, summary) -> None:
    with today_is("2025-05-01"):
        for number in [f"MRS-{index:03d}" for index in range(1, 14)]:
            if number not in ("MRS-005", "MRS-004", "MRS-012"):
                report_progress(
                    actor=actors.officer(),
                    activity_id=activity(number).id,
                    reported_on=date(2025, 4, 30),
                    participants=20,
                )
        world.deliver()
        look_for_signals()
        assert ("MRS-005", "stale") in standing()
        found = summary()
        assert (found.coverage.reported, found.coverage.expected) == (12, 13)
        assert found.as_of == date(2025, 4, 30)
        report_progress(
            actor=actors.officer(), activity_id=activity("MRS-005").id, reported_on=date(2025, 4, 30), participants=9
        )
        world.deliver()
        world.pass_minute()
        assert ("MRS-005", "stale") not in standing()
        assert summary().coverage.complete
        assert "nl.coordination.signals.cleared.v1" in world.said("reporting")
