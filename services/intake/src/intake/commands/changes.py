"""Changing the description of an activity, and taking an activity back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from coordination.contracts import clock
from coordination.contracts.intake import ActivityDetails
from coordination.contracts.money import amount_in_sentence
from coordination.contracts.refusals import Conflict
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from intake import publications
from intake.commands.acts import (
    OWN_SOURCE,
    admitted,
    done_before,
    earlier_act,
    locked,
    reason_problems,
    refuse_if,
    require_version,
    role_of,
    tell,
    write_act,
    write_lines,
)
from intake.commands.organisations import partner_names, partner_problems, school_problems, settle_partners
from intake.domain import who_may
from intake.domain.activities import WORDS, description_problems
from intake.domain.texts import cleaned, text_problems
from intake.models import Activity, LedgerLine
from intake.models.basis import frame_of, words

PLAIN = ("title", "measure_type", "starts_on", "ends_on", "goal", "note", "owner", "total_cents")
LISTS = ("interventions", "sectors", "target_groups", "school_types")
CHANGEABLE = frozenset({*PLAIN, *LISTS, "number", "continuation", "schools", "partners"})


def change_activity(
    *,
    actor: Actor,
    activity_id: UUID,
    version: int | None = None,
    act_id: UUID | None = None,
    **changes: Any,
) -> Activity:
    """Change any of the fields with which an activity is registered; what is not named stays.

    A changed total goes to or comes from the undivided part, and the phasing is a draft again. version is the one the
    change was made on. Raises NotFound, Forbidden, Outdated with both versions, Conflict when withdrawn or when the
    number exists, and Invalid with everything that is wrong. Raises TypeError for a field that cannot change.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise TypeError(f"change_activity cannot change {', '.join(sorted(unknown))}")
    place = admitted(activity_id, actor, who_may.describes)
    role = role_of(actor, place.municipality, who_may.describes)
    with unit_of_work("intake", role=role) as say:
        activity = locked(place.id)
        if earlier_act(act_id, activity.id):
            return activity
        plain = _plain(changes)
        require_version(activity, version, yours=plain, current={name: _kept(activity, name) for name in plain})
        named = partner_names(changes["partners"]) if "partners" in changes else None
        wanted = _wanted(activity, changes)
        frame = frame_of(activity.programme)
        problems = description_problems(_details(wanted), window=frame.window, words=words(*WORDS), note=wanted["note"])
        if "schools" in changes:
            problems += school_problems([UUID(school) for school in wanted["schools"]])
        refuse_if([*problems, *partner_problems(named or [])])
        _require_free_number(activity, wanted["number"])
        if named is not None:
            wanted["partners"] = settle_partners(say, named, activity.municipality)
        before = {name: _kept(activity, name) for name in wanted}
        difference = wanted["total_cents"] - activity.total_cents
        for name, value in wanted.items():
            setattr(activity, name, value)
        after = {name: _kept(activity, name) for name in wanted}
        details = {name: [before[name], after[name]] for name in wanted if before[name] != after[name]}
        if not details:
            return activity
        if difference:
            activity.phasing_state = "draft"
        activity.version += 1
        activity.changed_at = clock.recorded_now()
        activity.save()
        details.pop("note", None)
        act = write_act(actor=actor, role=role, kind="change", activity=activity, act_id=act_id, details=details)
        lines = write_lines(act, [_undivided(activity, difference)] if difference else [])
        say(publications.activity_changed(activity, act, lines))
        tell(say, activity)
        return activity


def withdraw_activity(
    *,
    actor: Actor,
    activity_id: UUID,
    reason: str,
    version: int | None = None,
    note: str = "",
    act_id: UUID | None = None,
) -> Activity:
    """Take an activity back that should not be here, with a reason of the list; reversing lines bring it to nothing.

    Raises NotFound, Forbidden, Outdated, Invalid, and Conflict when it was withdrawn before or when dated spending
    stands: an activity that really spent money is stopped instead.
    """
    place = admitted(activity_id, actor, who_may.describes)
    role = role_of(actor, place.municipality, who_may.describes)
    with unit_of_work("intake", role=role) as say:
        done = earlier_act(act_id, place.id)
        if done is not None:
            return done_before(done).act.activity
        activity = locked(place.id)
        require_version(activity, version, yours={"reason": reason}, current={"title": activity.title})
        refuse_if(
            [
                *reason_problems(reason, ("withdraw",), required=True),
                *text_problems("note", "De toelichting", note, most=2000),
            ]
        )
        lines = list(activity.lines.all())
        dated = sum(line.amount_cents for line in lines if line.kind in ("spending", "correction"))
        if dated:
            raise Conflict(
                f"Er staat {amount_in_sentence(dated)} aan losse bestedingen. "
                "Zet de status op Gestopt, of boek eerst een correctie."
            )
        act = write_act(
            actor=actor, role=role, kind="withdraw", activity=activity, act_id=act_id, reason=reason, note=note
        )
        written = write_lines(act, _reversing(activity, lines))
        activity.withdrawn = True
        activity.total_cents = 0
        activity.version += 1
        activity.changed_at = act.recorded_at
        activity.save(update_fields=["withdrawn", "total_cents", "version", "changed_at"])
        say(publications.activity_withdrawn(activity, act, written))
        tell(say, activity)
        return activity


def _wanted(activity: Activity, changes: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {name: getattr(activity, name) for name in CHANGEABLE - {"partners"}}
    wanted |= {name: changes[name] for name in (*PLAIN, "number") if name in changes}
    for name in ("title", "number"):
        if isinstance(wanted[name], str):
            wanted[name] = cleaned(wanted[name])
    for name in LISTS:
        if name in changes:
            wanted[name] = list(changes[name])
    if "schools" in changes:
        wanted["schools"] = [str(school) for school in dict.fromkeys(changes["schools"])]
    if "continuation" in changes:
        wanted["continuation"] = changes["continuation"] or ""
    wanted["note"], wanted["goal"] = wanted["note"] or "", wanted["goal"] or ""
    wanted["number"] = wanted["number"] or activity.number
    return wanted


def _details(wanted: Mapping[str, Any]) -> ActivityDetails:
    fields = {name: wanted[name] for name in wanted if name not in ("note", "schools", "continuation")}
    return ActivityDetails(**fields, continuation=wanted["continuation"] or None)


def _plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    return msgspec.to_builtins(dict(changes))


def _kept(activity: Activity, name: str) -> Any:
    return msgspec.to_builtins(getattr(activity, name))


def _require_free_number(activity: Activity, number: str) -> None:
    others = Activity.objects.filter(municipality=activity.municipality, number__iexact=number)
    if others.exclude(id=activity.id).exists():
        raise Conflict(f"Het nummer {number} bestaat al in deze gemeente. Kies een ander nummer.")


def _undivided(activity: Activity, cents: int) -> LedgerLine:
    return LedgerLine(activity=activity, kind="plan", school_year=None, amount_cents=cents, funding_source=OWN_SOURCE)


def _reversing(activity: Activity, lines: list[LedgerLine]) -> list[LedgerLine]:
    sums: dict[tuple, int] = {}
    for line in lines:
        place = (line.kind, line.school_year, line.funding_source, line.dated_on, line.reference_date)
        sums[place] = sums.get(place, 0) + line.amount_cents
    return [
        LedgerLine(
            activity=activity,
            kind=kind,
            school_year=year,
            amount_cents=-cents,
            funding_source=source,
            dated_on=dated_on,
            reference_date=reference_date,
        )
        for (kind, year, source, dated_on, reference_date), cents in sums.items()
        if cents
    ]
