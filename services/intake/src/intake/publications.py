"""What intake says, built in one place: from its rows to the contracts. No names of people and no notes leave here."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from coordination.contracts import intake as contract
from intake.models import Act, Activity, Allocation, Catalogue, LedgerLine, Municipality, Programme, Report


def line_of(line: LedgerLine, act: Act) -> contract.LedgerLine:
    """A ledger line as it travels."""
    return contract.LedgerLine(
        line_id=line.id,
        activity_id=line.activity_id,
        kind=line.kind,
        school_year=line.school_year,
        amount_cents=line.amount_cents,
        funding_source=line.funding_source,
        dated_on=line.dated_on,
        reference_date=line.reference_date,
        reason=act.reason or None,
        recorded_at=act.recorded_at,
        forgets=line.forgets,
    )


def lines_of(lines: Iterable[LedgerLine], act: Act) -> tuple[contract.LedgerLine, ...]:
    """The lines of an act as they travel, in the order in which they were written."""
    return tuple(line_of(line, act) for line in lines)


def details_of(activity: Activity) -> contract.ActivityDetails:
    """What an activity is, as it stands."""
    return contract.ActivityDetails(
        number=activity.number,
        title=activity.title,
        measure_type=activity.measure_type,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        total_cents=activity.total_cents,
        owner=activity.owner,
        goal=activity.goal,
        interventions=tuple(activity.interventions),
        sectors=tuple(activity.sectors),
        target_groups=tuple(activity.target_groups),
        school_types=tuple(activity.school_types),
        schools=tuple(UUID(school) for school in activity.schools),
        partners=tuple(
            contract.NamedPartner(partner_id=UUID(one["partner_id"]), name=one["name"]) for one in activity.partners
        ),
        continuation=activity.continuation or None,
        phasing_state=activity.phasing_state,
    )


def indicator_of(kept: dict | None) -> contract.Indicator | None:
    """An indicator as it travels, from how it is kept."""
    if kept is None:
        return None
    return msgspec.convert(kept, contract.Indicator)


def indicator_kept(indicator: contract.Indicator) -> dict:
    """An indicator as plain JSON values, which is how a row keeps it."""
    return msgspec.to_builtins(indicator)


def activity_registered(activity: Activity, act: Act, lines: Iterable[LedgerLine]) -> contract.ActivityRegistered:
    """An activity was registered with these first lines."""
    return contract.ActivityRegistered(
        activity_id=activity.id,
        municipality=activity.municipality,
        programme=activity.programme,
        details=details_of(activity),
        status=activity.status,
        status_reason=activity.status_reason or None,
        lines=lines_of(lines, act),
        indicators=tuple(indicator_of(one) for one in activity.indicators),
        reported_on=activity.reported_on,
    )


def activity_changed(activity: Activity, act: Act, lines: Iterable[LedgerLine]) -> contract.ActivityChanged:
    """The description of an activity changed."""
    return contract.ActivityChanged(
        activity_id=activity.id,
        municipality=activity.municipality,
        details=details_of(activity),
        lines=lines_of(lines, act),
    )


def activity_phased(activity: Activity, act: Act, lines: Iterable[LedgerLine]) -> contract.ActivityPhased:
    """The plan of an activity was divided over school years."""
    return contract.ActivityPhased(
        activity_id=activity.id,
        municipality=activity.municipality,
        act_id=act.id,
        state=activity.phasing_state,
        lines=lines_of(lines, act),
        reason=act.reason or None,
    )


def entry_recorded(activity: Activity, act: Act, lines: Iterable[LedgerLine]) -> contract.EntryRecorded:
    """A spending, commitment or correction was booked, or a newer amount up to a reference date."""
    return contract.EntryRecorded(
        activity_id=activity.id, municipality=activity.municipality, act_id=act.id, lines=lines_of(lines, act)
    )


def spending_divided(activity: Activity, act: Act, lines: Iterable[LedgerLine]) -> contract.SpendingDivided:
    """Part of an amount up to a date was given its school year."""
    return contract.SpendingDivided(
        activity_id=activity.id, municipality=activity.municipality, act_id=act.id, lines=lines_of(lines, act)
    )


def budget_transferred(
    activity: Activity, other: Activity, act: Act, lines: Iterable[LedgerLine]
) -> contract.BudgetTransferred:
    """Planned money moved between two activities, as told of one of them; both lines go along."""
    return contract.BudgetTransferred(
        activity_id=activity.id,
        other_activity_id=other.id,
        municipality=activity.municipality,
        act_id=act.id,
        lines=lines_of(lines, act),
        total_cents=activity.total_cents,
        reason=act.reason,
    )


def progress_reported(activity: Activity, report: Report) -> contract.ProgressReported:
    """Someone said how an activity stands."""
    counts = (report.participants, report.waiting, report.places)
    reach = None
    if any(count is not None for count in counts):
        reach = contract.Reach(participants=report.participants, waiting=report.waiting, places=report.places)
    return contract.ProgressReported(
        activity_id=activity.id,
        municipality=activity.municipality,
        report_id=report.id,
        reported_on=report.reported_on,
        status=report.status or None,
        status_reason=report.status_reason or None,
        reach=reach,
        indicator=indicator_of(report.indicator),
    )


def activity_withdrawn(activity: Activity, act: Act, lines: Iterable[LedgerLine]) -> contract.ActivityWithdrawn:
    """An activity was taken back."""
    return contract.ActivityWithdrawn(
        activity_id=activity.id,
        municipality=activity.municipality,
        act_id=act.id,
        reason=act.reason,
        lines=lines_of(lines, act),
    )


def organisation_proposed(
    *, organisation_id: UUID, kind: str, name: str, municipality: str, brin: str | None = None
) -> contract.OrganisationProposed:
    """A sheet or form named an organisation nobody had registered."""
    return contract.OrganisationProposed(
        organisation_id=organisation_id, kind=kind, name=name, municipality=municipality, brin=brin
    )


def municipality_registered(municipality: Municipality) -> contract.MunicipalityRegistered:
    """A municipality works with this house, or its data changed."""
    return contract.MunicipalityRegistered(
        municipality_id=municipality.id,
        code=municipality.code,
        name=municipality.name,
        kind=municipality.kind,
        zone=municipality.zone,
        number_prefix=municipality.number_prefix,
        theme=municipality.theme,
    )


def programme_defined(programme: Programme) -> contract.ProgrammeDefined:
    """A programme with its window and periods."""
    return contract.ProgrammeDefined(
        programme_id=programme.id,
        code=programme.code,
        name=programme.name,
        window_starts_on=programme.window_starts_on,
        window_ends_on=programme.window_ends_on,
        periods=programme.plain_periods(),
    )


def catalogue_defined(catalogue: Catalogue) -> contract.CatalogueDefined:
    """A catalogue as it now stands, whole."""
    entries = tuple(
        contract.CatalogueEntry(
            slug=entry.slug,
            label_nl=entry.label_nl,
            label_en=entry.label_en,
            group=entry.group,
            aliases=tuple(entry.aliases),
        )
        for entry in catalogue.entries.all()
    )
    return contract.CatalogueDefined(catalogue_id=catalogue.id, name=catalogue.name, entries=entries)


def allocation_granted(allocation: Allocation) -> contract.AllocationGranted:
    """A municipality received money."""
    return contract.AllocationGranted(
        allocation_id=allocation.id,
        municipality=allocation.municipality,
        programme=allocation.programme,
        component=allocation.component,
        amount_cents=allocation.amount_cents,
        granted_on=allocation.granted_on,
        pupils=allocation.pupils,
        per_pupil_cents=allocation.per_pupil_cents,
    )
