"""What intake says: municipalities, programmes, catalogues, allocations, activities and their budget lines.

Amounts are euro cents; a null amount is unknown. school_year is written 2021-2022; null means undivided. No names of
people, no notes and no free reasons travel: owner is an opaque account id and reasons are codes of a fixed list.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from coordination.contracts.periods import Period

LineKind = Literal["plan", "commitment", "spending", "correction", "spent_until"]
Evidence = Literal["number", "test", "survey", "story"]


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One line of the budget ledger, signed.

    plan, commitment, spending (dated), correction (dated spending with a sign) or spent_until: one amount known only
    up to a date, or the difference a newer reference date books, or the negative part that a division takes out of it.
    dated_on is the day money was spent or committed; reference_date belongs to spent_until. forgets is on a plan line
    that brings a year's plan back to unknown: when the lines of that year then sum to zero its figure is null, not 0.
    """

    line_id: UUID
    activity_id: UUID
    kind: LineKind
    school_year: str | None
    amount_cents: int
    funding_source: str
    dated_on: date | None = None
    reference_date: date | None = None
    reason: str | None = None
    recorded_at: datetime
    forgets: bool = False


@dataclass(frozen=True, kw_only=True)
class NamedPartner:
    """A partner an activity names; the id is given before matching has met the name."""

    partner_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What an activity measures itself by. target and value are decimals as text, or null when unknown."""

    name: str
    target: str | None = None
    value: str | None = None
    evidence: Evidence | None = None
    measured_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Exact counts of an activity; null is unknown. Counts of 1 to 4 are hidden at display elsewhere."""

    participants: int | None = None
    waiting: int | None = None
    places: int | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityDetails:
    """What an activity is, as it stands; slugs are those of the catalogues."""

    number: str
    title: str
    measure_type: str
    starts_on: date
    ends_on: date
    total_cents: int
    owner: UUID | None = None
    goal: str = ""
    interventions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    school_types: tuple[str, ...] = ()
    schools: tuple[UUID, ...] = ()
    partners: tuple[NamedPartner, ...] = ()
    continuation: Literal["yes_certain", "uncertain", "no"] | None = None
    phasing_state: Literal["draft", "final"] = "draft"


@dataclass(frozen=True, kw_only=True)
class MunicipalityRegistered:
    """A municipality or public entity works with this house, or its data changed."""

    TYPE: ClassVar = "nl.coordination.municipalities.registered.v1"
    municipality_id: UUID
    code: str
    name: str
    kind: Literal["municipality", "public_body"]
    zone: str
    number_prefix: str
    theme: str


@dataclass(frozen=True, kw_only=True)
class ProgrammeDefined:
    """A programme of temporary money with its window, its periods and the reasons that may be given."""

    TYPE: ClassVar = "nl.coordination.programmes.defined.v1"
    programme_id: UUID
    code: str
    name: str
    window_starts_on: date
    window_ends_on: date
    periods: tuple[Period, ...]


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """One word of a catalogue with its labels; label_en is our own translation and may be empty."""

    slug: str
    label_nl: str
    label_en: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CatalogueDefined:
    """A catalogue as it now stands, whole: measure_type, target_group, sector, school_type, reason and so on."""

    TYPE: ClassVar = "nl.coordination.catalogues.defined.v1"
    catalogue_id: UUID
    name: str
    entries: tuple[CatalogueEntry, ...]


@dataclass(frozen=True, kw_only=True)
class AllocationGranted:
    """A municipality received money: one component, dated, with a sign when it adjusts an earlier one."""

    TYPE: ClassVar = "nl.coordination.allocations.granted.v1"
    allocation_id: UUID
    municipality: str
    programme: str
    component: Literal["pupils", "disadvantage", "lump_sum"]
    amount_cents: int
    granted_on: date
    pupils: int | None = None
    per_pupil_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityRegistered:
    """A municipality registered an activity; lines hold its first plan and what was known of spending."""

    TYPE: ClassVar = "nl.coordination.activities.registered.v1"
    activity_id: UUID
    municipality: str
    programme: str
    details: ActivityDetails
    status: str
    lines: tuple[LedgerLine, ...]
    status_reason: str | None = None
    indicators: tuple[Indicator, ...] = ()
    reported_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityChanged:
    """The description of an activity changed; lines are plan lines when the total changed."""

    TYPE: ClassVar = "nl.coordination.activities.changed.v1"
    activity_id: UUID
    municipality: str
    details: ActivityDetails
    lines: tuple[LedgerLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActivityPhased:
    """The plan of an activity was divided over school years; lines are the differences with what stood."""

    TYPE: ClassVar = "nl.coordination.activities.phased.v1"
    activity_id: UUID
    municipality: str
    act_id: UUID
    state: Literal["draft", "final"]
    lines: tuple[LedgerLine, ...]
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class EntryRecorded:
    """A spending, commitment or correction was booked, or a newer amount up to a reference date."""

    TYPE: ClassVar = "nl.coordination.activities.entry-recorded.v1"
    activity_id: UUID
    municipality: str
    act_id: UUID
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, kw_only=True)
class SpendingDivided:
    """Part of an amount known up to a date was given its school year; the lines sum to zero."""

    TYPE: ClassVar = "nl.coordination.activities.spending-divided.v1"
    activity_id: UUID
    municipality: str
    act_id: UUID
    lines: tuple[LedgerLine, ...]


@dataclass(frozen=True, kw_only=True)
class BudgetTransferred:
    """Planned money moved between two activities in one act; said once for each, both lines in both messages."""

    TYPE: ClassVar = "nl.coordination.activities.budget-transferred.v1"
    activity_id: UUID
    other_activity_id: UUID
    municipality: str
    act_id: UUID
    lines: tuple[LedgerLine, ...]
    total_cents: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProgressReported:
    """Someone said how an activity stands: status, counts, one indicator. Null is: nothing said about it."""

    TYPE: ClassVar = "nl.coordination.activities.progress-reported.v1"
    activity_id: UUID
    municipality: str
    report_id: UUID
    reported_on: date
    status: str | None = None
    status_reason: str | None = None
    reach: Reach | None = None
    indicator: Indicator | None = None


@dataclass(frozen=True, kw_only=True)
class ActivityWithdrawn:
    """An activity was taken back; reversing lines bring its plan to nothing."""

    TYPE: ClassVar = "nl.coordination.activities.withdrawn.v1"
    activity_id: UUID
    municipality: str
    act_id: UUID
    reason: str
    lines: tuple[LedgerLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrganisationProposed:
    """A sheet or form named an organisation nobody had registered; matching decides what becomes of it."""

    TYPE: ClassVar = "nl.coordination.organisations.proposed.v1"
    organisation_id: UUID
    kind: Literal["school", "partner"]
    name: str
    municipality: str
    brin: str | None = None
