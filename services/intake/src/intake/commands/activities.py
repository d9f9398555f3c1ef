"""Registering an activity."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from coordination.contracts import clock
from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import ActivityDetails, Indicator
from coordination.contracts.refusals import Conflict, NotFound, Problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from intake import publications
from intake.commands.acts import OWN_SOURCE, WHO, refuse_if, require, role_of, tell, write_act, write_lines
from intake.commands.organisations import (
    PartnerGiven,
    partner_names,
    partner_problems,
    school_problems,
    settle_partners,
)
from intake.domain import who_may
from intake.domain.activities import WORDS, description_problems, indicator_problems, next_number, outside
from intake.domain.amounts import amount_problems
from intake.domain.phasing import Phasing, phasing_problems
from intake.domain.statuses import STATUSES
from intake.domain.texts import cleaned
from intake.models import Activity, LedgerLine, Municipality, Programme
from intake.models.basis import words


def register_activity(
    *,
    actor: Actor,
    municipality: str,
    title: str,
    measure_type: str,
    starts_on: date,
    ends_on: date,
    total_cents: int,
    number: str | None = None,
    owner: UUID | None = None,
    status: str = "draft",
    status_reason: str | None = None,
    goal: str = "",
    interventions: Iterable[str] = (),
    sectors: Iterable[str] = (),
    target_groups: Iterable[str] = (),
    school_types: Iterable[str] = (),
    schools: Iterable[UUID | str] = (),
    partners: Iterable[PartnerGiven] = (),
    continuation: str | None = None,
    phasing: Phasing | None = None,
    phasing_state: str = "draft",
    spent_until_cents: int | None = None,
    reference_date: date | None = None,
    indicator: Indicator | None = None,
    note: str = "",
    activity_id: UUID | None = None,
    origin: Mapping[str, Any] | None = None,
    programme: str = "np_onderwijs",
) -> Activity:
    """A municipality registers an activity; its total and what is known of years and spending become ledger lines.

    Amounts are cents. Without a number it gets the next one of the municipality. owner is an account; left out it is
    the actor, or unknown when origin says that it came from a sheet. phasing is cents by school year, None unknown;
    what it leaves is undivided. spent_until_cents needs its reference_date. activity_id is made before writing: the
    same id a second time is the same registration.
    Raises NotFound for a municipality the actor may not see, Forbidden for another role, Invalid with everything
    that is wrong, and Conflict when the number exists.
    """
    place = admit_registrar(actor, municipality)
    plan = Programme.objects.prefetch_related("periods").get(code=programme)
    named = partner_names(partners)
    details = ActivityDetails(
        number=cleaned(number) if isinstance(number, str) else (number or ""),
        title=cleaned(title) if isinstance(title, str) else title,
        measure_type=measure_type,
        starts_on=starts_on,
        ends_on=ends_on,
        total_cents=total_cents,
        owner=owner or (None if origin else actor.account_id),
        goal=goal or "",
        interventions=tuple(interventions),
        sectors=tuple(sectors),
        target_groups=tuple(target_groups),
        school_types=tuple(school_types),
        schools=tuple(dict.fromkeys(UUID(str(school)) for school in schools)),
        continuation=continuation or None,
        phasing_state="final" if phasing_state == "final" else "draft",
    )
    refuse_if(
        [
            *_description_problems(plan, details, named, indicator, note),
            *_first_amount_problems(plan, phasing, details, spent_until_cents, reference_date),
            *_status_problems(status),
        ]
    )

    role = role_of(actor, place.code, who_may.describes)
    with unit_of_work("intake", role=role) as say:
        Municipality.objects.select_for_update().get(id=place.id)
        if activity_id and (existing := Activity.objects.filter(id=activity_id).first()):
            if existing.municipality != place.code:
                raise NotFound
            return existing
        activity = _new_activity(place, plan, details, activity_id)
        activity.status, activity.status_reason, activity.note = status, status_reason or "", note or ""
        activity.partners = settle_partners(say, named, place.code)
        if indicator is not None:
            activity.indicators = [publications.indicator_kept(indicator)]
        activity.reported_on = reference_date or (indicator.measured_on if indicator else None)
        activity.save(force_insert=True)
        act = write_act(
            actor=actor,
            role=role,
            kind="register",
            activity=activity,
            origin=origin,
            details={"status": ["", activity.status], "indicators": [[], activity.indicators]},
        )
        lines = write_lines(act, _first_lines(activity, phasing, spent_until_cents, reference_date))
        say(publications.activity_registered(activity, act, lines))
        tell(say, activity)
    return activity


def admit_registrar(actor: Actor, municipality: str) -> Municipality:
    """The municipality, if this actor may register activities for it. Raises NotFound, then Forbidden."""
    place = Municipality.objects.filter(code=str(municipality)[:10].replace("\0", "")).first()
    if place is None or not who_may.sees(actor, place.code):
        raise NotFound
    require(who_may.describes(actor, place.code), WHO[who_may.describes])
    return place


def _description_problems(
    plan: Programme,
    details: ActivityDetails,
    named: list[tuple[UUID | None, str]],
    indicator: Indicator | None,
    note: str,
) -> list[Problem]:
    known = words(*WORDS)
    return [
        *description_problems(details, window=plan.window, words=known, note=note),
        *school_problems(details.schools),
        *partner_problems(named),
        *indicator_problems(indicator, known["evidence"]),
    ]


def _status_problems(status: str) -> list[Problem]:
    if status in STATUSES:
        return []
    return [Problem(field="status", code="status-unknown", message="Kies een status uit de lijst.")]


def _first_amount_problems(
    plan: Programme,
    phasing: Phasing | None,
    details: ActivityDetails,
    spent_until_cents: int | None,
    reference_date: date | None,
) -> list[Problem]:
    problems = amount_problems("spentUntilCents", spent_until_cents, least=0, known=False)
    if spent_until_cents is not None and reference_date is None:
        message = "Vul ook de peildatum in: tot wanneer is dit besteed?"
        problems.append(Problem(field="referenceDate", code="required", message=message))
    if reference_date is not None and reference_date < plan.window_starts_on:
        problems.append(outside("referenceDate", reference_date, plan.window))
    if not phasing:
        if details.phasing_state == "final":
            message = "Vul de bedragen per schooljaar in, of bewaar de fasering als concept."
            problems.append(Problem(field="phasing", code="required", message=message))
        return problems
    amounts = [
        found for year, cents in phasing.items() for found in amount_problems(f"phasing.{year}", cents, known=False)
    ]
    if amounts or amount_problems("totalCents", details.total_cents):
        return problems + amounts
    return problems + phasing_problems(
        phasing,
        total_cents=details.total_cents,
        state=details.phasing_state,
        school_years=[period.school_year for period in plan.plain_periods()],
        window=str(plan.window),
    )


def _new_activity(place: Municipality, plan: Programme, details: ActivityDetails, activity_id: UUID | None) -> Activity:
    there = Activity.objects.filter(municipality=place.code)
    number = details.number or next_number(place.number_prefix, list(there.values_list("number", flat=True)))
    if there.filter(number__iexact=number).exists():
        raise Conflict(f"Het nummer {number} bestaat al in deze gemeente. Kies een ander nummer of laat het leeg.")
    now = clock.recorded_now()
    return Activity(
        id=activity_id or new_id(),
        municipality=place.code,
        programme=plan.code,
        number=number,
        title=details.title,
        measure_type=details.measure_type,
        starts_on=details.starts_on,
        ends_on=details.ends_on,
        total_cents=details.total_cents,
        owner=details.owner,
        goal=details.goal,
        interventions=list(details.interventions),
        sectors=list(details.sectors),
        target_groups=list(details.target_groups),
        school_types=list(details.school_types),
        schools=[str(school) for school in details.schools],
        continuation=details.continuation or "",
        phasing_state=details.phasing_state,
        registered_at=now,
        changed_at=now,
    )


def _first_lines(
    activity: Activity, phasing: Phasing | None, spent_until_cents: int | None, reference_date: date | None
) -> list[LedgerLine]:
    known = {year: cents for year, cents in sorted((phasing or {}).items()) if cents is not None}
    amounts: list[tuple[str | None, int]] = [*known.items()]
    rest = activity.total_cents - sum(known.values())
    if rest or not known:
        amounts.append((None, rest))
    lines = [
        LedgerLine(activity=activity, kind="plan", school_year=year, amount_cents=cents, funding_source=OWN_SOURCE)
        for year, cents in amounts
    ]
    if spent_until_cents is not None:
        lines.append(
            LedgerLine(
                activity=activity,
                kind="spent_until",
                school_year=None,
                amount_cents=spent_until_cents,
                funding_source=OWN_SOURCE,
                reference_date=reference_date,
            )
        )
    return lines
