"""Reporting how an activity stands: status, reach as counts, one indicator value. Counts only, never people."""

from datetime import date
from uuid import UUID

from coordination.contracts import clock
from coordination.contracts.intake import Indicator
from coordination.contracts.refusals import Problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from intake import publications
from intake.commands.acts import (
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
)
from intake.domain import who_may
from intake.domain.activities import indicator_problems, outside
from intake.domain.dates import in_words
from intake.domain.reports import MOST_INDICATORS, count_problems, merged
from intake.domain.statuses import NEEDS_REASON, status_problems
from intake.domain.texts import text_problems
from intake.models import Activity, Report
from intake.models.basis import frame_of, words


def report_progress(
    *,
    actor: Actor,
    activity_id: UUID,
    reported_on: date,
    status: str | None = None,
    status_reason: str | None = None,
    participants: int | None = None,
    waiting: int | None = None,
    places: int | None = None,
    indicator: Indicator | None = None,
    note: str = "",
    act_id: UUID | None = None,
) -> Acted:
    """Record one report; None means that nothing is said about it.

    A status must be reachable from the present one; delayed and stopped take a reason of their list and without one
    there is a warning. Raises NotFound, Forbidden, Conflict when withdrawn, and Invalid.
    """
    with unit_of_work("intake") as say:
        activity = locked_for(say, activity_id, actor, who_may.describes)
        if done := earlier_act(act_id, activity.id):
            return done_before(done)
        kept_indicators, problems = _indicator(activity, indicator, reported_on)
        problems += _day_problems(activity, reported_on, status)
        problems += _status_problems(activity, status, status_reason)
        for field, count in (("participants", participants), ("waiting", waiting), ("places", places)):
            problems += count_problems(f"reach.{field}", count)
        problems += text_problems("note", "De toelichting", note, most=4000)
        if status is None and indicator is None and (participants, waiting, places) == (None, None, None) and not note:
            message = "Vul ten minste een ding in: de status, een aantal of een stand."
            problems.append(Problem(field="status", code="nothing-reported", message=message))
        refuse_if(problems)
        act = write_act(
            actor=actor,
            role=role_of(actor, activity.municipality, who_may.describes),
            kind="report",
            activity=activity,
            act_id=act_id,
            reason=status_reason or "",
            note=note,
            details={"status": [activity.status, status]} if status else {},
        )
        report = Report.objects.create(
            act=act,
            activity=activity,
            reported_on=reported_on,
            status=status or "",
            status_reason=_reason_now(activity, status, status_reason),
            participants=participants,
            waiting=waiting,
            places=places,
            indicator=kept_indicators[1] if kept_indicators else None,
        )
        if status:
            activity.status, activity.status_reason = status, report.status_reason
        if kept_indicators:
            activity.indicators = kept_indicators[0]
        activity.reported_on = max(filter(None, (activity.reported_on, reported_on)))
        activity.changed_at = clock.recorded_now()
        activity.save(update_fields=["status", "status_reason", "indicators", "reported_on", "changed_at"])
        say(publications.progress_reported(activity, report))
        tell(say, activity)
        warnings = ()
        if status in NEEDS_REASON and not report.status_reason:
            warnings = ("Er is geen reden gekozen bij deze status. Vul die aan.",)
        return Acted(act=act, warnings=warnings)


def _reason_now(activity: Activity, status: str | None, given: str | None) -> str:
    if given or not status:
        return given or ""
    return activity.status_reason if status == activity.status else ""


def _indicator(
    activity: Activity, indicator: Indicator | None, reported_on: date
) -> tuple[tuple[list[dict], dict] | None, list[Problem]]:
    problems = indicator_problems(indicator, words("evidence")["evidence"])
    if indicator is None or problems:
        return None, problems
    kept, one = merged(activity.indicators, publications.indicator_kept(indicator), reported_on)
    if len(kept) > MOST_INDICATORS:
        message = f"Een activiteit heeft hoogstens {MOST_INDICATORS} indicatoren. Kies een bestaande."
        return None, [Problem(field="indicator.name", code="too-many", message=message)]
    return (kept, one), []


def _day_problems(activity: Activity, reported_on: date, status: str | None) -> list[Problem]:
    if not isinstance(reported_on, date):
        return [Problem(field="date", code="required", message="Vul de datum van het bericht in.")]
    frame = frame_of(activity.programme)
    if reported_on < frame.window.starts_on:
        return [outside("date", reported_on, frame.window)]
    if reported_on > today_in(activity.municipality):
        message = f"{in_words(reported_on)} ligt na vandaag. Kies de dag waarop dit gold."
        return [Problem(field="date", code="date-in-future", message=message)]
    if status and status != activity.status and activity.reported_on and reported_on < activity.reported_on:
        message = (
            f"Er is al een bericht van {in_words(activity.reported_on)}. "
            "De status verandert alleen met een bericht van die dag of later."
        )
        return [Problem(field="date", code="report-older", message=message)]
    return []


def _status_problems(activity: Activity, status: str | None, reason: str | None) -> list[Problem]:
    if status is None:
        if reason:
            message = "Kies ook de status waar deze reden bij hoort."
            return [Problem(field="status", code="required", message=message)]
        return []
    problems = status_problems(activity.status, status, words("status")["status"])
    if problems or not reason:
        return problems
    wanted = NEEDS_REASON.get(status)
    found = reason_problems(reason, [wanted] if wanted else ["delay", "stop", "rephasing"], required=False)
    return [Problem(field="statusReason", code=one.code, message=one.message) for one in found]
