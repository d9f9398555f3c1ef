"""Copies of the signals that are raised now, as reporting says them."""

from coordination.contracts import reporting
from coordination.contracts.envelope import Envelope
from coordination.events.copies import copies_of, copying
from coordination.events.unit_of_work import unit_of_work
from intake.models import Signal


@copying
def signal_raised(event: reporting.SignalRaised, envelope: Envelope) -> None:
    """Keep the signal."""
    with copies_of("intake") as copies:
        copies.keep(
            Signal,
            {"id": event.signal_id},
            {
                "activity": event.activity_id,
                "municipality": event.municipality,
                "kind": event.kind,
                "since": event.since,
            },
        )
    _tell(event)


@copying
def signal_cleared(event: reporting.SignalCleared, envelope: Envelope) -> None:
    """It is no longer so."""
    with copies_of("intake") as copies:
        copies.drop(Signal, event.signal_id)
    _tell(event)


def _tell(event: reporting.SignalRaised | reporting.SignalCleared) -> None:
    with unit_of_work("intake") as say:
        say.changed("activity", event.activity_id, [f"municipality:{event.municipality}"])
