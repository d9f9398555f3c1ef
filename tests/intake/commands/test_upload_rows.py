"""Rows that wait: repaired on screen, judged again, chosen about, or proposed to the register."""

import pytest
from tests.intake.commands.sending import counts, line, send, sheet, take_over
from tests.intake.domain.sheet_world import CLEAN, MESSY

from coordination.contracts.refusals import Conflict, Invalid, NotFound
from coordination.testing import actors
from intake.commands import upload_rows
from intake.commands import uploads as commands
from intake.models import Activity, OutboxEntry

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("copies")]

# Repairing on screen

REPAIRS = {
    3: {"values": {"phasing.2024-2025": "120000,00"}},
    4: {"values": {"measureType": "Activiteiten op het gebied van sport, cultuur en techniek"}},
    11: {"values": {"schools": "90AD, 90AH"}},
    12: {"values": {"endsOn": "31-07-2025", "phasing.2025-2026": ""}},
    24: {"values": {"totalCents": "", "note": ""}},
    25: {"choice": "swap-dates"},
    30: {"values": {"title": "Inloop"}},
    6: {"choice": "leave-out"},
    20: {"choice": "same-activity"},
}


def test_rows_are_repaired_on_screen_and_taken_over_with_the_rest() -> None:
    upload = take_over(content=MESSY.read_bytes())
    upload_rows.repair_rows(actor=actors.administrator(), upload_id=upload.id, repairs=REPAIRS)
    left = {row.row for row in upload.rows.filter(outcome="quarantined")}
    assert left == {10, 22, 23, 29}
    commands.confirm_upload(actor=actors.administrator(), upload_id=upload.id)
    assert Activity.objects.count() == 16 + len(REPAIRS) - 2
    assert counts(upload)[2] == 4
    assert dict(upload.rows.filter(row__in=(6, 20)).values_list("row", "reason")) == {
        6: "left-out",
        20: "same-activity",
    }


def test_a_second_activity_that_looks_alike_is_taken_over_when_someone_says_so() -> None:
    upload = take_over(content=MESSY.read_bytes())
    row = upload_rows.repair_row(actor=actors.administrator(), upload_id=upload.id, row=20, choice="second-activity")
    assert row.outcome == "accepted"
    commands.confirm_upload(actor=actors.administrator(), upload_id=upload.id)
    assert Activity.objects.filter(municipality="9902", number__in=("DKM-004", "DKM-04")).count() == 2


def test_a_choice_can_be_taken_back() -> None:
    upload = send(content=MESSY.read_bytes())
    upload_rows.repair_row(actor=actors.administrator(), upload_id=upload.id, row=6, choice="leave-out")
    assert counts(upload) == (16, 12, 3)
    upload_rows.repair_row(actor=actors.administrator(), upload_id=upload.id, row=6, choice="")
    assert counts(upload) == (16, 13, 2)


@pytest.mark.parametrize(
    ("repair", "code"),
    [
        ({"values": {"geheim": "1"}}, "unknown-field"),
        ({"values": {"title": "x" * 10_001}}, "text-too-long"),
        ({"choice": "weg ermee"}, "choice-unknown"),
        ({"joined": 900}, "place-unknown"),
        ({"joined": -1}, "place-unknown"),
    ],
)
def test_a_repair_that_cannot_be_is_refused(repair, code, refused) -> None:
    upload = send(content=MESSY.read_bytes())
    given = {"actor": actors.administrator(), "upload_id": upload.id, "row": 4, **repair}
    assert refused(upload_rows.repair_row, **given) == [code]


def test_a_row_taken_over_is_no_longer_repaired_here() -> None:
    upload = take_over(content=CLEAN.read_bytes())
    with pytest.raises(Conflict):
        upload_rows.repair_row(actor=actors.administrator(), upload_id=upload.id, row=2, values={"title": "Nieuw"})
    with pytest.raises(NotFound):
        upload_rows.repair_row(actor=actors.administrator(), upload_id=upload.id, row=500, values={"title": "Nieuw"})


# Judged again


def test_a_row_that_waits_for_a_school_is_ready_once_the_copy_arrives() -> None:
    from coordination.contracts import matching
    from coordination.contracts.identifiers import new_id
    from intake.projections.organisations import school_registered

    upload = take_over(content=sheet(line("MRS-101", brin="99ZZ")))
    assert counts(upload) == (0, 1, 0)
    event = matching.SchoolRegistered(
        school_id=new_id(),
        brin="99ZZ",
        location_code="99ZZ00",
        name="De Nieuwe School",
        school_types=("basisschool",),
        municipality="9901",
    )
    school_registered(event, None)
    commands.confirm_upload(actor=actors.administrator(), upload_id=upload.id)
    assert counts(upload) == (1, 0, 0)
    assert Activity.objects.get().schools == [str(event.school_id)]


# Choosing


def waiting_update(register):
    """An activity registered by hand, and a sheet that says otherwise about it."""
    activity = register(
        number="MRS-101",
        title="Huiswerkklas",
        measure_type="home_reading_support",
        total_cents=500_00,
        goal="Rust in de klas",
        phasing={"2021-2022": 100_00, "2022-2023": 200_00, "2023-2024": 200_00, "2024-2025": 0},
        phasing_state="final",
    )
    row = "MRS-101;9901;Huiswerkklas;Zomerschool;90AA;;01-10-2021;31-07-2025;{};In uitvoering"
    return activity, row


def test_a_row_is_taken_over_as_a_change_when_someone_says_so(register) -> None:
    activity, row = waiting_update(register)
    upload = take_over(content=sheet(row.format("600,00;100,00;200,00;200,00;100,00")))
    assert counts(upload) == (0, 1, 0)
    upload_rows.repair_row(actor=actors.administrator(), upload_id=upload.id, row=2, choice="update")
    assert counts(upload) == (1, 0, 0)
    commands.confirm_upload(actor=actors.administrator(), upload_id=upload.id)
    assert counts(upload) == (1, 0, 0)
    activity.refresh_from_db()
    assert Activity.objects.count() == 1
    assert (activity.total_cents, activity.phasing_state, activity.measure_type) == (600_00, "final", "summer_school")
    assert activity.goal == "Rust in de klas"
    plan = activity.lines.filter(kind="plan")
    assert sum(line.amount_cents for line in plan) == 600_00
    assert sum(line.amount_cents for line in plan if line.school_year == "2024-2025") == 100_00


def test_a_change_of_a_final_plan_waits_for_a_reason(register) -> None:
    activity, row = waiting_update(register)
    upload = take_over(content=sheet(row.format("500,00;0,00;200,00;200,00;100,00")))
    asker = {"actor": actors.administrator(), "upload_id": upload.id}
    upload_rows.repair_row(**asker, row=2, choice="update")
    commands.confirm_upload(**asker)
    assert counts(upload) == (0, 1, 0)
    assert [one["code"] for one in upload.rows.get().findings if one["level"] == "error"] == ["reason-missing"]
    activity.refresh_from_db()
    assert activity.measure_type == "home_reading_support"
    upload_rows.repair_row(**asker, row=2, values={"changeReason": "low_demand"})
    commands.confirm_upload(**asker)
    assert counts(upload) == (1, 0, 0)
    assert activity.acts.get(kind="rephase").reason == "low_demand"


def test_an_unknown_school_is_proposed_once_and_the_row_goes_on_waiting() -> None:
    upload = send(content=sheet(line("MRS-101", brin="90AA, 99ZZ"), line("MRS-102", title="Anders", brin="99ZZ")))
    asker = {"actor": actors.administrator(), "upload_id": upload.id}
    upload_rows.propose_school(**asker, row=2, code="99zz", name="De Nieuwe School")
    upload_rows.propose_school(**asker, row=2, code="99ZZ", name="De Nieuwe School")
    upload_rows.propose_school(**asker, row=3, code="99ZZ", name="De Nieuwe School")
    said = OutboxEntry.objects.filter(type="nl.coordination.organisations.proposed.v1")
    assert said.count() == 1 and '"99ZZ"' in said.get().message and "school" in said.get().message
    assert counts(upload)[1] == 2
    for code, name, fault in (("90AA", "x", Conflict), ("98ZZ", "x", Conflict)):
        with pytest.raises(fault):
            upload_rows.propose_school(**asker, row=2, code=code, name=name)


def test_a_proposal_needs_a_name() -> None:
    upload = send(content=sheet(line("MRS-101", brin="99ZZ")))
    with pytest.raises(Invalid):
        upload_rows.propose_school(actor=actors.administrator(), upload_id=upload.id, row=2, code="99ZZ", name="  ")
