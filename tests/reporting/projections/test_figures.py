"""What intake and matching say becomes figures; the expected ones are added up from the sheet, line by line."""

from datetime import date

import pytest

from coordination.events.replay import replay
from coordination.testing import actors
from intake.commands.entries import divide_spending, record_entry
from intake.commands.phasings import phase_budget
from intake.commands.progress import report_progress
from intake.commands.transfers import transfer_budget
from reporting import models
from reporting.subscriptions import SUBSCRIPTIONS

pytestmark = pytest.mark.django_db(databases="__all__")
YEARS = ("2021-2022", "2022-2023", "2023-2024", "2024-2025")
CODES = ("9901", "9902", "9903", "9904")


def cents(text: str) -> int:
    euros, _comma, rest = text.replace(".", "").partition(",")
    return int(euros) * 100 + int((rest + "00")[:2])


def spend(found, *, amount=10000, on=date(2025, 1, 14), **more) -> None:
    record_entry(
        actor=actors.officer(),
        activity_id=found.id,
        kind=more.pop("kind", "spending"),
        dated_on=on,
        amount_cents=amount,
        funding_source="np_onderwijs",
        **more,
    )


@pytest.mark.parametrize("code", CODES)
def test_every_figure_is_that_of_the_sheet(world, summary, sheet, code: str) -> None:
    rows = [row for row in sheet if row["Gemeentecode"] == code]
    found = summary(code)
    assert len(found.rows) == len(rows)
    assert found.planned_cents == sum(cents(row["Totaal budget"]) for row in rows)
    assert found.realised_cents == sum(cents(row["Besteed t/m peildatum"]) for row in rows)
    for year in found.years[:-1]:
        assert year.figures.planned_cents == sum(cents(row[f"Budget {year.school_year}"]) for row in rows)
        assert year.figures.realised_cents is None and year.figures.committed_cents is None
    assert found.undivided.realised_cents == found.realised_cents
    for row in rows:
        one = next(one for one in found.rows if one.activity.number == row["Activiteitnummer"])
        assert one.planned_cents == cents(row["Totaal budget"])
        assert one.realised_cents == cents(row["Besteed t/m peildatum"])
        assert one.schools == len([part for part in row["BRIN-nummers"].split(",") if part.strip()])
    assert found.lately.read_in == len(rows) and found.lately.changes == ()


def test_a_dated_spending_adds_and_shows_in_its_year(world, summary, activity) -> None:
    spend(activity("MRS-005"))
    world.deliver()
    found = summary()
    assert found.realised_cents == 273605765 + 10000
    by_year = {row.school_year: row.figures.realised_cents for row in found.years}
    assert by_year == dict.fromkeys(YEARS) | {"2024-2025": 10000, None: 273605765}
    assert found.reference_date == date(2024, 12, 31)
    assert [change.kind for change in found.lately.changes] == ["booked"]


def test_a_commitment_counts_as_committed_and_not_as_spent(world, summary, activity) -> None:
    spend(activity("MRS-005"), kind="commitment", amount=250000)
    world.deliver()
    found = summary()
    assert (found.committed_cents, found.committed_missing, found.realised_cents) == (250000, 12, 273605765)


def test_a_correction_is_spending_with_a_sign(world, summary, activity) -> None:
    spend(activity("MRS-005"))
    spend(activity("MRS-005"), kind="correction", amount=-4000, reason="refund")
    world.deliver()
    assert summary().realised_cents == 273605765 + 6000


def test_dividing_and_moving_and_transferring_keep_every_total(world, summary, activity) -> None:
    before = summary()
    first, second = activity("MRS-012"), activity("MRS-002")
    divide_spending(actor=actors.officer(), activity_id=second.id, parts={"2021-2022": 1000000, "2022-2023": 2345})
    third = activity("MRS-001")
    phase_budget(
        actor=actors.officer(),
        activity_id=third.id,
        phasing={"2021-2022": 9000000, "2022-2023": 17000000, "2023-2024": 14950000, "2024-2025": 13050000},
        state="final",
        reason="staff_shortage",
        version=third.version,
    )
    transfer_budget(
        actor=actors.budget_holder(),
        from_activity=first.id,
        from_school_year="2023-2024",
        to_activity=second.id,
        to_school_year="2024-2025",
        amount_cents=100000,
        reason="low_demand",
    )
    world.deliver()
    found = summary()
    assert (found.planned_cents, found.realised_cents) == (before.planned_cents, before.realised_cents)
    by_year = {row.school_year: row.figures for row in found.years}
    assert by_year["2021-2022"].realised_cents == 1000000 and by_year["2022-2023"].realised_cents == 2345
    assert by_year[None].realised_cents == 273605765 - 1002345
    assert by_year["2023-2024"].planned_cents == 102140000 - 50000 - 100000
    assert by_year["2024-2025"].planned_cents == 77200000 + 50000 + 100000
    totals = {row.activity.number: row.planned_cents for row in found.rows}
    assert (totals["MRS-012"], totals["MRS-002"]) == (7490000 - 100000, 46200000 + 100000)
    assert sorted(change.kind for change in found.lately.changes) == ["divided", "phased", "transferred"]


def test_a_report_changes_status_reach_and_age(world, summary, activity) -> None:
    one = activity("MRS-005")
    report_progress(
        actor=actors.officer(),
        activity_id=one.id,
        reported_on=date(2025, 1, 13),
        status="delayed",
        status_reason="low_demand",
        waiting=3,
    )
    world.deliver()
    row = next(row for row in summary().rows if row.activity.number == "MRS-005")
    assert (row.activity.status, row.activity.status_reason, row.activity.waiting) == ("delayed", "low_demand", 3)
    assert (row.last_report, row.age_days) == (date(2025, 1, 13), 1)
    assert summary().as_of == date(2024, 12, 31)


def everything() -> dict[str, list[dict]]:
    names = [*SUBSCRIPTIONS.projections, "Signal", "Snapshot"]
    found = {}
    for name in names:
        rows = [dict(row) for row in getattr(models, name).objects.order_by("pk").values()]
        for row in rows:
            for key in ("id", "programme_id"):
                if name in ("ProgrammePeriod", "Indicator") and key in row:
                    row.pop(key)
        found[name] = sorted(rows, key=str)
    return found


def test_everything_told_again_changes_nothing(world, summary, activity) -> None:
    spend(activity("MRS-005"))
    world.deliver()
    before = everything()
    world.deliver(redeliver=True)
    assert everything() == before
    assert not world.dead_letters()


def test_a_rebuild_equals_what_was_kept_all_along(world, summary, activity) -> None:
    spend(activity("MRS-005"))
    transfer_budget(
        actor=actors.budget_holder(),
        from_activity=activity("MRS-012").id,
        from_school_year="2023-2024",
        to_activity=activity("MRS-002").id,
        to_school_year="2024-2025",
        amount_cents=100000,
        reason="low_demand",
    )
    world.deliver()
    before, figures = everything(), [summary(code) for code in CODES]
    said = world.said("reporting")
    tally = replay(SUBSCRIPTIONS)
    assert tally["handled"] == models.JournalEntry.objects.count()
    assert everything() == before
    assert [summary(code).facts.last_change_at for code in CODES] == [one.facts.last_change_at for one in figures]
    assert world.said("reporting") == said
