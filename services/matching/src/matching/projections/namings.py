"""The schools and partners an activity names become participations and roles, each news of it acting once."""

from datetime import date
from uuid import UUID

from coordination.contracts import intake
from coordination.contracts.clock import NETHERLANDS, recorded_now, today
from coordination.contracts.envelope import Envelope
from coordination.contracts.identifiers import new_id
from coordination.events.unit_of_work import UnitOfWork, unit_of_work
from matching.domain.participations import is_possible, next_state
from matching.models import Municipality, Naming, Participation, PartnerIdentifier, PartnerRole
from matching.models.queues import locked_offer, move_up, queue_of, room
from matching.publications import say_participation, say_participations, say_role


def names_heard(event: intake.ActivityRegistered | intake.ActivityChanged, envelope: Envelope) -> None:
    """A school newly named takes part, recorded by the municipality; one named no more and never confirmed stops.

    A partner newly named gets a role it may confirm. News that was acted upon before, as in a rebuild, does nothing.
    """
    with unit_of_work("matching") as say:
        naming, _ = Naming.objects.get_or_create(activity_id=event.activity_id)
        if envelope.sequence <= naming.sequence:
            return
        before = {UUID(school) for school in naming.schools}
        now = set(event.details.schools)
        for school in [one for one in event.details.schools if one not in before]:
            _record(say, event, school)
        for school in sorted(before - now):
            _end_recorded(say, event, school)
        _name_partners(say, event)
        naming.sequence = envelope.sequence
        naming.schools = [str(school) for school in event.details.schools]
        naming.save()


def activity_ended(event: intake.ActivityWithdrawn, envelope: Envelope) -> None:
    """A withdrawn activity ends every participation in it."""
    with unit_of_work("matching") as say:
        naming, _ = Naming.objects.get_or_create(activity_id=event.activity_id)
        if envelope.sequence <= naming.sequence:
            return
        open_states = ("requested", "waiting", "joined")
        for found in Participation.objects.filter(activity_id=event.activity_id, state__in=open_states):
            _end(say, found, "activity_withdrawn", _day(event.municipality))
        naming.sequence = envelope.sequence
        naming.save()


def _record(say: UnitOfWork, event, school: UUID) -> None:
    offer = locked_offer(event.activity_id)
    found = Participation.objects.filter(activity_id=event.activity_id, school_id=school).first()
    if not is_possible(found.state if found else None, "record"):
        return
    waiting = queue_of(event.activity_id)
    found = found or Participation(
        id=new_id(), activity_id=event.activity_id, school_id=school, municipality=event.municipality, state=""
    )
    found.state = next_state(found.state or None, "record", fits=room(offer).fits(None) and not waiting)
    found.position = len(waiting) + 1 if found.state == "waiting" else None
    found.origin, found.confirmed, found.pupils, found.reason = "municipality", False, None, ""
    found.keep(at=recorded_now(), on=_day(event.municipality))
    say_participation(say, found)


def _end_recorded(say: UnitOfWork, event, school: UUID) -> None:
    offer = locked_offer(event.activity_id)
    found = Participation.objects.filter(activity_id=event.activity_id, school_id=school).first()
    recorded = found is not None and found.origin == "municipality" and not found.confirmed
    if not recorded or found.state not in ("joined", "waiting"):
        return
    day = _day(event.municipality)
    _end(say, found, "no_longer_named", day)
    if offer.places is not None:
        say_participations(say, move_up(offer, at=recorded_now(), on=day))


def _end(say: UnitOfWork, found: Participation, reason: str, day: date) -> None:
    found.state = next_state(found.state, "withdraw")
    found.reason, found.position = reason, None
    found.keep(at=recorded_now(), on=day)
    say_participation(say, found)


def _name_partners(say: UnitOfWork, event) -> None:
    named: dict[UUID, str] = {}
    for one in event.details.partners:
        known = PartnerIdentifier.objects.filter(pk=one.partner_id).first()
        named.setdefault(known.partner_id if known else one.partner_id, one.name)
    roles = {role.partner_id: role for role in PartnerRole.objects.filter(activity_id=event.activity_id)}
    for partner, name in named.items():
        role = roles.get(partner)
        if role is not None and role.still_named:
            continue
        role = role or PartnerRole(
            id=new_id(), activity_id=event.activity_id, partner_id=partner, municipality=event.municipality
        )
        role.name, role.state, role.reason, role.still_named = name[:200], "named", "", True
        role.keep(at=recorded_now())
        say_role(say, role)
    for partner in roles.keys() - named.keys():
        if roles[partner].still_named:
            roles[partner].still_named = False
            roles[partner].save()
            say.changed("partner", partner, audience=[f"partner:{partner}"])


def _day(municipality: str) -> date:
    zone = Municipality.objects.filter(code=municipality).values_list("zone", flat=True).first()
    return today(zone or NETHERLANDS)
