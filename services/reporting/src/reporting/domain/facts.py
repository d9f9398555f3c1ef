"""What reporting knows of one municipality, as plain values: everything a page is computed from.

Amounts are euro cents; None is unknown. Frozen facts can be written as JSON and read again, which is what a snapshot
keeps.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from coordination.contracts.periods import Period

ENDED = frozenset({"completed", "stopped"})
NOT_STARTED = frozenset({"draft", "decided"})


@dataclass(frozen=True, kw_only=True)
class AllocationFact:
    """One dated component of what was received."""

    component: str
    amount_cents: int
    granted_on: date
    pupils: int | None = None
    per_pupil_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class LineFact:
    """One signed budget line; lines of an activity come in the order in which they were written."""

    line_id: UUID
    kind: str
    school_year: str | None
    amount_cents: int
    funding_source: str
    dated_on: date | None = None
    reference_date: date | None = None
    reason: str = ""
    forgets: bool = False
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class IndicatorFact:
    """What an activity measures itself by; target and value are decimals as text, empty is unknown."""

    name: str
    target: str = ""
    value: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class ActivityFact:
    """An activity with its lines; partners are pairs of id and name as the municipality named them."""

    id: UUID
    number: str
    title: str
    measure_type: str
    starts_on: date
    ends_on: date
    total_cents: int
    status: str
    status_reason: str = ""
    sectors: tuple[str, ...] = ()
    partners: tuple[tuple[UUID, str], ...] = ()
    continuation: str = ""
    phasing_state: str = "draft"
    reported_on: date | None = None
    waiting: int | None = None
    indicators: tuple[IndicatorFact, ...] = ()
    lines: tuple[LineFact, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether it spends nothing more."""
        return self.status in ENDED


@dataclass(frozen=True, kw_only=True)
class SchoolFact:
    """A school location."""

    id: UUID
    name: str
    municipality: str


@dataclass(frozen=True, kw_only=True)
class PartnerFact:
    """A partner, with the other ids under which it may have been named."""

    id: UUID
    name: str
    other_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ParticipationFact:
    """A school's participation in an activity."""

    activity_id: UUID
    school_id: UUID
    state: str
    origin: str
    confirmed: bool
    pupils: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoleFact:
    """A partner's role in an activity."""

    activity_id: UUID
    partner_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class ChangeFact:
    """One act that changed something, newest first; facts are plain values for its sentence."""

    id: UUID
    kind: str
    activity_id: UUID | None
    facts: dict[str, Any]
    reason: str
    role: str
    correlation: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class SignalFact:
    """Something about an activity that needs somebody's eye, since a day."""

    activity_id: UUID
    kind: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All of it, as it stood at one moment; today is the business date there and then.

    words are the Dutch labels of the catalogues by catalogue and slug; sector_groups the group of each sector.
    """

    code: str
    name: str
    kind: str
    zone: str
    theme: str
    today: date
    programme: str
    programme_name: str
    window_starts_on: date | None
    window_ends_on: date | None
    periods: tuple[Period, ...] = ()
    allocations: tuple[AllocationFact, ...] = ()
    activities: tuple[ActivityFact, ...] = ()
    schools: tuple[SchoolFact, ...] = ()
    partners: tuple[PartnerFact, ...] = ()
    participations: tuple[ParticipationFact, ...] = ()
    roles: tuple[RoleFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    signals: tuple[SignalFact, ...] = ()
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    sector_groups: dict[str, str] = field(default_factory=dict)
    last_change_at: datetime | None = None
