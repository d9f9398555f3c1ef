"""One activity in full: its figures, who takes part, its reports, and its words with labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coordination.contracts.periods import Period
from coordination.identity.actor import Actor
from intake.models import (
    Activity,
    Municipality,
    Offer,
    Participation,
    Partner,
    PartnerRole,
    Report,
    School,
    Signal,
)
from intake.queries import catalogues
from intake.queries.activities import Row, row
from intake.queries.basis import periods

WORDS = (
    "measure_type",
    "menu_intervention",
    "sector",
    "target_group",
    "school_type",
    "status",
    "continuation",
    "evidence",
    "reason",
    "funding_source",
)


@dataclass(frozen=True, kw_only=True)
class SchoolTakingPart:
    """A school named by or taking part in an activity; state is empty until matching has said it."""

    school_id: UUID
    name: str
    school_types: Sequence[str]
    state: str = ""
    pupils: int | None = None
    position: int | None = None
    confirmed: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PartnerTakingPart:
    """A partner named by an activity; state is empty until matching has said it."""

    partner_id: UUID
    name: str
    partner_type: str = ""
    state: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FullPicture:
    """Everything a page of one activity shows."""

    row: Row
    municipality: Municipality | None
    periods: Sequence[Period]
    schools: Sequence[SchoolTakingPart]
    partners: Sequence[PartnerTakingPart]
    reports: Sequence[Report]
    signals: Sequence[Signal]
    places_known: bool
    places: int | None
    words: Mapping[str, Mapping[str, str]]

    @property
    def activity(self) -> Activity:
        """The activity itself."""
        return self.row.activity


def full_picture(*, actor: Actor, activity_id: UUID | str) -> FullPicture:
    """One activity in full. Raises NotFound when it is not this actor's to see."""
    found = row(actor=actor, activity_id=activity_id)
    activity = found.activity
    offer = Offer.objects.filter(activity=activity.id).first()
    return FullPicture(
        row=found,
        municipality=Municipality.objects.filter(code=activity.municipality).first(),
        periods=periods(activity.programme),
        schools=_schools(activity),
        partners=_partners(activity),
        reports=list(Report.objects.filter(activity=activity).select_related("act").order_by("-reported_on", "-id")),
        signals=list(Signal.objects.filter(activity=activity.id)),
        places_known=offer is not None,
        places=offer.places if offer else None,
        words=catalogues.labels(*WORDS),
    )


def _schools(activity: Activity) -> list[SchoolTakingPart]:
    said = {one.school: one for one in Participation.objects.filter(activity=activity.id)}
    named = {UUID(school) for school in activity.schools}
    known = {school.id: school for school in School.objects.filter(id__in=named | set(said))}
    found = []
    for school_id in named | set(said):
        school, participation = known.get(school_id), said.get(school_id)
        found.append(
            SchoolTakingPart(
                school_id=school_id,
                name=school.name if school else "",
                school_types=school.school_types if school else (),
                state=participation.state if participation else "",
                pupils=participation.pupils if participation else None,
                position=participation.position if participation else None,
                confirmed=participation.confirmed if participation else False,
                reason=participation.reason if participation else "",
            )
        )
    return sorted(found, key=lambda one: (one.name.casefold(), str(one.school_id)))


def _partners(activity: Activity) -> list[PartnerTakingPart]:
    said = {one.partner: one for one in PartnerRole.objects.filter(activity=activity.id)}
    named = {UUID(one["partner_id"]): one["name"] for one in activity.partners}
    known = {partner.id: partner for partner in Partner.objects.filter(id__in=named)}
    meant = {key: (known[key].same_as or key) if key in known else key for key in named}
    known |= {partner.id: partner for partner in Partner.objects.filter(id__in=set(meant.values()) - set(known))}
    found = []
    for key, name in named.items():
        partner = known.get(meant[key])
        role = said.get(meant[key]) or said.get(key)
        found.append(
            PartnerTakingPart(
                partner_id=meant[key],
                name=name,
                partner_type=partner.partner_type if partner else "",
                state=role.state if role else "",
                reason=role.reason if role else "",
            )
        )
    return found
