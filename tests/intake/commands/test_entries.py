from datetime import date

import pytest

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Forbidden, NotFound
from coordination.testing import actors
from intake.commands.entries import divide_spending, record_entry, record_spent_until
from intake.models import LedgerLine, OutboxEntry
from intake.models.ledger import AppendOnly
from intake.queries.activities import row

pytestmark = pytest.mark.django_db(databases="__all__")
OFFICER = actors.officer()
SPENDING = {
    "actor": OFFICER,
    "kind": "spending",
    "dated_on": date(2025, 1, 10),
    "amount_cents": 100_00,
    "funding_source": "np_onderwijs",
}


def figures(activity):
    return row(actor=OFFICER, activity_id=activity.id)


def test_a_dated_spending_counts_in_its_year_and_in_the_total(phased) -> None:
    activity = phased()
    record_entry(activity_id=activity.id, **SPENDING)
    found = figures(activity)
    assert found.figures("2024-2025").realised == 100_00
    assert found.picture.undivided.realised == 7_148_000
    assert found.total.realised == 7_148_000 + 100_00


def test_july_2021_is_inside_the_window(register) -> None:
    acted = record_entry(activity_id=register().id, **(SPENDING | {"dated_on": date(2021, 7, 1)}))
    assert acted.lines[0].school_year == "2021-2022"


@pytest.mark.parametrize("day", [date(2021, 6, 30), date(2025, 8, 1)])
def test_a_day_outside_the_window_is_refused(register, refused, day) -> None:
    activity = register()
    assert refused(record_entry, activity_id=activity.id, **(SPENDING | {"dated_on": day})) == [
        "year-outside-programme"
    ]


def test_a_date_after_today_is_taken_with_a_warning(register) -> None:
    acted = record_entry(activity_id=register().id, **(SPENDING | {"dated_on": date(2025, 3, 1)}))
    assert len(acted.warnings) == 1 and "14 januari 2025" in acted.warnings[0]


def test_spending_more_than_planned_is_a_warning(register) -> None:
    acted = record_entry(activity_id=register(total_cents=99_00).id, **SPENDING)
    assert "1,00" in acted.warnings[0]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount_cents": 0}, "amount-zero"),
        ({"amount_cents": -5}, "amount-negative"),
        ({"amount_cents": 10**13 + 1}, "amount-too-large"),
        ({"kind": "correction", "amount_cents": 0}, "amount-zero"),
        ({"kind": "gift"}, "kind-unknown"),
        ({"funding_source": "spaarpot"}, "funding-source-unknown"),
        ({"school_year": "2023-2024"}, "school-year-mismatch"),
        ({"reason": "zomaar"}, "reason-unknown"),
        ({"dated_on": None}, "required"),
    ],
)
def test_an_entry_that_cannot_be_meant_is_refused(register, refused, wrong, code) -> None:
    activity = register()
    before = LedgerLine.objects.count()
    assert refused(record_entry, activity_id=activity.id, **(SPENDING | wrong)) == [code]
    assert LedgerLine.objects.count() == before


def test_a_commitment_counts_in_full_and_is_no_spending(phased) -> None:
    activity = phased()
    record_entry(activity_id=activity.id, **(SPENDING | {"kind": "commitment", "dated_on": date(2024, 9, 1)}))
    found = figures(activity)
    assert found.total.committed == found.figures("2024-2025").committed == 100_00
    assert found.total.realised == 7_148_000


def test_a_correction_is_spending_with_a_sign(register) -> None:
    activity = register()
    record_entry(activity_id=activity.id, **SPENDING)
    record_entry(activity_id=activity.id, **(SPENDING | {"kind": "correction", "amount_cents": -40_00}))
    assert figures(activity).total.realised == 60_00


@pytest.mark.parametrize("day", [date(2024, 11, 1), date(2024, 12, 31)])
def test_an_entry_up_to_the_reference_date_must_say_which_is_meant(phased, refused, day) -> None:
    activity = phased()
    old = SPENDING | {"dated_on": day}
    assert refused(record_entry, activity_id=activity.id, **old) == ["divides-cumulative-unclear"]


def test_an_older_entry_may_come_on_top(phased) -> None:
    activity = phased()
    record_entry(activity_id=activity.id, divides_cumulative=False, **(SPENDING | {"dated_on": date(2024, 11, 1)}))
    assert figures(activity).total.realised == 7_148_000 + 100_00


def test_an_older_entry_may_be_part_of_what_was_known(phased) -> None:
    activity = phased()
    acted = record_entry(
        activity_id=activity.id, divides_cumulative=True, **(SPENDING | {"dated_on": date(2023, 9, 1)})
    )
    found = figures(activity)
    assert sum(line.amount_cents for line in acted.lines) == 0
    assert found.total.realised == 7_148_000
    assert found.figures("2023-2024").realised == 100_00
    assert found.picture.undivided.realised == 7_148_000 - 100_00
    assert OutboxEntry.objects.latest("number").type == "nl.coordination.activities.spending-divided.v1"


def test_no_more_can_be_divided_than_there_is(phased, refused) -> None:
    activity = phased()
    big = SPENDING | {"dated_on": date(2024, 1, 1), "amount_cents": 7_148_001}
    assert refused(record_entry, activity_id=activity.id, divides_cumulative=True, **big) == ["exceeds-undivided"]
    assert refused(divide_spending, actor=OFFICER, activity_id=activity.id, parts={"2021-2022": 7_148_001}) == [
        "exceeds-undivided"
    ]


def test_dividing_sums_to_zero_and_changes_no_total(phased) -> None:
    activity = phased()
    parts = {"2021-2022": 1_000_000, "2022-2023": 6_148_000}
    acted = divide_spending(actor=OFFICER, activity_id=activity.id, parts=parts)
    found = figures(activity)
    assert sum(line.amount_cents for line in acted.lines) == 0
    assert [found.figures(year).realised for year in ("2021-2022", "2022-2023", "2023-2024", None)] == [
        1_000_000,
        6_148_000,
        None,
        0,
    ]
    assert found.total.realised == 7_148_000


def test_what_was_divided_can_be_brought_back_and_no_more(phased, refused) -> None:
    activity = phased()
    act = {"actor": OFFICER, "activity_id": activity.id}
    divide_spending(**act, parts={"2021-2022": 500})
    assert refused(divide_spending, **act, parts={"2021-2022": -501}) == ["exceeds-divided"]
    divide_spending(**act, parts={"2021-2022": -500})
    assert figures(activity).figures("2021-2022").realised == 0
    assert figures(activity).picture.undivided.realised == 7_148_000


@pytest.mark.parametrize(
    ("parts", "code"),
    [({}, "required"), ({"2021-2022": 0}, "required"), ({"2029-2030": 5}, "year-outside-programme")],
)
def test_a_division_that_cannot_be_meant_is_refused(phased, refused, parts, code) -> None:
    assert refused(divide_spending, actor=OFFICER, activity_id=phased().id, parts=parts) == [code]


def test_once_all_is_divided_an_older_entry_adds(phased) -> None:
    activity = phased()
    divide_spending(actor=OFFICER, activity_id=activity.id, parts={"2023-2024": 7_148_000})
    record_entry(activity_id=activity.id, **(SPENDING | {"dated_on": date(2024, 1, 1)}))
    assert figures(activity).total.realised == 7_148_000 + 100_00


def test_a_newer_reference_date_books_the_difference(phased) -> None:
    activity = phased()
    acted = record_spent_until(
        actor=OFFICER, activity_id=activity.id, amount_cents=7_500_000, reference_date=date(2025, 1, 13)
    )
    assert [line.amount_cents for line in acted.lines] == [352_000]
    found = figures(activity)
    assert found.total.realised == 7_500_000 and found.until.reference_date == date(2025, 1, 13)


def test_a_newer_amount_holds_the_dated_entries_before_it(phased) -> None:
    activity = phased()
    record_entry(activity_id=activity.id, **SPENDING)
    record_spent_until(actor=OFFICER, activity_id=activity.id, amount_cents=7_500_000, reference_date=date(2025, 1, 13))
    assert figures(activity).total.realised == 7_500_000


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2023, 1, 1)])
def test_an_older_reference_date_is_refused(phased, refused, day) -> None:
    assert refused(record_spent_until, actor=OFFICER, activity_id=phased().id, amount_cents=1, reference_date=day) == [
        "reference-date-not-newer"
    ]


def test_a_double_click_books_once(register) -> None:
    activity, act = register(), new_id()
    one = record_entry(activity_id=activity.id, act_id=act, **SPENDING)
    two = record_entry(activity_id=activity.id, act_id=act, **SPENDING)
    assert one.act.id == two.act.id == act
    assert figures(activity).total.realised == 100_00


def test_a_form_of_another_activity_cannot_be_reused(register) -> None:
    act = new_id()
    record_entry(activity_id=register().id, act_id=act, **SPENDING)
    with pytest.raises(Conflict):
        record_entry(activity_id=register().id, act_id=act, **SPENDING)


def test_who_may_book(register) -> None:
    activity = register()
    for who in (actors.budget_holder(), actors.administrator()):
        record_entry(activity_id=activity.id, **(SPENDING | {"actor": who}))
    with pytest.raises(Forbidden):
        record_entry(activity_id=activity.id, **(SPENDING | {"actor": actors.council_member()}))
    for stranger in (actors.officer("9902"), actors.coordinator(new_id())):
        with pytest.raises(NotFound):
            record_entry(activity_id=activity.id, **(SPENDING | {"actor": stranger}))


def test_nothing_in_the_ledger_can_be_changed_or_removed(register) -> None:
    line = register().lines.get()
    with pytest.raises(AppendOnly):
        line.save()
    with pytest.raises(AppendOnly):
        line.delete()
    with pytest.raises(AppendOnly):
        line.act.delete()
