"""Who takes part: schools by activities, and partners with what they do. Shown once both sides are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from reporting.domain.facts import ActivityFact, Facts, SchoolFact

SMALL = range(1, 5)


@dataclass(frozen=True, kw_only=True)
class SchoolRow:
    """A school and the activities it has joined."""

    school: SchoolFact
    joined: frozenset[UUID]
    own: bool


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    """A partner and the activities it has a role in."""

    id: UUID
    name: str
    activities: tuple[ActivityFact, ...]


@dataclass(frozen=True, kw_only=True)
class Participants:
    """Schools in order of name, own ones without any activity included, and partners, those with most first."""

    schools: tuple[SchoolRow, ...]
    partners: tuple[PartnerRow, ...]

    @property
    def own_schools(self) -> tuple[SchoolRow, ...]:
        """The schools of the municipality itself."""
        return tuple(row for row in self.schools if row.own)

    @property
    def joined_nothing(self) -> tuple[SchoolRow, ...]:
        """Its schools that take part in nothing."""
        return tuple(row for row in self.own_schools if not row.joined)

    def schools_in(self, activity_id: UUID) -> int:
        """How many schools take part in an activity."""
        return sum(1 for row in self.schools if activity_id in row.joined)


def participants_of(facts: Facts) -> Participants:
    """Put schools and partners beside the activities they take part in."""
    activities = {activity.id: activity for activity in facts.activities}
    joined: dict[UUID, set[UUID]] = {}
    for one in facts.participations:
        if one.state == "joined" and one.activity_id in activities:
            joined.setdefault(one.school_id, set()).add(one.activity_id)
    rows = [
        SchoolRow(school=school, joined=frozenset(joined.get(school.id, ())), own=school.municipality == facts.code)
        for school in facts.schools
        if school.municipality == facts.code or school.id in joined
    ]
    return Participants(
        schools=tuple(sorted(rows, key=lambda row: name_order(row.school.name))), partners=_partners(facts, activities)
    )


def schools_by_activity(participants: Participants) -> dict[UUID, list[UUID]]:
    """The schools that take part, by activity."""
    found: dict[UUID, list[UUID]] = {}
    for row in participants.schools:
        for activity_id in row.joined:
            found.setdefault(activity_id, []).append(row.school.id)
    return found


def name_order(name: str) -> str:
    """The name to sort by: a leading Dutch article does not count."""
    lowered = name.casefold().lstrip("'’")
    for article in ("de ", "het ", "een ", "t "):
        if lowered.startswith(article):
            return lowered[len(article) :]
    return lowered


def shown_count(count: int | None) -> int | str | None:
    """A count of pupils as it may be shown outside the school: 1 to 4 becomes the text 1-4."""
    return "1-4" if count in SMALL else count


def _partners(facts: Facts, activities: dict[UUID, ActivityFact]) -> tuple[PartnerRow, ...]:
    known = {other: partner for partner in facts.partners for other in (partner.id, *partner.other_ids)}
    names: dict[UUID, str] = {partner.id: partner.name for partner in facts.partners}
    doing: dict[UUID, set[UUID]] = {}
    declined = {
        (role.activity_id, known[role.partner_id].id if role.partner_id in known else role.partner_id)
        for role in facts.roles
        if role.state == "declined"
    }
    named = [(one.id, partner_id, name) for one in facts.activities for partner_id, name in one.partners]
    named += [(role.activity_id, role.partner_id, "") for role in facts.roles if role.activity_id in activities]
    for activity_id, partner_id, name in named:
        partner = known[partner_id].id if partner_id in known else partner_id
        if name:
            names.setdefault(partner, name)
        if partner in names and (activity_id, partner) not in declined:
            doing.setdefault(partner, set()).add(activity_id)
    rows = [
        PartnerRow(id=partner, name=names[partner], activities=_in_order(facts.activities, found))
        for partner, found in doing.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row.activities), name_order(row.name))))


def _in_order(activities: Sequence[ActivityFact], wanted: set[UUID]) -> tuple[ActivityFact, ...]:
    return tuple(activity for activity in activities if activity.id in wanted)
