"""From a good row to the register: a new activity, or what changed in one that exists, by the pages' own commands."""

from collections.abc import Mapping
from typing import Any

from coordination.contracts.intake import Indicator
from coordination.identity.actor import Actor
from intake.commands.activities import register_activity
from intake.commands.acts import today_in
from intake.commands.changes import change_activity
from intake.commands.entries import record_spent_until
from intake.commands.phasings import phase_budget
from intake.commands.progress import report_progress
from intake.domain.sheet_judgement import CHANGE_REASON, JudgedRow
from intake.domain.sheet_values import RowValues
from intake.models import Activity, Upload

# What a changed row says about an activity, by the field of its column.
_DESCRIBED = {
    "title": "title",
    "measureType": "measure_type",
    "startsOn": "starts_on",
    "endsOn": "ends_on",
    "goal": "goal",
    "note": "note",
    "interventions": "interventions",
    "sectors": "sectors",
    "targetGroups": "target_groups",
    "schoolTypes": "school_types",
    "schools": "schools",
    "partners": "partners",
    "continuation": "continuation",
}


def settle_row(actor: Actor, upload: Upload, one: JudgedRow) -> Activity:
    """Register the activity of a good row, or change the one it is about; raises what those commands refuse."""
    if one.existing is not None:
        return _changed(actor, one)
    return _registered(actor, upload, one)


def _registered(actor: Actor, upload: Upload, one: JudgedRow) -> Activity:
    values = one.values
    indicator = None
    if values.indicator_name:
        indicator = Indicator(
            name=values.indicator_name,
            target=values.indicator_target,
            value=values.indicator_value,
            measured_on=values.reference_date if values.indicator_value is not None else None,
        )
    return register_activity(
        actor=actor,
        municipality=values.municipality or "",
        number=values.number,
        title=values.title or "",
        measure_type=values.measure_type or "",
        starts_on=values.starts_on,
        ends_on=values.ends_on,
        total_cents=values.total_cents,
        status=values.status,
        goal=values.goal,
        interventions=values.interventions,
        sectors=values.sectors,
        target_groups=values.target_groups,
        school_types=values.school_types,
        schools=values.schools,
        partners=values.partners,
        continuation=values.continuation,
        phasing=dict(values.phasing),
        phasing_state=values.phasing_state,
        spent_until_cents=values.spent_until_cents,
        reference_date=values.reference_date,
        indicator=indicator,
        note=values.note,
        origin={"upload": str(upload.id), "row": one.row, "filename": upload.filename},
    )


def _changed(actor: Actor, one: JudgedRow) -> Activity:
    """Bring an existing activity to what the row says; columns the sheet does not have stay as they are.

    A plan that was final changes with the reason that was chosen with the row.
    """
    values, known = one.values, one.existing
    given = {"activity_id": known.id, "actor": actor}
    described: dict[str, Any] = {
        argument: getattr(values, argument) for name, argument in _DESCRIBED.items() if name in one.cells
    }
    change_activity(**given, **described, total_cents=values.total_cents)
    if values.phasing:
        _phase(given, one.cells, values)
    if values.spent_until_cents is not None and known.facts.get("spentUntilCents") != values.spent_until_cents:
        record_spent_until(**given, amount_cents=values.spent_until_cents, reference_date=values.reference_date)
    activity = Activity.objects.get(id=known.id)
    if values.status != activity.status:
        # What a sheet says about the status, it says on the day it is taken over.
        report_progress(**given, reported_on=today_in(activity.municipality), status=values.status)
    return Activity.objects.get(id=known.id)


def _phase(given: Mapping[str, Any], cells: Mapping[str, str], values: RowValues) -> None:
    phase_budget(
        **given,
        phasing=values.phasing,
        state=values.phasing_state,
        reason=cells.get(CHANGE_REASON) or None,
    )
