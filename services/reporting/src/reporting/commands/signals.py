"""Raising and clearing signals, each minute by the business clock; done twice it changes nothing."""

from coordination.contracts import clock
from coordination.events.unit_of_work import unit_of_work
from reporting import publications
from reporting.domain.signals import Wanted, wanted_signals
from reporting.domain.summary import summarise
from reporting.models import Activity, Municipality, Signal
from reporting.models.gathering import facts_of


def look_for_signals() -> int:
    """Compare the signals that stand with those that should; gives how many were raised or cleared."""
    changed = 0
    for municipality in Municipality.objects.filter(code__in=Activity.objects.values("municipality")):
        changed += _look_at(municipality)
    return changed


def _look_at(municipality: Municipality) -> int:
    if not any(_differences(municipality)):
        return 0
    with unit_of_work("reporting", role="administrator") as say:
        # Of several consumers that look in the same minute one goes first; the next then finds nothing left to do.
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        missing, over = _differences(municipality)
        today = clock.today(municipality.zone)
        for one in missing:
            signal = Signal.objects.create(
                activity_id=one.activity_id, municipality=municipality.code, kind=one.kind, since=today
            )
            say(publications.signal_raised(signal))
        for signal in over:
            signal.cleared_on = today
            signal.save()
            say(publications.signal_cleared(signal))
        if missing or over:
            say.changed("summary", municipality.code, audience=[f"municipality:{municipality.code}"])
    return len(missing) + len(over)


def _differences(municipality: Municipality) -> tuple[list[Wanted], list[Signal]]:
    """What should be said and is not, and the signals that stand and should not any more, each in a fixed order."""
    today = clock.today(municipality.zone)
    wanted = wanted_signals(summarise(facts_of(municipality, today=today)))
    standing = {
        Wanted(activity_id=one.activity_id, kind=one.kind): one
        for one in Signal.objects.filter(municipality=municipality.code, cleared_on__isnull=True)
    }
    return (
        sorted(wanted - standing.keys(), key=lambda one: (one.activity_id, one.kind)),
        sorted((standing[one] for one in standing.keys() - wanted), key=lambda one: one.id),
    )
