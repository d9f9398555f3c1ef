"""Reading participations: a school's own, those of a municipality, and how many pupils each reader may know."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet

from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from matching.domain.participations import Room, answer_before, is_small, room_of
from matching.domain.reasons import STILL_POSSIBLE, reason_in_words
from matching.domain.who_may import acts_for_school, decides_for, works_for
from matching.models import Activity, Offer, Participation, PartnerRole
from matching.models.participations import STATES
from matching.queries.register import school_for

OPEN_STATES = ("requested", "waiting")
SHOWN_STATES = ("requested", "waiting", "joined", "declined")


class ParticipationFilter(django_filters.FilterSet):
    """Filters of a list: municipality (of the activity), activity, school and state; sort changedAt or state."""

    municipality = django_filters.CharFilter()
    activity = django_filters.UUIDFilter(field_name="activity_id")
    school = django_filters.UUIDFilter(field_name="school_id")
    state = django_filters.ChoiceFilter(choices=STATES)
    sort = django_filters.OrderingFilter(fields=(("changed_at", "changedAt"), ("state", "state")))

    class Meta:
        model = Participation
        fields = ["municipality", "activity", "school", "state"]


@dataclass(frozen=True, kw_only=True)
class Project:
    """A participation as its school reads it."""

    participation: Participation
    activity: Activity
    answer_before: date | None
    reason_words: str
    still_possible: str
    other_schools: int
    to_confirm: bool


@dataclass(frozen=True, kw_only=True)
class ActivityRequests:
    """An activity as its officer reads it: its room, who asks, waits and takes part, its partners."""

    activity: Activity
    offer_version: int
    room: Room
    requested: list[Participation] = field(default_factory=list)
    waiting: list[Participation] = field(default_factory=list)
    joined: list[Participation] = field(default_factory=list)
    declined: list[Participation] = field(default_factory=list)
    roles: list[PartnerRole] = field(default_factory=list)


def complete() -> QuerySet[Participation]:
    """Participations whose activity and school have both been met."""
    return (
        Participation.objects.select_related("activity", "school")
        .filter(activity__in=Activity.objects.exclude(status=""), school__isnull=False)
        .exclude(school__name="")
    )


def participations_for(actor: Actor) -> QuerySet[Participation]:
    """Every participation the actor is inside of: school, both municipalities, or a partner of the activity."""
    if actor.is_administrator:
        return complete()
    codes = actor.keys("municipality")
    activities = PartnerRole.objects.filter(partner_id__in=actor.keys("partner"), still_named=True).exclude(
        state="declined"
    )
    return complete().filter(
        Q(school_id__in=actor.keys("school"))
        | Q(municipality__in=codes)
        | Q(school__municipality__in=codes)
        | Q(activity_id__in=activities.values("activity_id"))
    )


def participation_for(actor: Actor, participation_id: UUID) -> Participation:
    """One participation the actor is inside of. Raises NotFound."""
    found = participations_for(actor).filter(pk=participation_id).first()
    if found is None:
        raise NotFound()
    return found


def hides_pupils(actor: Actor, participation: Participation) -> bool:
    """Whether a number of 1 to 4 pupils is hidden from this reader, who is of neither organisation that counted it."""
    if not is_small(participation.pupils):
        return False
    named = PartnerRole.objects.filter(activity_id=participation.activity_id, still_named=True).exclude(
        state="declined"
    )
    partners = {str(one) for one in named.values_list("partner_id", flat=True)}
    return not (
        acts_for_school(actor, participation.school_id)
        or works_for(actor, participation.municipality)
        or works_for(actor, participation.school.municipality)
        or partners & actor.keys("partner")
    )


def projects_of(actor: Actor, school_id: UUID) -> list[Project]:
    """What a school takes part in, asked for or was refused: joined first, then asked, waiting, declined."""
    school_for(actor, school_id)
    order = {"joined": 0, "requested": 1, "waiting": 2, "declined": 3}
    found = complete().filter(school_id=school_id).exclude(state="withdrawn").order_by("activity__number")
    return [_project(one) for one in sorted(found, key=lambda one: order.get(one.state, 9))]


def requests_in(actor: Actor, municipality: str) -> list[ActivityRequests]:
    """The activities of a municipality with who asks and waits, those that wait for an answer first.

    Raises NotFound for who is not of the municipality's staff.
    """
    if not works_for(actor, municipality):
        raise NotFound()
    activities = Activity.objects.filter(municipality=municipality, withdrawn=False).exclude(status="")
    found = _requests_of(list(activities))
    return sorted(found, key=lambda one: (not one.requested, not one.waiting, one.activity.number))


def requests_of(actor: Actor, activity_id: UUID) -> ActivityRequests:
    """One activity with who asks, waits and takes part, withdrawn or not. Raises NotFound."""
    activity = Activity.objects.filter(pk=activity_id).exclude(status="").first()
    if activity is None or not works_for(actor, activity.municipality):
        raise NotFound()
    return _requests_of([activity])[0]


def schools_in_activities(actor: Actor, activity_ids: Collection[UUID]) -> dict[UUID, list[Participation]]:
    """Who takes part in activities, or asked to, as far as the actor is inside: by activity, in order of name."""
    found: dict[UUID, list[Participation]] = {}
    rows = participations_for(actor).filter(activity_id__in=activity_ids, state__in=("joined", *OPEN_STATES))
    for one in rows.order_by("school__name"):
        found.setdefault(one.activity_id, []).append(one)
    return found


def may_decide(actor: Actor, municipality: str) -> bool:
    """Whether the actor may answer requests of this municipality."""
    return decides_for(actor, municipality)


def _requests_of(activities: list[Activity]) -> list[ActivityRequests]:
    ids = [activity.id for activity in activities]
    offers = {offer.activity_id: offer for offer in Offer.objects.filter(pk__in=ids)}
    by_activity: dict[UUID, list[Participation]] = {}
    for one in complete().filter(activity_id__in=ids).order_by("position", "changed_at"):
        by_activity.setdefault(one.activity_id, []).append(one)
    roles: dict[UUID, list[PartnerRole]] = {}
    for role in PartnerRole.objects.filter(activity_id__in=ids, still_named=True).order_by("name"):
        roles.setdefault(role.activity_id, []).append(role)
    found = []
    for activity in activities:
        here, offer = by_activity.get(activity.id, []), offers.get(activity.id)
        states = {state: [one for one in here if one.state == state] for state in SHOWN_STATES}
        found.append(
            ActivityRequests(
                activity=activity,
                offer_version=offer.version if offer else 1,
                room=room_of(offer.places if offer else None, [one.pupils for one in states["joined"]]),
                roles=roles.get(activity.id, []),
                **states,
            )
        )
    return found


def _project(one: Participation) -> Project:
    others = Participation.objects.filter(activity_id=one.activity_id, state="joined").exclude(school_id=one.school_id)
    return Project(
        participation=one,
        activity=one.activity,
        answer_before=answer_before(one.asked_on) if one.asked_on and one.state == "requested" else None,
        reason_words=reason_in_words(one.reason),
        still_possible=STILL_POSSIBLE.get(one.reason, "") if one.state == "declined" else "",
        other_schools=others.count(),
        to_confirm=one.state == "joined" and not one.confirmed,
    )
