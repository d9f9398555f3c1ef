from datetime import date

import pytest

from coordination.contracts import matching, reporting
from coordination.contracts.catalogue import entry_of
from coordination.contracts.clock import recorded_now
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.events.unit_of_work import unit_of_work
from coordination.testing import actors
from intake.models import Offer, Participation, Partner, PartnerRole, School, Signal
from intake.queries.full_picture import full_picture
from intake.subscriptions import SUBSCRIPTIONS

pytestmark = pytest.mark.django_db(databases="__all__")


def hear(event, times: int = 1) -> None:
    envelope = Envelope(
        id=str(new_id()), source="urn:test", type=entry_of(event).type, subject="x", time=recorded_now(), sequence=1
    )
    for _ in range(times):
        with unit_of_work("intake"):
            for handler in SUBSCRIPTIONS.handlers_of(type(event)):
                handler(event, envelope)


def school(**given) -> matching.SchoolRegistered:
    return matching.SchoolRegistered(
        **(
            {
                "school_id": new_id(),
                "brin": "90AA",
                "location_code": "90AA00",
                "name": "De Lisdoddekring",
                "school_types": ("basisschool",),
                "municipality": "9901",
            }
            | given
        )
    )


def test_a_school_is_kept_as_it_now_stands() -> None:
    event = school()
    hear(event, times=2)
    hear(school(school_id=event.school_id, name="De Nieuwe Naam", valid_to=date(2025, 7, 31)))
    kept = School.objects.get()
    assert (kept.id, kept.name, kept.valid_to) == (event.school_id, "De Nieuwe Naam", date(2025, 7, 31))


def test_a_proposal_becomes_the_partner_it_turned_out_to_be(register) -> None:
    activity = register(partners=["Bibl. Merenrand"])
    proposed = Partner.objects.get()
    event = matching.PartnerRegistered(
        partner_id=new_id(),
        name="Bibliotheek Merenrand",
        partner_type="library",
        municipalities=("9901",),
        aliases=("Bibl. Merenrand",),
        other_ids=(proposed.id,),
    )
    hear(event, times=2)
    role = matching.PartnerRoleChanged(
        role_id=new_id(),
        activity_id=activity.id,
        partner_id=event.partner_id,
        municipality="9901",
        state="confirmed",
        changed_at=recorded_now(),
    )
    hear(role, times=2)
    shown = full_picture(actor=actors.officer(), activity_id=activity.id).partners
    assert [(one.partner_id, one.partner_type, one.state) for one in shown] == [
        (event.partner_id, "library", "confirmed")
    ]
    assert register(partners=["Bibl. Merenrand"]).partners[0]["partner_id"] == str(event.partner_id)
    assert PartnerRole.objects.count() == 1


def test_who_takes_part_may_be_heard_before_the_school(register) -> None:
    activity = register()
    place = school()
    for state in ("requested", "joined"):
        hear(
            matching.ParticipationChanged(
                participation_id=place.school_id,
                activity_id=activity.id,
                school_id=place.school_id,
                municipality="9901",
                state=state,
                origin="school",
                pupils=12,
                changed_at=recorded_now(),
            )
        )
    assert full_picture(actor=actors.officer(), activity_id=activity.id).schools[0].name == ""
    hear(place)
    shown = full_picture(actor=actors.officer(), activity_id=activity.id).schools[0]
    assert (shown.name, shown.state, shown.pupils) == ("De Lisdoddekring", "joined", 12)
    assert Participation.objects.count() == 1


def test_places_and_signals_come_and_go(register) -> None:
    activity = register()
    hear(matching.PlacesSet(activity_id=activity.id, municipality="9901", places=20))
    hear(matching.PlacesSet(activity_id=activity.id, municipality="9901", places=None))
    assert Offer.objects.get().places is None
    signal = {"signal_id": new_id(), "activity_id": activity.id, "municipality": "9901", "kind": "stale"}
    hear(reporting.SignalRaised(since=date(2025, 1, 1), **signal), times=2)
    assert full_picture(actor=actors.officer(), activity_id=activity.id).signals[0].kind == "stale"
    hear(reporting.SignalCleared(**signal), times=2)
    assert not Signal.objects.exists()
