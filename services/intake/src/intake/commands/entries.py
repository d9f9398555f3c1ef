"""Booking in the ledger: spending, commitments, corrections, and amounts known only up to a date."""

from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from coordination.contracts.money import amount_in_sentence
from coordination.contracts.periods import period_of
from coordination.contracts.refusals import Problem
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
    role_of,
    tell,
    today_in,
    write_act,
    write_lines,
)
from intake.domain import who_may
from intake.domain.activities import outside
from intake.domain.amounts import amount_problems
from intake.domain.dates import in_words
from intake.domain.spent_until import SpentUntil, division_problems, entry_problems, spent_until_of
from intake.domain.texts import text_problems
from intake.models import Activity, LedgerLine
from intake.models.basis import Frame, frame_of, words
from intake.models.ledger import PlainLine, lines_of, sums_of
from intake.models.rows import Row, row_of

EntryKind = Literal["spending", "commitment", "correction"]
KINDS = ("spending", "commitment", "correction")
REASONS = ("correction", "rephasing")
NOTE_LENGTH = 2000


def record_entry(
    *,
    actor: Actor,
    activity_id: UUID,
    kind: EntryKind,
    dated_on: date,
    amount_cents: int,
    funding_source: str,
    school_year: str | None = None,
    divides_cumulative: bool | None = None,
    reason: str | None = None,
    note: str = "",
    decision: str = "",
    act_id: UUID | None = None,
) -> Acted:
    """Book a dated spending, commitment or correction, in cents; a correction has a sign.

    The school year follows from the date; one that is given must agree. When the date is not after the reference date
    of an amount known only up to a date, divides_cumulative says which is meant: True, it was part of that amount and
    gets its year; False, it comes on top. A date after today is accepted with a warning.
    Raises NotFound, Forbidden, Conflict when withdrawn, and Invalid.
    """
    with unit_of_work("intake") as say:
        activity = locked_for(say, activity_id, actor)
        if done := earlier_act(act_id, activity.id):
            return done_before(done)
        frame = frame_of(activity.programme)
        lines = sums_of(activity)
        until = spent_until_of(lines)
        today = today_in(activity.municipality)
        year, problems = _year_of(frame, dated_on, school_year)
        problems += _entry_field_problems(kind, amount_cents, funding_source)
        problems += reason_problems(reason, REASONS, required=False)
        problems += text_problems("note", "De toelichting", note, most=NOTE_LENGTH)
        if not problems and kind != "commitment":
            problems = entry_problems(until, dated_on, amount_cents, funding_source, divides_cumulative)
        refuse_if(problems)
        divides = kind != "commitment" and divides_cumulative is True and until.asks_about(dated_on)
        new = [_entry(activity, kind, year, amount_cents, funding_source, dated_on)]
        if divides:
            new.append(_out_of_undivided(activity, amount_cents, funding_source, until))
        act = write_act(
            actor=actor,
            role=role_of(actor, activity.municipality, who_may.keeps_money),
            today=today,
            kind="divide" if divides else "entry",
            activity=activity,
            act_id=act_id,
            reason=reason or "",
            note=note,
            decision=decision,
        )
        written = write_lines(act, new)
        event = publications.spending_divided if divides else publications.entry_recorded
        say(event(activity, act, written))
        tell(say, activity)
        row = _row(activity, frame, [*lines, *written])
        return Acted(act=act, lines=written, warnings=_warnings(row, dated_on, today), row=row)


def record_spent_until(
    *,
    actor: Actor,
    activity_id: UUID,
    amount_cents: int,
    reference_date: date,
    funding_source: str = OWN_SOURCE,
    note: str = "",
    act_id: UUID | None = None,
) -> Acted:
    """Book what was spent in all up to and including a reference date, in cents, without school years.

    What the ledger already holds up to that date counts: only the difference is booked, so the total up to the date
    becomes the amount given. Raises NotFound, Forbidden, Conflict, and Invalid, also for a date that is not newer.
    """
    with unit_of_work("intake") as say:
        activity = locked_for(say, activity_id, actor)
        if done := earlier_act(act_id, activity.id):
            return done_before(done)
        frame = frame_of(activity.programme)
        lines = lines_of(activity)
        until = spent_until_of(lines)
        today = today_in(activity.municipality)
        problems = amount_problems("amountCents", amount_cents, least=0)
        problems += _source_problems(funding_source)
        problems += text_problems("note", "De toelichting", note, most=NOTE_LENGTH)
        if not isinstance(reference_date, date):
            problems.append(Problem(field="referenceDate", code="required", message="Vul de peildatum in."))
        elif reference_date < frame.window.starts_on:
            problems.append(outside("referenceDate", reference_date, frame.window))
        elif until.reference_date is not None and reference_date <= until.reference_date:
            message = (
                f"Er is al een bedrag tot en met {in_words(until.reference_date)}. "
                "Kies een latere peildatum, of boek een correctie."
            )
            problems.append(Problem(field="referenceDate", code="reference-date-not-newer", message=message))
        refuse_if(problems)
        difference = amount_cents - until.known_up_to(reference_date)
        act = write_act(
            actor=actor,
            role=role_of(actor, activity.municipality, who_may.keeps_money),
            kind="spent_until",
            activity=activity,
            act_id=act_id,
            note=note,
            today=today,
        )
        line = LedgerLine(
            activity=activity,
            kind="spent_until",
            school_year=None,
            amount_cents=difference,
            funding_source=funding_source,
            reference_date=reference_date,
        )
        written = write_lines(act, [line])
        say(publications.entry_recorded(activity, act, written))
        tell(say, activity)
        row = _row(activity, frame, [*lines, *written])
        return Acted(act=act, lines=written, warnings=_warnings(row, reference_date, today), row=row)


def divide_spending(
    *, actor: Actor, activity_id: UUID, parts: Mapping[str, int], note: str = "", act_id: UUID | None = None
) -> Acted:
    """Give parts of the amount known up to a date their school year; parts are cents by school year.

    The lines sum to zero: nothing is added. A negative part brings back what was divided into that year before.
    Raises NotFound, Forbidden, Conflict, and Invalid, also when more is divided than there is.
    """
    with unit_of_work("intake") as say:
        activity = locked_for(say, activity_id, actor)
        if done := earlier_act(act_id, activity.id):
            return done_before(done)
        frame = frame_of(activity.programme)
        lines = sums_of(activity)
        until = spent_until_of(lines)
        years = frame.school_years
        problems = division_problems(until, parts, years, str(frame.window))
        refuse_if([*problems, *text_problems("note", "De toelichting", note, most=NOTE_LENGTH)])
        role = role_of(actor, activity.municipality, who_may.keeps_money)
        act = write_act(actor=actor, role=role, kind="divide", activity=activity, act_id=act_id, note=note)
        new = []
        for year, cents in sorted(parts.items()):
            if cents:
                into = _out_of_undivided(activity, -cents, until.funding_source, until)
                into.school_year = year
                new += [into, _out_of_undivided(activity, cents, until.funding_source, until)]
        written = write_lines(act, new)
        say(publications.spending_divided(activity, act, written))
        tell(say, activity)
        return Acted(act=act, lines=written, row=_row(activity, frame, [*lines, *written]))


def _year_of(frame: Frame, dated_on: date, given: str | None) -> tuple[str | None, list[Problem]]:
    if not isinstance(dated_on, date):
        return None, [Problem(field="date", code="required", message="Vul een datum in.")]
    period = period_of(dated_on, frame.periods)
    if period is None:
        return None, [outside("date", dated_on, frame.window)]
    if given and given != period.school_year:
        message = (
            f"{in_words(dated_on)} valt in schooljaar {period.school_year}, niet in {given}. "
            "Pas de datum of het schooljaar aan."
        )
        return period.school_year, [Problem(field="schoolYear", code="school-year-mismatch", message=message)]
    return period.school_year, []


def _entry_field_problems(kind: str, amount_cents: int, funding_source: str) -> list[Problem]:
    if kind not in KINDS:
        message = "Kies besteding, verplichting of correctie."
        return [Problem(field="kind", code="kind-unknown", message=message)]
    problems = amount_problems("amountCents", amount_cents, least=None if kind == "correction" else 1)
    if kind == "correction" and amount_cents == 0:
        message = "Een correctie van 0 verandert niets. Vul een bedrag in, zo nodig met een min."
        problems.append(Problem(field="amountCents", code="amount-zero", message=message))
    return problems + _source_problems(funding_source)


def _source_problems(funding_source: str) -> list[Problem]:
    if funding_source in words("funding_source")["funding_source"]:
        return []
    message = "Kies uit welk potje dit geld komt."
    return [Problem(field="fundingSource", code="funding-source-unknown", message=message)]


def _entry(activity: Activity, kind: str, year: str | None, cents: int, source: str, dated_on: date) -> LedgerLine:
    return LedgerLine(
        activity=activity,
        kind=kind,
        school_year=year,
        amount_cents=cents,
        funding_source=source,
        dated_on=dated_on,
    )


def _out_of_undivided(activity: Activity, cents: int, source: str, until: SpentUntil) -> LedgerLine:
    return LedgerLine(
        activity=activity,
        kind="spent_until",
        school_year=None,
        amount_cents=-cents,
        funding_source=source,
        reference_date=until.reference_date,
    )


def _row(activity: Activity, frame: Frame, lines: list[PlainLine | LedgerLine]) -> Row:
    return row_of(activity, lines, frame.school_years)


def _warnings(row: Row, dated_on: date, today: date) -> tuple[str, ...]:
    found = []
    if dated_on > today:
        found.append(f"De datum {in_words(dated_on)} ligt na vandaag ({in_words(today)}). Klopt dat?")
    remaining = row.total.remaining
    if remaining is not None and remaining < 0:
        found.append(f"Er is meer besteed dan begroot: {amount_in_sentence(-remaining)}.")
    return tuple(found)
