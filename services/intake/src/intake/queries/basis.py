"""Municipalities and programmes: what there is, and what an actor works for."""

from coordination.contracts.periods import Period
from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from intake.domain import who_may
from intake.models import Municipality, Programme

DEFAULT_PROGRAMME = "np_onderwijs"


def municipalities(*, actor: Actor) -> list[Municipality]:
    """The municipalities whose activities this actor may see."""
    found = Municipality.objects.order_by("code")
    return list(found if actor.is_administrator else found.filter(code__in=who_may.visible(actor)))


def municipality(*, actor: Actor, code: str) -> Municipality:
    """One of them. Raises NotFound, also when it is not this actor's to see."""
    found = Municipality.objects.filter(code=code).first()
    if found is None or not who_may.sees(actor, code):
        raise NotFound
    return found


def programmes() -> list[Programme]:
    """All programmes with their periods."""
    return list(Programme.objects.prefetch_related("periods"))


def programme(code: str = DEFAULT_PROGRAMME) -> Programme:
    """One programme with its periods. Raises NotFound."""
    found = Programme.objects.prefetch_related("periods").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def periods(code: str = DEFAULT_PROGRAMME) -> tuple[Period, ...]:
    """The periods of a programme in order; empty when there is no such programme yet."""
    found = Programme.objects.prefetch_related("periods").filter(code=code).first()
    return found.plain_periods() if found else ()


def school_years(code: str = DEFAULT_PROGRAMME) -> list[str]:
    """The school years of a programme in order."""
    return [period.school_year for period in periods(code)]
