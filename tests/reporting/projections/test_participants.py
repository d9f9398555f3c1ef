"""Who takes part and what an activity is: joined, stopped, confirmed, heard too early, changed, withdrawn."""

from datetime import date

import pytest

from coordination.contracts import matching
from coordination.contracts.catalogue import entry_of
from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.events.unit_of_work import unit_of_work
from coordination.testing import actors
from intake.commands.activities import register_activity
from intake.commands.changes import change_activity, withdraw_activity
from matching.commands import participations
from matching.commands.offers import set_places
from matching.commands.partner_roles import confirm_role
from matching.models import PartnerRole, School
from reporting import models
from reporting.subscriptions import SUBSCRIPTIONS

pytestmark = pytest.mark.django_db(databases="__all__")


def hear(event) -> None:
    """One message of matching, twice, as the consumer would hand it over."""
    envelope = Envelope(
        id=str(new_id()), source="urn:test", type=entry_of(event).type, subject="x", time=recorded_now(), sequence=1
    )
    for _ in range(2):
        with unit_of_work("reporting"):
            for handler in SUBSCRIPTIONS.handlers_of(type(event)):
                handler(event, envelope)


def joined(summary, number: str) -> int:
    return next(row.schools for row in summary().rows if row.activity.number == number)


def kinds(summary) -> list[str]:
    return [change.kind for change in summary().lately.changes]


def test_a_school_that_joins_and_stops_counts_meanwhile(world, activity, summary) -> None:
    one, before = activity("MRS-001"), joined(summary, "MRS-001")
    set_places(actor=actors.officer(), activity=one.id, places=None)
    taking_part = models.Participation.objects.filter(activity_id=one.id).values_list("school_id", flat=True)
    school = School.objects.filter(municipality="9901").exclude(pk__in=list(taking_part)).earliest("name")
    asked = participations.request_participation(
        actor=actors.coordinator(school.pk), activity=one.id, school=school.pk, pupils=8
    )
    world.deliver()
    assert joined(summary, "MRS-001") == before and kinds(summary) == []
    participations.decide(actor=actors.officer(), participation=asked.pk, decision="accept")
    world.deliver()
    assert joined(summary, "MRS-001") == before + 1 and kinds(summary) == ["school-joined"]
    participations.withdraw(actor=actors.coordinator(school.pk), participation=asked.pk, reason="changed_need")
    world.deliver()
    assert joined(summary, "MRS-001") == before and kinds(summary) == ["school-withdrawn", "school-joined"]
    assert summary().lately.changes[0].reason == "changed_need"


def test_a_partner_that_confirms_is_told_once(world, summary) -> None:
    role = PartnerRole.objects.filter(activity__municipality="9901", state="named").earliest("pk")
    confirm_role(actor=actors.partner(role.partner_id), role=role.pk)
    world.deliver()
    world.deliver(redeliver=True)
    assert kinds(summary) == ["partner-confirmed"]
    assert models.PartnerRole.objects.get(pk=role.pk).state == "confirmed"


def test_a_participation_heard_before_its_school_shows_once_that_is_known(world, activity, summary) -> None:
    before, school = joined(summary, "MRS-001"), new_id()
    hear(
        matching.ParticipationChanged(
            participation_id=new_id(),
            activity_id=activity("MRS-001").id,
            school_id=school,
            municipality="9901",
            state="joined",
            origin="municipality",
            changed_at=recorded_now(),
        )
    )
    assert joined(summary, "MRS-001") == before
    hear(
        matching.SchoolRegistered(
            school_id=school,
            brin="97ZZ",
            location_code="97ZZ00",
            name="De Nieuwe Meent",
            school_types=("basisschool",),
            municipality="9901",
        )
    )
    assert joined(summary, "MRS-001") == before + 1
    assert kinds(summary) == [], "what the municipality recorded itself is no news to its council"


def test_a_changed_total_changes_the_figures_and_says_by_how_much(world, activity, summary) -> None:
    one, before = activity("MRS-001"), summary().planned_cents
    change_activity(
        actor=actors.officer(),
        activity_id=one.id,
        version=one.version,
        title="Tutoring en meer",
        total_cents=one.total_cents + 12_345,
    )
    world.deliver()
    found = summary()
    assert found.planned_cents == before + 12_345
    assert [row.activity.title for row in found.rows if row.activity.number == "MRS-001"] == ["Tutoring en meer"]
    assert [(one.kind, one.facts["cents"]) for one in found.lately.changes] == [("changed", 12_345)]


def test_a_withdrawn_activity_counts_nowhere_and_is_still_in_the_journal(world, summary) -> None:
    before = summary()
    made = register_activity(
        actor=actors.officer(),
        municipality="9901",
        title="Vergissing",
        measure_type="summer_school",
        starts_on=date(2022, 7, 1),
        ends_on=date(2022, 8, 31),
        total_cents=1_000_00,
    )
    world.deliver()
    assert summary().planned_cents == before.planned_cents + 1_000_00
    withdraw_activity(actor=actors.officer(), activity_id=made.id, reason="registered_twice", version=made.version)
    world.deliver()
    assert summary().planned_cents == before.planned_cents
    assert len(summary().rows) == len(before.rows)
    assert models.JournalEntry.objects.filter(subject=str(made.id)).count() == 2
    assert models.Activity.objects.get(id=made.id).withdrawn
