"""Phasing: dividing an activity's plan over the school years, first and again."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from coordination.contracts import clock
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from intake import publications
from intake.commands.acts import (
    OWN_SOURCE,
    Acted,
    done_before,
    earlier_act,
    locked_for,
    reason_problems,
    refuse_if,
    require_version,
    role_of,
    tell,
    write_act,
    write_lines,
)
from intake.domain import who_may
from intake.domain.amounts import amount_problems
from intake.domain.figures import picture_of
from intake.domain.phasing import PlanLine, phasing_problems, plan_lines, settled
from intake.domain.texts import text_problems
from intake.models import Act, Activity, LedgerLine
from intake.models.basis import Frame, frame_of
from intake.models.ledger import sums_of

UNCHANGED = "Er is niets veranderd aan de fasering."


def phase_budget(
    *,
    actor: Actor,
    activity_id: UUID,
    phasing: Mapping[str, int | None],
    state: Literal["draft", "final"] = "draft",
    reason: str | None = None,
    version: int | None = None,
    note: str = "",
    decision: str = "",
    act_id: UUID | None = None,
) -> Acted:
    """Set the plan by school year, in cents; None or left out is unknown and stays undivided.

    A final phasing equals the total to the cent; a draft may be incomplete. Changing a final one needs a reason of
    the list. Only differences become lines. Raises NotFound, Forbidden, Outdated when version is not the present one,
    Conflict when withdrawn, and Invalid.
    """
    with unit_of_work("intake") as say:
        activity = locked_for(say, activity_id, actor)
        if done := earlier_act(act_id, activity.id):
            return done_before(done)
        frame = frame_of(activity.programme)
        years = frame.school_years
        picture = picture_of(sums_of(activity), years)
        present = {year: picture.by_year[year].planned for year in years}
        require_version(
            activity,
            version,
            yours={"phasing": _rows(phasing), "state": state},
            current={"phasing": _rows(present), "state": activity.phasing_state},
        )
        wanted = settled(present, phasing) if state == "final" else dict(phasing)
        lines = _checked(activity, frame, present, wanted, state, picture.undivided.planned)
        changes_final = activity.phasing_state == "final" and bool(lines)
        refuse_if(
            [
                *reason_problems(reason, ("rephasing",), required=changes_final),
                *text_problems("note", "De toelichting", note, most=2000),
            ]
        )
        if not lines and state == activity.phasing_state:
            return Acted(act=_last_plan(activity), warnings=(UNCHANGED,))
        act = write_act(
            actor=actor,
            role=role_of(actor, activity.municipality, who_may.keeps_money),
            kind="rephase" if changes_final else "phase",
            activity=activity,
            act_id=act_id,
            reason=reason or "",
            note=note,
            decision=decision,
            details={"state": [activity.phasing_state, state]},
        )
        activity.phasing_state = state
        activity.version += 1
        activity.changed_at = clock.recorded_now()
        activity.save(update_fields=["phasing_state", "version", "changed_at"])
        written = write_lines(act, [_line(activity, line) for line in lines])
        say(publications.activity_phased(activity, act, written))
        tell(say, activity)
        return Acted(act=act, lines=written)


def _checked(
    activity: Activity,
    frame: Frame,
    present: dict[str, int | None],
    wanted: dict[str, int | None],
    state: str,
    undivided: int | None,
) -> list[PlanLine]:
    problems = [
        found for year, cents in wanted.items() for found in amount_problems(f"phasing.{year}", cents, known=False)
    ]
    problems = problems or phasing_problems(
        wanted,
        total_cents=activity.total_cents,
        state=state,
        school_years=list(present),
        window=str(frame.window),
    )
    refuse_if(problems)
    return plan_lines(present, undivided, wanted, activity.total_cents)


def _line(activity: Activity, line: PlanLine) -> LedgerLine:
    return LedgerLine(
        activity=activity,
        kind="plan",
        school_year=line.school_year,
        amount_cents=line.amount_cents,
        funding_source=OWN_SOURCE,
        forgets=line.forgets,
    )


def _rows(phasing: Mapping[str, int | None]) -> list[dict[str, object]]:
    return [{"schoolYear": year, "plannedCents": cents} for year, cents in sorted(phasing.items())]


def _last_plan(activity: Activity) -> Act:
    return activity.acts.filter(kind__in=["register", "phase", "rephase", "transfer", "change"]).latest("recorded_at")
