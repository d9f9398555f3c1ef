"""What matching says: schools, partners, needs, places, participations and the roles of partners."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

ParticipationState = Literal["requested", "joined", "declined", "waiting", "withdrawn"]


@dataclass(frozen=True, kw_only=True)
class SchoolRegistered:
    """A school location is in the register, or its data changed. brin has four characters, location_code six."""

    TYPE: ClassVar = "nl.coordination.schools.registered.v1"
    school_id: UUID
    brin: str
    location_code: str
    name: str
    school_types: tuple[str, ...]
    municipality: str
    board: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class PartnerRegistered:
    """A partner is in the register. partner_type is a slug, empty when not known yet.

    other_ids are ids under which it was proposed while it was in the register already, under this or another name.
    """

    TYPE: ClassVar = "nl.coordination.partners.registered.v1"
    partner_id: UUID
    name: str
    partner_type: str = ""
    municipalities: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    other_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SchoolNeedsStated:
    """A school ticked the target groups it needs something for; the list as it now stands."""

    TYPE: ClassVar = "nl.coordination.schools.needs-stated.v1"
    school_id: UUID
    target_groups: tuple[str, ...]
    stated_on: date


@dataclass(frozen=True, kw_only=True)
class PlacesSet:
    """The officer set how many pupils an activity has place for; null means no limit."""

    TYPE: ClassVar = "nl.coordination.offers.places-set.v1"
    activity_id: UUID
    municipality: str
    places: int | None


@dataclass(frozen=True, kw_only=True)
class ParticipationChanged:
    """A school's participation in an activity entered a state: asked, joined, declined, waiting, withdrawn.

    origin is school when the school asked and municipality when it was recorded for it; pupils null is unknown;
    position is the place on the waiting list. reason is a code.
    """

    TYPE: ClassVar = "nl.coordination.participations.changed.v1"
    participation_id: UUID
    activity_id: UUID
    school_id: UUID
    municipality: str
    state: ParticipationState
    origin: Literal["school", "municipality"]
    pupils: int | None = None
    reason: str | None = None
    position: int | None = None
    confirmed: bool = False
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class PartnerRoleChanged:
    """A partner's role in an activity: named by the municipality, confirmed or declined by the partner."""

    TYPE: ClassVar = "nl.coordination.partner-roles.changed.v1"
    role_id: UUID
    activity_id: UUID
    partner_id: UUID
    municipality: str
    state: Literal["named", "confirmed", "declined"]
    reason: str | None = None
    changed_at: datetime
