"""What fits a school and why: the copies brought together and judged by the rules of the domain."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from coordination.contracts.clock import NETHERLANDS, today
from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from matching.domain.activities import OPEN_STATUSES
from matching.domain.participations import room_of
from matching.domain.suggestions import ActivitySide, SchoolSide, Suggestion, in_order, suggest
from matching.models import Activity, Municipality, Offer, Participation, PartnerRole, School, SchoolNeed
from matching.queries.catalogues import labels
from matching.queries.register import school_for

BUSY_STATES = ("requested", "waiting", "joined")


@dataclass(frozen=True, kw_only=True)
class SuggestedActivity:
    """An activity with its judgement, and the school's own participation when it has one."""

    activity: Activity
    suggestion: Suggestion
    participation: Participation | None

    @property
    def is_busy(self) -> bool:
        """Whether the school takes part, asked or waits."""
        return self.participation is not None and self.participation.state in BUSY_STATES

    @property
    def may_ask(self) -> bool:
        """Whether the school can ask to join: it is open, and the school is not busy with it."""
        return self.activity.is_open and not self.is_busy


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """Everything open to a school: what fits and is free to ask, what it is busy with, what does not fit."""

    school: School
    everything: tuple[SuggestedActivity, ...]

    @property
    def to_ask(self) -> list[SuggestedActivity]:
        """What fits and the school is not busy with."""
        return [one for one in self.everything if one.suggestion.fits and not one.is_busy]

    @property
    def busy(self) -> list[SuggestedActivity]:
        """What the school takes part in, asked for or waits for."""
        return [one for one in self.everything if one.is_busy]

    @property
    def busy_and_fitting(self) -> list[SuggestedActivity]:
        """What fits and the school has asked or waits for."""
        return [one for one in self.busy if one.suggestion.fits and one.participation.state != "joined"]

    @property
    def joined(self) -> list[SuggestedActivity]:
        """What the school takes part in."""
        return [one for one in self.busy if one.participation.state == "joined"]

    @property
    def not_fitting(self) -> list[SuggestedActivity]:
        """What does not fit, and the school is not busy with."""
        return [one for one in self.everything if not one.suggestion.fits and not one.is_busy]


def suggestions_for(actor: Actor, school_id: UUID) -> Suggestions:
    """The open activities of the school's municipality and every open one that names it, judged for it.

    Raises NotFound when the school is not the actor's to see.
    """
    school = school_for(actor, school_id)
    day = _day_of(school)
    own = {one.activity_id: one for one in Participation.objects.filter(school=school)}
    found = Activity.objects.filter(
        Q(municipality=school.municipality) | Q(pk__in=_naming(school, own)), status__in=OPEN_STATUSES, withdrawn=False
    ).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    return Suggestions(school=school, everything=tuple(_judged(school, list(found), own, day)))


def suggestion_for(actor: Actor, school_id: UUID, activity_id: UUID) -> SuggestedActivity:
    """One activity judged for a school, also when it is not open any more. Raises NotFound."""
    school = school_for(actor, school_id)
    activity = Activity.objects.filter(pk=activity_id).first()
    if activity is None or not activity.shows_to(school):
        raise NotFound()
    own = {one.activity_id: one for one in Participation.objects.filter(school=school)}
    return _judged(school, [activity], own, _day_of(school))[0]


def _naming(school: School, own: dict[UUID, Participation]) -> list[UUID]:
    named = [
        activity_id
        for activity_id, schools in Activity.objects.exclude(municipality=school.municipality).values_list(
            "id", "schools"
        )
        if str(school.id) in schools
    ]
    return [*own, *named]


def _day_of(school: School) -> date:
    zone = Municipality.objects.filter(code=school.municipality).values_list("zone", flat=True).first()
    return today(zone or NETHERLANDS)


def _judged(
    school: School, activities: list[Activity], own: dict[UUID, Participation], day: date
) -> list[SuggestedActivity]:
    side, words = _school_side(school), labels()
    ids = [activity.id for activity in activities]
    places = dict(Offer.objects.filter(pk__in=ids).values_list("activity_id", "places"))
    pupils: dict[UUID, list[int | None]] = {}
    waiting: dict[UUID, int] = {}
    for one in Participation.objects.filter(activity_id__in=ids, state__in=("joined", "waiting")):
        if one.state == "joined":
            pupils.setdefault(one.activity_id, []).append(one.pupils)
        elif one.school_id != school.id:
            waiting[one.activity_id] = waiting.get(one.activity_id, 0) + 1
    partners: dict[UUID, dict[str, str]] = {}
    for role in PartnerRole.objects.filter(activity_id__in=ids, still_named=True).exclude(state="declined"):
        partners.setdefault(role.activity_id, {})[str(role.partner_id)] = role.name
    by_id = {str(activity.id): activity for activity in activities}
    judged = [
        suggest(
            side,
            ActivitySide(
                activity_id=str(activity.id),
                number=activity.number,
                status=activity.status,
                status_reason=activity.status_reason,
                starts_on=activity.starts_on,
                ends_on=activity.ends_on,
                sectors=tuple(activity.sectors),
                school_types=tuple(activity.school_types),
                target_groups=tuple(activity.target_groups),
                partners={} if _takes_part(own.get(activity.id)) else partners.get(activity.id, {}),
                continuation=activity.continuation or None,
                room=room_of(places.get(activity.id), pupils.get(activity.id, [])),
                schools_waiting=waiting.get(activity.id, 0),
            ),
            today=day,
            labels=words,
        )
        for activity in activities
    ]
    return [
        SuggestedActivity(
            activity=by_id[one.activity_id], suggestion=one, participation=own.get(by_id[one.activity_id].id)
        )
        for one in in_order(judged)
    ]


def _takes_part(participation: Participation | None) -> bool:
    return participation is not None and participation.state == "joined"


def _school_side(school: School) -> SchoolSide:
    need = SchoolNeed.objects.filter(pk=school.pk).first()
    joined = Participation.objects.filter(school=school, state="joined").values_list("activity_id", flat=True)
    running = Activity.objects.filter(pk__in=list(joined), status__in=OPEN_STATUSES, withdrawn=False)
    titles = {activity.id: activity.short_title for activity in running}
    roles = PartnerRole.objects.filter(activity_id__in=titles, still_named=True).exclude(state="declined")
    return SchoolSide(
        school_types=tuple(school.school_types),
        needs=frozenset(need.target_groups) if need else None,
        needs_stated_on=need.stated_on if need else None,
        partners={str(role.partner_id): titles[role.activity_id] for role in roles},
    )
