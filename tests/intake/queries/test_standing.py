"""How an activity stands: the newest day of which something is known, and its newest counts."""

from datetime import date

import pytest

from coordination.contracts.intake import Indicator
from coordination.testing import actors
from intake.commands.entries import record_entry
from intake.commands.progress import report_progress
from intake.queries.full_picture import full_picture
from intake.queries.standing import standing_of

pytestmark = pytest.mark.django_db(databases="__all__")


def standing(activity):
    return standing_of(full_picture(actor=actors.officer(), activity_id=activity.id))


def test_the_newest_day_counts_and_the_future_does_not(phased) -> None:
    activity = phased()
    found = standing(activity)
    assert (found.as_of, found.age_days, found.money.plan.cents) == (date(2024, 12, 31), 14, 107_083_33)
    given = {"actor": actors.officer(), "activity_id": activity.id, "amount_cents": 1, "kind": "spending"}
    record_entry(**given, dated_on=date(2025, 3, 1), funding_source="np_onderwijs")
    assert standing(activity).as_of == date(2024, 12, 31)
    record_entry(**given, dated_on=date(2025, 1, 10), funding_source="np_onderwijs")
    assert standing(activity).age_days == 4


def test_without_news_there_is_no_day_and_no_plan(register) -> None:
    found = standing(register())
    assert (found.as_of, found.age_days, found.money.plan, list(found.results)) == (None, None, None, [])


def test_the_newest_count_of_each_kind_stands(phased) -> None:
    activity = phased()
    for day, counts in ((10, {"participants": 5, "waiting": 2}), (12, {"participants": 7})):
        report_progress(actor=actors.officer(), activity_id=activity.id, reported_on=date(2025, 1, day), **counts)
    reach = standing(activity).reach
    assert reach.participants == (7, date(2025, 1, 12)) and reach.waiting == (2, date(2025, 1, 10))
    assert reach.places is None


@pytest.mark.parametrize(
    ("value", "target", "parts"),
    [("97", "150", (970_000, 1_500_000)), ("7.4", "7.5", (74_000, 75_000)), (None, "4", None), ("5", "0", None)],
)
def test_a_result_is_compared_only_when_it_can_be(phased, value, target, parts) -> None:
    activity = phased(indicator=Indicator(name="Aantal", value=value, target=target))
    assert standing(activity).results[0].parts == parts
