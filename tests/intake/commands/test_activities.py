from datetime import date
from uuid import uuid4

import pytest

from coordination.contracts import catalogue
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import ActivityChanged, ActivityRegistered, ActivityWithdrawn, Indicator
from coordination.contracts.refusals import Conflict, Forbidden, NotFound, Outdated
from coordination.testing import actors
from intake.commands.activities import register_activity
from intake.commands.changes import change_activity, withdraw_activity
from intake.models import Activity, OutboxEntry
from intake.queries.activities import row

pytestmark = pytest.mark.django_db(databases="__all__")


def said(kind: type) -> list:
    found = OutboxEntry.objects.filter(type=kind.TYPE).order_by("number")
    return [catalogue.event_from(Envelope.from_json(one.message)) for one in found]


def test_five_fields_are_enough(register) -> None:
    officer = actors.officer()
    activity = register(actor=officer, total_cents=100_00)
    assert (activity.number, activity.status, activity.phasing_state) == ("MRS-001", "draft", "draft")
    assert activity.owner == officer.account_id
    event = said(ActivityRegistered)[0]
    assert event.activity_id == activity.id and event.municipality == "9901"
    assert [(line.kind, line.school_year, line.amount_cents) for line in event.lines] == [("plan", None, 100_00)]
    assert Envelope.from_json(OutboxEntry.objects.latest("number").message).actingrole == "policy_officer"


def test_the_number_is_the_next_one_of_the_municipality(register) -> None:
    register(number="MRS-013")
    assert register().number == "MRS-014"
    assert register(municipality="9902", actor=actors.officer("9902")).number == "DKM-001"


def test_two_activities_cannot_have_one_number(register) -> None:
    register(number="MRS-007")
    with pytest.raises(Conflict):
        register(number=" mrs-007 ")
    assert Activity.objects.count() == 1


def test_everything_that_is_wrong_is_said_at_once(register, refused) -> None:
    codes = refused(
        register,
        title=" ",
        measure_type="",
        starts_on=date(2026, 1, 1),
        ends_on=date(2025, 7, 31),
        total_cents=-1,
        goal="a\0b",
        sectors=["po", "zz"],
        schools=[uuid4()],
        indicator=Indicator(name="", value="veel"),
    )
    assert set(codes) == {
        "required",
        "text-control-character",
        "measure-type-missing",
        "year-outside-programme",
        "end-before-start",
        "amount-negative",
        "value-unknown",
        "school-unknown",
        "number-invalid",
    }
    assert not Activity.objects.exists() and not said(ActivityRegistered)


def test_a_title_of_121_signs_is_too_long_and_of_120_is_not(register, refused) -> None:
    assert refused(register, title="a" * 121) == ["text-too-long"]
    assert register(title="ا" * 120).title == "ا" * 120


def test_a_final_phasing_must_add_up_to_the_cent(register, refused) -> None:
    phasing = {"2021-2022": 50_00, "2022-2023": 50_01}
    assert refused(register, total_cents=100_00, phasing=phasing, phasing_state="final") == ["sum-mismatch"]
    found = register(total_cents=100_00, phasing=phasing)
    picture = row(actor=actors.officer(), activity_id=found.id).picture
    assert picture.undivided.planned == -1
    assert picture.total.planned == 100_00


def test_spending_up_to_a_date_has_no_year(phased) -> None:
    found = row(actor=actors.officer(), activity_id=phased().id)
    assert found.picture.undivided.realised == found.total.realised == 7_148_000
    assert all(found.figures(year).realised is None for year in ("2021-2022", "2024-2025"))
    assert found.total.remaining == 11_875_000 - 7_148_000
    assert found.activity.reported_on == date(2024, 12, 31)


def test_spending_up_to_a_date_needs_that_date(register, refused) -> None:
    assert refused(register, spent_until_cents=5) == ["required"]


def test_the_same_id_is_the_same_registration(register) -> None:
    key = new_id()
    assert register(activity_id=key).id == register(activity_id=key).id == key
    assert len(said(ActivityRegistered)) == 1


def test_another_municipality_is_not_there(basis, register) -> None:
    for stranger in (actors.officer("9902"), actors.coordinator(uuid4()), actors.partner(uuid4())):
        with pytest.raises(NotFound):
            register(actor=stranger)
    with pytest.raises(NotFound):
        register(municipality="0000", actor=actors.administrator())


@pytest.mark.parametrize("who", [actors.council_member, actors.budget_holder])
def test_only_a_policy_officer_registers(register, who) -> None:
    with pytest.raises(Forbidden):
        register(actor=who())


def test_the_administrator_registers_for_every_municipality(register) -> None:
    assert register(actor=actors.administrator(), municipality="9904").number == "SCB-001"


def test_an_owner_is_unknown_when_it_came_from_a_sheet(register) -> None:
    assert register(origin={"upload": str(uuid4()), "row": 7}).owner is None


def test_a_name_nobody_registered_is_proposed_once(register) -> None:
    first = register(partners=["Bibliotheek Merenrand", "bibliotheek  merenrand"])
    second = register(partners=["Bibliotheek Merenrand"])
    assert first.partners == second.partners and len(first.partners) == 1
    assert OutboxEntry.objects.filter(topic="intake.organisations").count() == 1


def test_notes_and_names_of_people_never_travel(register) -> None:
    register(note="Vacature van mevrouw De Vries", actor=actors.actor("policy_officer", "9901", name="M. Yilmaz"))
    said_since = OutboxEntry.objects.filter(topic="intake.activities")
    assert said_since.exists()
    for entry in said_since:
        assert "De Vries" not in entry.message and "Yilmaz" not in entry.message


def test_a_change_tells_the_whole_description(register) -> None:
    activity = register()
    changed = change_activity(
        actor=actors.officer(), activity_id=activity.id, version=1, title="Voorlezen thuis", target_groups=["parents"]
    )
    assert (changed.title, changed.version, changed.goal) == ("Voorlezen thuis", 2, "")
    event = said(ActivityChanged)[0]
    assert event.details.title == "Voorlezen thuis" and event.details.target_groups == ("parents",)
    assert event.lines == ()


def test_a_changed_total_goes_to_the_undivided_part(phased) -> None:
    activity = phased()
    change_activity(actor=actors.officer(), activity_id=activity.id, version=1, total_cents=12_000_000)
    found = row(actor=actors.officer(), activity_id=activity.id)
    assert found.picture.undivided.planned == 125_000
    assert found.total.planned == found.activity.total_cents == 12_000_000
    assert found.activity.phasing_state == "draft"


def test_two_people_changing_the_same_see_both_versions(register) -> None:
    activity = register()
    change_activity(actor=actors.officer(), activity_id=activity.id, version=1, title="De eerste")
    with pytest.raises(Outdated) as caught:
        change_activity(actor=actors.officer(), activity_id=activity.id, version=1, title="De tweede")
    assert caught.value.yours == {"title": "De tweede"}
    assert caught.value.current == {"title": "De eerste"}
    assert caught.value.version == 2


def test_a_change_that_changes_nothing_says_nothing(register) -> None:
    activity = register()
    change_activity(actor=actors.officer(), activity_id=activity.id, version=1, title=activity.title)
    assert not said(ActivityChanged)


def test_a_double_click_on_a_change_is_one_change(register) -> None:
    activity, act = register(), new_id()
    for _ in range(2):
        change_activity(actor=actors.officer(), activity_id=activity.id, act_id=act, title="Nieuw")
    assert len(said(ActivityChanged)) == 1


def test_withdrawing_reverses_every_line(phased) -> None:
    activity = phased()
    withdraw_activity(actor=actors.officer(), activity_id=activity.id, reason="registered_twice")
    activity.refresh_from_db()
    assert activity.withdrawn and activity.total_cents == 0
    assert sum(line.amount_cents for line in activity.lines.all()) == 0
    assert said(ActivityWithdrawn)[0].reason == "registered_twice"
    with pytest.raises(Conflict):
        change_activity(actor=actors.officer(), activity_id=activity.id, title="Toch niet")


def test_withdrawing_needs_a_reason_of_its_list(register, refused) -> None:
    activity = register()
    act = {"actor": actors.officer(), "activity_id": activity.id}
    assert refused(withdraw_activity, **act, reason="") == ["reason-missing"]
    assert refused(withdraw_activity, **act, reason="illness") == ["reason-unknown"]


def test_an_officer_of_elsewhere_cannot_find_it(register) -> None:
    activity = register()
    with pytest.raises(NotFound):
        change_activity(actor=actors.officer("9902"), activity_id=activity.id, title="Van ons")
    with pytest.raises(NotFound):
        withdraw_activity(actor=actors.coordinator(uuid4()), activity_id=activity.id, reason="registered_twice")


def test_without_a_basis_there_is_no_municipality() -> None:
    with pytest.raises(NotFound):
        register_activity(
            actor=actors.officer(),
            municipality="9901",
            title="x",
            measure_type="tutoring",
            starts_on=date(2022, 1, 1),
            ends_on=date(2022, 2, 1),
            total_cents=1,
        )
