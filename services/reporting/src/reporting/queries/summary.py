"""The summary of a municipality for who may see it; page, API and download all come through here."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coordination.contracts import clock
from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from reporting.domain import who_may
from reporting.domain.summary import Summary, summarise
from reporting.models import Municipality
from reporting.models.gathering import facts_of


def summary(*, actor: Actor | None, municipality: str, known_on: date | None = None) -> Summary:
    """The summary as it stands, or as it was known at the end of a day there.

    Raises NotFound when there is no such municipality or the actor does not belong to it.
    """
    found = municipality_for(actor=actor, municipality=municipality)
    today = clock.today(found.zone)
    if known_on is None:
        return summarise(facts_of(found, today=today))
    then = today if clock.stands_still() else min(today, known_on)
    return summarise(facts_of(found, today=then, known_at=end_of_day(known_on, found.zone)))


def end_of_day(day: date, zone: str) -> datetime:
    """The last moment of a day in a zone."""
    if day == date.max:
        return datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone)) - timedelta(microseconds=1)


def municipality_for(*, actor: Actor | None, municipality: str) -> Municipality:
    """The municipality, when the actor may read its figures. Raises NotFound otherwise: the two look the same."""
    allowed = who_may.reads(actor, municipality)
    found = Municipality.objects.filter(code=municipality).first() if allowed else None
    if found is None:
        raise NotFound()
    return found


def municipalities_for(*, actor: Actor | None) -> list[Municipality]:
    """The municipalities whose figures the actor may read, in order of name."""
    if actor is None:
        return []
    if actor.is_administrator:
        return list(Municipality.objects.all())
    return list(Municipality.objects.filter(code__in=who_may.readable(actor)))
