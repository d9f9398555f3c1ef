"""What matching says: from its tables to the contract, and who may get a live notice of it."""

from collections.abc import Iterable
from uuid import UUID

from coordination.contracts import matching as contract
from coordination.events.unit_of_work import UnitOfWork
from matching.models import Offer, Participation, Partner, PartnerRole, School, SchoolNeed


def school_registered(school: School) -> contract.SchoolRegistered:
    """A school location as it stands in the register."""
    return contract.SchoolRegistered(
        school_id=school.id,
        brin=school.brin,
        location_code=school.location_code,
        name=school.name,
        school_types=tuple(school.school_types),
        municipality=school.municipality,
        board=school.board.name if school.board else "",
        valid_from=school.valid_from,
        valid_to=school.valid_to,
    )


def partner_registered(partner: Partner) -> contract.PartnerRegistered:
    """A partner as it stands in the register, with the other ids it was proposed under."""
    return contract.PartnerRegistered(
        partner_id=partner.id,
        name=partner.name,
        partner_type=partner.partner_type,
        municipalities=tuple(partner.municipalities),
        aliases=tuple(partner.aliases),
        other_ids=tuple(partner.identifiers.order_by("id").values_list("id", flat=True)),
    )


def needs_stated(need: SchoolNeed) -> contract.SchoolNeedsStated:
    """The target groups a school ticked, as the list now stands."""
    return contract.SchoolNeedsStated(
        school_id=need.school_id, target_groups=tuple(need.target_groups), stated_on=need.stated_on
    )


def places_set(offer: Offer, municipality: str) -> contract.PlacesSet:
    """The places of an activity; null is no limit."""
    return contract.PlacesSet(activity_id=offer.activity_id, municipality=municipality, places=offer.places)


def participation_changed(participation: Participation) -> contract.ParticipationChanged:
    """A participation in the state it entered; the school's note stays here."""
    return contract.ParticipationChanged(
        participation_id=participation.id,
        activity_id=participation.activity_id,
        school_id=participation.school_id,
        municipality=participation.municipality,
        state=participation.state,
        origin=participation.origin,
        pupils=participation.pupils,
        reason=participation.reason or None,
        position=participation.position,
        confirmed=participation.confirmed,
        changed_at=participation.changed_at,
    )


def role_changed(role: PartnerRole) -> contract.PartnerRoleChanged:
    """The role of a partner in the state it entered."""
    return contract.PartnerRoleChanged(
        role_id=role.id,
        activity_id=role.activity_id,
        partner_id=role.partner_id,
        municipality=role.municipality,
        state=role.state,
        reason=role.reason or None,
        changed_at=role.changed_at,
    )


def partners_in(*activities: UUID) -> list[str]:
    """The partners these activities name, as notices name organisations."""
    roles = PartnerRole.objects.filter(activity_id__in=activities, still_named=True).exclude(state="declined")
    return [f"partner:{partner}" for partner in dict.fromkeys(roles.values_list("partner_id", flat=True))]


def schools_in(activity_id: UUID) -> list[str]:
    """The schools with a participation in an activity, as notices name organisations."""
    found = Participation.objects.filter(activity_id=activity_id).values_list("school_id", flat=True)
    return [f"school:{school}" for school in found]


def say_participation(say: UnitOfWork, participation: Participation) -> None:
    """Say what a participation became, and let the school, the municipality and the partners see it at once."""
    say(participation_changed(participation))
    say.changed("school", participation.school_id, audience=[f"school:{participation.school_id}"])
    say.changed("requests", participation.municipality, audience=[f"municipality:{participation.municipality}"])
    for partner in partners_in(participation.activity_id):
        say.changed("partner", partner.removeprefix("partner:"), audience=[partner])


def say_participations(say: UnitOfWork, participations: Iterable[Participation]) -> None:
    """Say what several participations became."""
    for participation in participations:
        say_participation(say, participation)


def say_role(say: UnitOfWork, role: PartnerRole) -> None:
    """Say what a role became, and let the partner and the municipality see it at once."""
    say(role_changed(role))
    say.changed("partner", role.partner_id, audience=[f"partner:{role.partner_id}"])
    say.changed("requests", role.municipality, audience=[f"municipality:{role.municipality}"])
