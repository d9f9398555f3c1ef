import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import NotFound
from coordination.testing import actors
from intake.commands.changes import withdraw_activity
from intake.commands.entries import record_entry
from intake.queries.activities import grid, row
from intake.queries.allocations import summary

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_grid_adds_up_to_the_cent(phased, register) -> None:
    phased()
    phased(title="Nog een", spent_until_cents=None, reference_date=None)
    register(total_cents=1)
    found = grid(actor=actors.officer())
    assert len(found.rows) == 3
    assert found.total.total.planned == 2 * 11_875_000 + 1
    assert sum(found.total.by_year[year].planned or 0 for year in (*found.school_years, None)) == 2 * 11_875_000 + 1
    assert found.total.total.realised == 7_148_000 and found.missing("realised") == 2
    assert found.total.total.committed is None
    assert found.summary.unassigned == 348_247_300 - (2 * 11_875_000 + 1)
    assert found.summary.remaining == 348_247_300 - 7_148_000


def test_more_rows_ask_no_more_queries(phased) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            phased()
        with CaptureQueriesContext(connections["intake"]) as caught:
            grid(actor=actors.officer())
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 8


def test_a_filter_narrows_the_rows_and_not_the_summary(phased, register) -> None:
    phased()
    register(title="Huiswerk", measure_type="homework_support", total_cents=500)
    found = grid(actor=actors.officer(), wanted={"measureType": "homework_support"})
    assert [one.activity.title for one in found.rows] == ["Huiswerk"]
    assert found.unfiltered_count == 2
    assert found.summary.planned == 11_875_500


def test_going_over_the_allocation_is_a_warning(register) -> None:
    register(municipality="9903", actor=actors.officer("9903"), total_cents=17_480_281)
    found = summary(actor=actors.officer("9903"), municipality="9903")
    assert (found.unassigned, found.over) == (-1, 1)


def test_a_withdrawn_activity_is_in_no_sum(phased) -> None:
    activity = phased()
    withdraw_activity(actor=actors.officer(), activity_id=activity.id, reason="registered_twice")
    found = grid(actor=actors.officer())
    assert found.rows == []
    assert (found.summary.planned, found.summary.committed, found.summary.realised) == (0, 0, 0)


def test_nobody_sees_what_is_not_theirs(phased) -> None:
    activity = phased()
    for stranger in (actors.officer("9902"), actors.coordinator(new_id()), actors.partner(new_id())):
        assert grid(actor=stranger).rows == []
        with pytest.raises(NotFound):
            row(actor=stranger, activity_id=activity.id)
        with pytest.raises(NotFound):
            summary(actor=stranger, municipality="9901")
    assert row(actor=actors.council_member(), activity_id=activity.id).activity == activity
    assert len(grid(actor=actors.administrator()).rows) == 1
    with pytest.raises(NotFound):
        row(actor=actors.officer(), activity_id="geen-id")


def test_an_overspent_activity_has_a_negative_remainder(phased) -> None:
    from datetime import date

    activity = phased(total_cents=100_00, phasing=None, phasing_state="draft", spent_until_cents=None)
    record_entry(
        actor=actors.officer(),
        activity_id=activity.id,
        kind="spending",
        dated_on=date(2024, 1, 1),
        amount_cents=100_01,
        funding_source="oab",
    )
    assert row(actor=actors.officer(), activity_id=activity.id).total.remaining == -1
