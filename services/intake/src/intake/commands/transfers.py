"""Moving planned money from one activity to another in one reasoned act that keeps the municipality's sum."""

from uuid import UUID

from coordination.contracts import clock
from coordination.contracts.money import amount_in_sentence
from coordination.contracts.refusals import Conflict, NotFound, Problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from intake import publications
from intake.commands.acts import (
    OWN_SOURCE,
    Acted,
    admitted,
    done_before,
    earlier_act,
    found_activity,
    locked,
    reason_problems,
    refuse_if,
    role_of,
    tell,
    write_act,
    write_lines,
)
from intake.domain import who_may
from intake.domain.amounts import amount_problems
from intake.domain.figures import picture_of
from intake.domain.texts import text_problems
from intake.models import Activity, LedgerLine
from intake.models.basis import Frame, frame_of
from intake.models.ledger import sums_of


def transfer_budget(
    *,
    actor: Actor,
    from_activity: UUID,
    from_school_year: str | None,
    to_activity: UUID,
    to_school_year: str | None,
    amount_cents: int,
    reason: str,
    note: str = "",
    decision: str = "",
    act_id: UUID | None = None,
) -> Acted:
    """Move planned money, in cents, between school years of two activities of one municipality.

    A school year of None is the undivided part. Both totals change, their sum does not: two lines that sum to zero,
    one act, and a message for each activity. Raises NotFound for an activity the actor may not see, Forbidden for
    anyone but the budget holder, Invalid, also for more than is planned there, and Conflict when one was withdrawn.
    """
    source = admitted(from_activity, actor, who_may.transfers)
    target = found_activity(to_activity, actor)
    if target.municipality != source.municipality:
        raise NotFound
    role = role_of(actor, source.municipality, who_may.transfers)
    with unit_of_work("intake", role=role) as say:
        kept = {key: locked(key) for key in sorted({source.id, target.id})}
        source, target = kept[source.id], kept[target.id]
        if done := earlier_act(act_id, source.id):
            return done_before(done)
        if source.programme != target.programme:
            raise Conflict("Deze activiteiten horen bij verschillende programma's. Overhevelen kan alleen daarbinnen.")
        frame = frame_of(source.programme)
        problems = amount_problems("amountCents", amount_cents, least=1)
        problems += _place_problems(source, target, from_school_year, to_school_year, frame)
        problems += reason_problems(reason, ("transfer", "rephasing"), required=True)
        problems += text_problems("note", "De toelichting", note, most=2000)
        refuse_if(problems or _enough_problems(source, from_school_year, amount_cents, frame))
        act = write_act(
            actor=actor,
            role=role,
            kind="transfer",
            activity=source,
            other=target,
            act_id=act_id,
            reason=reason,
            note=note,
            decision=decision,
        )
        lines = write_lines(
            act,
            [_line(source, from_school_year, -amount_cents), _line(target, to_school_year, amount_cents)],
        )
        _change_total(source, -amount_cents)
        _change_total(target, amount_cents)
        say(publications.budget_transferred(source, target, act, lines))
        say(publications.budget_transferred(target, source, act, lines))
        tell(say, source, target)
        return Acted(act=act, lines=lines)


def _place_problems(
    source: Activity, target: Activity, from_year: str | None, to_year: str | None, frame: Frame
) -> list[Problem]:
    problems = []
    if source.id == target.id:
        message = "Kies een andere activiteit. Binnen een activiteit schuift u met Fasering wijzigen."
        problems.append(Problem(field="to.activity", code="same-activity", message=message))
    years = set(frame.school_years)
    for field, year in (("from.schoolYear", from_year), ("to.schoolYear", to_year)):
        if year is not None and year not in years:
            message = f"{year} valt buiten de looptijd van het programma ({frame.window})."
            problems.append(Problem(field=field, code="year-outside-programme", message=message))
    if to_year is None and target.phasing_state == "final":
        message = "Deze fasering ligt vast. Kies in welk schooljaar het bedrag komt."
        problems.append(Problem(field="to.schoolYear", code="required", message=message))
    return problems


def _enough_problems(source: Activity, year: str | None, amount_cents: int, frame: Frame) -> list[Problem]:
    years = frame.school_years
    planned = picture_of(sums_of(source), years).by_year[year].planned or 0
    if amount_cents <= planned:
        return []
    where = f"in {year}" if year else "nog niet verdeeld"
    message = f"Er is {where} {amount_in_sentence(planned)} gepland. Meer kunt u niet overhevelen."
    return [Problem(field="amountCents", code="exceeds-planned", message=message)]


def _line(activity: Activity, year: str | None, cents: int) -> LedgerLine:
    return LedgerLine(activity=activity, kind="plan", school_year=year, amount_cents=cents, funding_source=OWN_SOURCE)


def _change_total(activity: Activity, cents: int) -> None:
    activity.total_cents += cents
    activity.version += 1
    activity.changed_at = clock.recorded_now()
    activity.save(update_fields=["total_cents", "version", "changed_at"])
