"""Copies of activities: what they are, their budget lines, and what was reported about them."""

from datetime import date
from typing import Any
from uuid import UUID

from coordination.contracts import intake
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from reporting.models import Activity, Indicator, Reach
from reporting.projections.changes import note
from reporting.projections.lines import add_lines, line_facts
from reporting.projections.summary import summary_changed


@copying
def activity_registered(event: intake.ActivityRegistered, envelope: Envelope) -> None:
    """Keep a new activity with its first lines and indicators."""
    with copies_of("reporting") as copies:
        copies.keep(
            Activity,
            {"id": event.activity_id},
            {
                "municipality": event.municipality,
                "programme": event.programme,
                "status": event.status,
                "status_reason": event.status_reason or "",
                "reported_on": event.reported_on,
                "registered_at": envelope.time,
                **_columns(event.details),
            },
        )
    add_lines(event.lines)
    for indicator in event.indicators:
        _keep_indicator(event.activity_id, indicator)
    note(
        envelope,
        municipality=event.municipality,
        activity_id=event.activity_id,
        kind="registered",
        facts={"cents": event.details.total_cents},
    )
    summary_changed([event.municipality])


@copying
def activity_changed(event: intake.ActivityChanged, envelope: Envelope) -> None:
    """Keep the description as it now stands, and the lines that a new total brought."""
    with copies_of("reporting") as copies:
        before = copies.known(Activity, event.activity_id).total_cents
        copies.change(Activity, event.activity_id, **_columns(event.details))
    add_lines(event.lines)
    note(
        envelope,
        municipality=event.municipality,
        activity_id=event.activity_id,
        kind="changed",
        facts={"cents": event.details.total_cents - before, "total": event.details.total_cents},
    )
    summary_changed([event.municipality])


@copying
def activity_phased(event: intake.ActivityPhased, envelope: Envelope) -> None:
    """Add the differences between the old and the new plan."""
    with copies_of("reporting") as copies:
        copies.change(Activity, event.activity_id, phasing_state=event.state)
    add_lines(event.lines)
    note(
        envelope,
        municipality=event.municipality,
        activity_id=event.activity_id,
        act_id=event.act_id,
        kind="phased",
        facts={"lines": line_facts(event.lines), "state": event.state},
        reason=event.reason,
    )
    summary_changed([event.municipality])


@copying
def entry_recorded(event: intake.EntryRecorded, envelope: Envelope) -> None:
    """Add a spending, a commitment, a correction, or a newer amount up to a date."""
    add_lines(event.lines)
    note(
        envelope,
        municipality=event.municipality,
        activity_id=event.activity_id,
        act_id=event.act_id,
        kind="booked",
        facts={"lines": line_facts(event.lines)},
        reason=next((line.reason for line in event.lines if line.reason), None),
    )
    summary_changed([event.municipality])


@copying
def spending_divided(event: intake.SpendingDivided, envelope: Envelope) -> None:
    """Add the lines that give part of an amount up to a date its school year."""
    add_lines(event.lines)
    note(
        envelope,
        municipality=event.municipality,
        activity_id=event.activity_id,
        act_id=event.act_id,
        kind="divided",
        facts={"lines": line_facts(event.lines)},
    )
    summary_changed([event.municipality])


@copying
def budget_transferred(event: intake.BudgetTransferred, envelope: Envelope) -> None:
    """Add both lines of a transfer, which comes once for each of its activities; the total is that of this one."""
    with copies_of("reporting") as copies:
        copies.change(Activity, event.activity_id, total_cents=event.total_cents)
    add_lines(event.lines)
    giver = next((line.activity_id for line in event.lines if line.amount_cents < 0), event.activity_id)
    note(
        envelope,
        municipality=event.municipality,
        activity_id=giver,
        act_id=event.act_id,
        kind="transferred",
        facts={"lines": line_facts(event.lines)},
        reason=event.reason,
    )
    summary_changed([event.municipality])


@copying
def progress_reported(event: intake.ProgressReported, envelope: Envelope) -> None:
    """Keep what a report says; what it does not mention stays as it was."""
    with copies_of("reporting") as copies:
        activity = copies.known(Activity, event.activity_id)
        before = activity.status
        said: dict[str, Any] = {"reported_on": max(activity.reported_on or date.min, event.reported_on)}
        if event.status:
            said |= {"status": event.status, "status_reason": event.status_reason or ""}
        copies.change(Activity, event.activity_id, **said)
    if event.reach is not None:
        _keep_reach(event.activity_id, event.reach, event.reported_on)
    if event.indicator is not None:
        _keep_indicator(event.activity_id, event.indicator)
    note(
        envelope,
        municipality=event.municipality,
        activity_id=event.activity_id,
        act_id=event.report_id,
        kind="status" if event.status and event.status != before else "reported",
        facts={"status": event.status, "before": before},
        reason=event.status_reason,
    )
    summary_changed([event.municipality])


@copying
def activity_withdrawn(event: intake.ActivityWithdrawn, envelope: Envelope) -> None:
    """Let the activity count nowhere any more."""
    with copies_of("reporting") as copies:
        copies.change(Activity, event.activity_id, withdrawn=True)
    add_lines(event.lines)
    note(
        envelope,
        municipality=event.municipality,
        activity_id=event.activity_id,
        act_id=event.act_id,
        kind="withdrawn",
        facts={},
        reason=event.reason,
    )
    summary_changed([event.municipality])


def _columns(details: intake.ActivityDetails) -> dict[str, Any]:
    return {
        "number": details.number,
        "title": details.title,
        "measure_type": details.measure_type,
        "starts_on": details.starts_on,
        "ends_on": details.ends_on,
        "total_cents": details.total_cents,
        "goal": details.goal,
        "interventions": list(details.interventions),
        "sectors": list(details.sectors),
        "target_groups": list(details.target_groups),
        "school_types": list(details.school_types),
        "schools": [str(school) for school in details.schools],
        "partners": [{"partner_id": str(one.partner_id), "name": one.name} for one in details.partners],
        "continuation": details.continuation or "",
        "phasing_state": details.phasing_state,
    }


def _keep_indicator(activity_id: UUID, indicator: intake.Indicator) -> None:
    said = {
        "target": indicator.target,
        "value": indicator.value,
        "evidence": indicator.evidence,
        "measured_on": indicator.measured_on,
    }
    known = {name: value for name, value in said.items() if value is not None}
    with copies_of("reporting") as copies:
        copies.keep(Indicator, {"activity_id": activity_id, "name": indicator.name}, known)


def _keep_reach(activity_id: UUID, reach: intake.Reach, day: date) -> None:
    said = {"participants": reach.participants, "waiting": reach.waiting, "places": reach.places}
    known = {name: value for name, value in said.items() if value is not None}
    with copies_of("reporting") as copies:
        copies.keep(Reach, {"activity_id": activity_id}, {**known, "reported_on": day})
