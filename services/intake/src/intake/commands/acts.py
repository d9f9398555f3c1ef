"""What every command on an activity does: find and lock it for who may, and write down who did what and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from coordination.contracts import clock
from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Forbidden, Invalid, NotFound, Outdated, Problem
from coordination.events.unit_of_work import UnitOfWork
from coordination.identity.actor import Actor
from intake.domain import who_may
from intake.models import Act, Activity, CatalogueEntry, LedgerLine, Municipality
from intake.models.rows import Row

OWN_SOURCE = "np_onderwijs"
WHO = {
    who_may.describes: "een beleidsmedewerker van deze gemeente",
    who_may.keeps_money: "een beleidsmedewerker of budgethouder van deze gemeente",
    who_may.transfers: "de budgethouder van deze gemeente",
}


@dataclass(frozen=True, kw_only=True)
class Acted:
    """What a command on the ledger did. warnings are Dutch sentences about what was accepted but deserves a look.

    row is the activity as it stands afterwards, when the command had read all of it anyway.
    """

    act: Act
    lines: tuple[LedgerLine, ...] = ()
    warnings: tuple[str, ...] = ()
    row: Row | None = None


def found_activity(activity_id: UUID | str, actor: Actor) -> Activity:
    """The activity, if this actor may see it. Raises NotFound, also for one of another municipality."""
    return _found(Activity.objects.all(), activity_id, actor)


def _found(among: QuerySet[Activity], activity_id: UUID | str, actor: Actor) -> Activity:
    try:
        key = activity_id if isinstance(activity_id, UUID) else UUID(str(activity_id))
    except ValueError:
        raise NotFound from None
    try:
        activity = among.get(id=key)
    except Activity.DoesNotExist:
        raise NotFound from None
    if not who_may.sees(actor, activity.municipality):
        raise NotFound
    return activity


def admitted(
    activity_id: UUID | str, actor: Actor, allowed: Callable[[Actor, str], bool] = who_may.keeps_money
) -> Activity:
    """The activity, if this actor may do such a thing with it. Raises NotFound, then Forbidden."""
    activity = found_activity(activity_id, actor)
    require(allowed(actor, activity.municipality), WHO[allowed])
    return activity


def require(allowed: bool, who: str) -> None:
    """Refuse with Forbidden unless allowed; who names in Dutch who does this."""
    if not allowed:
        raise Forbidden(f"Alleen {who} mag dit doen. Vraag een collega met die rol.")


def locked_for(
    say: UnitOfWork,
    activity_id: UUID | str,
    actor: Actor,
    allowed: Callable[[Actor, str], bool] = who_may.keeps_money,
) -> Activity:
    """The activity, locked until the unit of work ends, which acts in the role in which this actor may do it.

    Raises NotFound, then Forbidden, then Conflict when it was withdrawn.
    """
    activity = _found(Activity.objects.select_for_update(), activity_id, actor)
    require(allowed(actor, activity.municipality), WHO[allowed])
    _refuse_withdrawn(activity)
    say.role = say.role or role_of(actor, activity.municipality, allowed)
    return activity


def locked(activity_id: UUID) -> Activity:
    """The activity, locked until the unit of work ends. Raises Conflict when it was withdrawn."""
    activity = Activity.objects.select_for_update().get(id=activity_id)
    _refuse_withdrawn(activity)
    return activity


def _refuse_withdrawn(activity: Activity) -> None:
    if activity.withdrawn:
        raise Conflict("Deze activiteit is ingetrokken. Er kan niets meer bij.")


def role_of(actor: Actor, municipality: str, allowed: Callable[[Actor, str], bool]) -> str:
    """The role in which the actor acts here; of several, the one that is allowed this."""
    for one in actor.memberships:
        if one.kind == "municipality" and one.key == municipality:
            alone = Actor(account_id=actor.account_id, memberships=(one,))
            if allowed(alone, municipality):
                return one.role
    return actor.role_for("municipality", municipality)


def earlier_act(act_id: UUID | None, activity_id: UUID) -> Act | None:
    """The act a form or request already did, when it is sent a second time. Raises Conflict for another's id."""
    if act_id is None:
        return None
    act = Act.objects.filter(id=act_id).first()
    if act is not None and activity_id not in (act.activity_id, act.other_activity_id):
        raise Conflict("Dit formulier is al gebruikt. Open het opnieuw.")
    return act


def done_before(act: Act) -> Acted:
    """What that act did."""
    return Acted(act=act, lines=tuple(act.lines.all()))


def write_act(
    *,
    actor: Actor,
    role: str,
    kind: str,
    activity: Activity,
    act_id: UUID | None = None,
    other: Activity | None = None,
    reason: str = "",
    note: str = "",
    decision: str = "",
    origin: Mapping | None = None,
    details: Mapping | None = None,
    today: date | None = None,
) -> Act:
    """Write down who does what now, and why; today is the business date, looked up when the command has not yet."""
    return Act.objects.create(
        id=act_id or new_id(),
        kind=kind,
        activity=activity,
        other_activity=other,
        actor_id=actor.account_id,
        actor_name=actor.name,
        role=role,
        reason=reason,
        note=note,
        decision=decision,
        acted_on=today or today_in(activity.municipality),
        recorded_at=clock.recorded_now(),
        origin=dict(origin) if origin else None,
        details=dict(details or {}),
    )


def write_lines(act: Act, lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    """Add lines to the ledger, one by one, so that their order is that of writing."""
    written = []
    for line in lines:
        line.act = act
        line.save()
        written.append(line)
    return tuple(written)


def today_in(municipality: str) -> date:
    """The business date where the municipality lies."""
    zone = Municipality.objects.filter(code=municipality).values_list("zone", flat=True).first()
    return clock.today(zone or clock.NETHERLANDS)


def require_version(activity: Activity, version: int | None, *, yours: object, current: object) -> None:
    """Refuse with Outdated when somebody set something in between; None is no wish. Both versions go along."""
    if version is not None and version != activity.version:
        raise Outdated(yours=yours, current=current, version=activity.version)


def reason_problems(reason: str | None, lists: Iterable[str], *, required: bool) -> list[Problem]:
    """What is wrong with a reason: it is a code of one of these lists."""
    if not reason:
        message = "Kies een reden uit de lijst."
        return [Problem(field="reason", code="reason-missing", message=message)] if required else []
    wanted = set(lists)
    groups = CatalogueEntry.objects.filter(catalogue__name="reason", slug=reason).values_list("group", flat=True)
    if any(wanted & set(group.split()) for group in groups):
        return []
    message = "Deze reden kennen we niet. Kies een reden uit de lijst."
    return [Problem(field="reason", code="reason-unknown", message=message)]


def refuse_if(problems: list[Problem]) -> None:
    """Raise Invalid with all of them when there are any."""
    if problems:
        raise Invalid(problems)


def tell(say: UnitOfWork, *activities: Activity) -> None:
    """Notices to browsers: these activities and the grid of their municipality changed."""
    for activity in activities:
        say.changed("activity", activity.id, activity.audience)
        say.changed("grid", activity.municipality, activity.audience)
