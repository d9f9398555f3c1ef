"""Sheets from the bytes to the register: good rows in, bad rows wait, the same file twice changes nothing."""

import pytest
from tests.intake.domain.sheet_world import CLEAN, MESSY

from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound
from coordination.testing import actors
from coordination.testing.clock import today_is
from intake.commands import upload_activities, upload_rows
from intake.commands import uploads as commands
from intake.models import Activity, LedgerLine, OutboxEntry, Partner, Upload, UploadRow

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("copies")]


def send(actor=None, content: bytes = b"", name: str = "activiteiten.csv") -> Upload:
    return commands.receive_upload(actor=actor or actors.administrator(), filename=name, content=content)


def take_over(actor=None, content: bytes = b"", name: str = "activiteiten.csv") -> Upload:
    upload = send(actor, content, name)
    return commands.confirm_upload(actor=actor or actors.administrator(), upload_id=upload.id)


def counts(upload: Upload) -> tuple[int, int, int]:
    outcomes = list(upload.rows.values_list("outcome", flat=True))
    assert len(outcomes) == sum(outcomes.count(one) for one in ("accepted", "quarantined", "skipped"))
    return outcomes.count("accepted"), outcomes.count("quarantined"), outcomes.count("skipped")


def sheet(*rows: str, heading: str = "") -> bytes:
    heading = heading or (
        "Activiteitnummer;Gemeentecode;Titel activiteit;Soort maatregel;BRIN-nummers;Partners;Startdatum;Einddatum;"
        "Totaal budget;Budget 2021-2022;Budget 2022-2023;Budget 2023-2024;Budget 2024-2025;Status"
    )
    return "\r\n".join([heading, *rows]).encode()


def line(
    number: str = "MRS-101", *, code="9901", title="Huiswerkklas", brin="90AA", partners="", total="100,00"
) -> str:
    return f"{number};{code};{title};Zomerschool;{brin};{partners};01-10-2021;31-07-2025;{total};;;;;In uitvoering"


def test_the_messy_sheet_of_the_administrator() -> None:
    upload = take_over(content=MESSY.read_bytes())
    assert counts(upload) == (16, 13, 2)
    assert sum(Activity.objects.values_list("total_cents", flat=True)) == 250_625_280
    assert sum(upload.rows.filter(outcome="accepted").values_list("total_cents", flat=True)) == 250_625_280
    assert Activity.objects.count() == upload.rows.filter(activity_id__isnull=False).count() == 16


def test_nothing_is_registered_before_confirming() -> None:
    said = OutboxEntry.objects.count()
    upload = send(content=MESSY.read_bytes())
    assert counts(upload) == (16, 13, 2)
    assert not Activity.objects.exists() and OutboxEntry.objects.count() == said


def test_the_clean_sheet_of_the_administrator() -> None:
    assert counts(take_over(content=CLEAN.read_bytes())) == (30, 0, 0)
    assert sum(Activity.objects.values_list("total_cents", flat=True)) == 467_363_930


def test_an_officer_takes_over_her_own_rows_and_the_others_wait_without_a_word_more() -> None:
    upload = take_over(actors.officer("9901"), CLEAN.read_bytes())
    assert counts(upload) == (13, 17, 0)
    waiting = upload.rows.filter(outcome="quarantined")
    assert {finding["code"] for row in waiting for finding in row.findings} == {"other-municipality"}
    assert set(Activity.objects.values_list("municipality", flat=True)) == {"9901"}


@pytest.mark.parametrize("path", [CLEAN, MESSY])
def test_the_same_file_twice_changes_nothing(path) -> None:
    take_over(content=path.read_bytes())
    before = (
        sorted(Activity.objects.values_list("id", "version")),
        LedgerLine.objects.count(),
        OutboxEntry.objects.count(),
        sorted(UploadRow.objects.filter(activity_id__isnull=False).values_list("activity_id", flat=True)),
    )
    again = take_over(content=path.read_bytes(), name="nog een keer.csv")
    assert before == (
        sorted(Activity.objects.values_list("id", "version")),
        LedgerLine.objects.count(),
        OutboxEntry.objects.count(),
        sorted(UploadRow.objects.filter(activity_id__isnull=False).values_list("activity_id", flat=True)),
    )
    assert counts(again) == ((0, 0, 30) if path is CLEAN else (0, 13, 18))
    reasons = set(again.rows.filter(outcome="skipped").values_list("reason", flat=True))
    assert reasons == ({"unchanged"} if path is CLEAN else {"unchanged", "empty-row", "total-row"})


def test_confirming_twice_registers_once() -> None:
    upload = take_over(content=CLEAN.read_bytes())
    said = OutboxEntry.objects.count()
    commands.confirm_upload(actor=actors.administrator(), upload_id=upload.id)
    assert Activity.objects.count() == 30 and OutboxEntry.objects.count() == said


def test_rows_that_waited_and_are_sent_again_replace_themselves() -> None:
    first = take_over(content=MESSY.read_bytes())
    second = send(content=MESSY.read_bytes())
    assert counts(first) == (16, 0, 15)
    assert set(first.rows.filter(outcome="skipped").values_list("reason", flat=True)) == {
        "replaced",
        "empty-row",
        "total-row",
    }
    assert counts(second) == (0, 13, 18)
    assert UploadRow.objects.filter(outcome="quarantined").count() == 13


def test_a_repaired_row_in_another_file_replaces_the_one_that_waited() -> None:
    first = send(content=sheet(line("MRS-101", brin="99ZZ")))
    assert counts(first) == (0, 1, 0)
    second = send(content=sheet(line("MRS-101", brin="90AB")))
    assert counts(first) == (0, 0, 1) and counts(second) == (1, 0, 0)


def test_another_municipality_does_not_replace_the_rows_that_wait_here() -> None:
    first = send(actors.officer("9901"), sheet(line("MRS-101", brin="99ZZ")))
    send(actors.officer("9902"), sheet(line("MRS-101", brin="99ZZ")))
    assert counts(first) == (0, 1, 0)


def test_a_number_that_exists_with_other_content_waits_until_someone_chooses(register) -> None:
    register(number="MRS-101", title="Iets heel anders", total_cents=5_000_00)
    upload = take_over(content=sheet(line("MRS-101")))
    assert counts(upload) == (0, 1, 0)
    assert [one["code"] for one in upload.rows.get().findings] == ["number-exists"]
    assert Activity.objects.count() == 1


def test_the_same_as_what_is_registered_by_hand_is_unchanged(register) -> None:
    take_over(content=CLEAN.read_bytes())
    UploadRow.objects.all().delete()
    upload = send(content=CLEAN.read_bytes())
    assert counts(upload) == (0, 0, 30)


def test_one_bad_row_never_blocks_the_rest() -> None:
    upload = take_over(content=sheet(line("MRS-101"), line("MRS-102", brin="99ZZ", title="Tweede"), "rommel"))
    assert counts(upload) == (1, 2, 0)
    assert Activity.objects.get().number == "MRS-101"


def test_new_partners_are_not_held_against_a_row_and_are_proposed_once() -> None:
    rows = sheet(
        line("MRS-101", partners="Wijkwerkplaats De Zeef"),
        line("MRS-102", title="Anders", partners="Wijkwerkplaats De Zeef, Jeugdhulp De Steiger", total="200,00"),
    )
    upload = take_over(content=rows)
    assert counts(upload) == (2, 0, 0)
    assert not any(row.findings for row in upload.rows.all())
    assert Partner.objects.filter(registered=False).values_list("name", flat=True).get() == "Wijkwerkplaats De Zeef"
    proposed = OutboxEntry.objects.filter(type="nl.coordination.organisations.proposed.v1")
    assert proposed.count() == 1


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


# Who may


def test_others_may_not() -> None:
    with pytest.raises(Forbidden):
        send(actors.council_member("9901"), CLEAN.read_bytes())
    upload = send(actors.officer("9901"), CLEAN.read_bytes())
    for other in (actors.officer("9902"), actors.council_member("9901"), actors.budget_holder("9901")):
        for act in (commands.confirm_upload, upload_rows.repair_rows):
            more = {"repairs": {2: {"values": {"title": "x"}}}} if act is upload_rows.repair_rows else {}
            with pytest.raises(NotFound):
                act(actor=other, upload_id=upload.id, **more)
    with pytest.raises(NotFound):
        commands.confirm_upload(actor=actors.administrator(), upload_id="geen id")
    house = send(content=CLEAN.read_bytes())
    with pytest.raises(NotFound):
        commands.confirm_upload(actor=actors.officer("9901"), upload_id=house.id)


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        commands.receive_upload(
            actor=actors.administrator(), filename="x.csv", content=CLEAN.read_bytes(), bytes_limit=1000
        )
    assert caught.value.problems[0].code == "file-too-large"
    assert not Upload.objects.exists()


# Broken off in the middle


def test_broken_off_in_the_middle_and_sent_again_ends_as_undisturbed(monkeypatch) -> None:
    upload = send(content=CLEAN.read_bytes())
    register = upload_activities.register_activity
    done = []

    def breaks_at_the_tenth(**given):
        if len(done) == 10:
            raise RuntimeError("stroom weg")
        done.append(1)
        return register(**given)

    monkeypatch.setattr(upload_activities, "register_activity", breaks_at_the_tenth)
    with pytest.raises(RuntimeError):
        commands.confirm_upload(actor=actors.administrator(), upload_id=upload.id)
    assert len(done) == 10 and not Activity.objects.exists()
    assert not upload.rows.filter(activity_id__isnull=False).exists()
    monkeypatch.undo()
    again = take_over(content=CLEAN.read_bytes())
    assert counts(again) == (30, 0, 0)
    assert sum(Activity.objects.values_list("total_cents", flat=True)) == 467_363_930
    commands.confirm_upload(actor=actors.administrator(), upload_id=upload.id)
    assert Activity.objects.count() == 30
    assert counts(upload) == (0, 0, 30)


def test_a_row_the_register_refuses_waits_with_that_reason(monkeypatch) -> None:
    upload = send(content=sheet(line("MRS-101"), line("MRS-102", title="Tweede", total="200,00")))
    register = upload_activities.register_activity

    def refuses_one(**given):
        if given["number"] == "MRS-101":
            raise Conflict("Het nummer MRS-101 bestaat al in deze gemeente.")
        return register(**given)

    monkeypatch.setattr(upload_activities, "register_activity", refuses_one)
    commands.confirm_upload(actor=actors.administrator(), upload_id=upload.id)
    assert counts(upload) == (1, 1, 0)
    assert [one["code"] for one in upload.rows.get(row=2).findings] == ["refused"]


def test_the_day_of_the_house_decides_what_lies_in_the_future() -> None:
    heading = (
        "Activiteitnummer;Gemeentecode;Titel activiteit;Soort maatregel;Startdatum;Einddatum;Totaal budget;Status;"
        "Besteed t/m peildatum;Peildatum"
    )
    row = "MRS-101;9901;Klas;Zomerschool;01-10-2021;31-07-2025;100,00;In uitvoering;10,00;31-01-2025"
    upload = send(content=sheet(row, heading=heading))
    assert [one["code"] for one in upload.rows.get().findings] == ["reference-date-in-future"]
    with today_is("2025-02-01"):
        later = send(content=sheet(row, heading=heading))
    assert later.rows.get().findings == []


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


def test_the_same_upload_sent_twice_by_a_double_click_is_one_upload() -> None:
    from coordination.contracts.identifiers import new_id

    key = new_id()
    for _ in range(2):
        upload = commands.receive_upload(
            actor=actors.administrator(), filename="x.csv", content=CLEAN.read_bytes(), upload_id=key
        )
    assert upload.id == key and Upload.objects.count() == 1 and counts(upload) == (30, 0, 0)
    with pytest.raises(NotFound):
        commands.receive_upload(
            actor=actors.officer("9901"), filename="x.csv", content=CLEAN.read_bytes(), upload_id=key
        )
