"""Sheets from the bytes to the register: good rows in, bad rows wait, the same file twice changes nothing."""

import pytest
from tests.intake.commands.sending import counts, line, send, sheet, take_over
from tests.intake.domain.sheet_world import CLEAN, MESSY

from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound
from coordination.testing import actors
from coordination.testing.clock import today_is
from intake.commands import upload_activities, upload_rows
from intake.commands import uploads as commands
from intake.models import Activity, LedgerLine, OutboxEntry, Partner, Upload, UploadRow

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("copies")]


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
