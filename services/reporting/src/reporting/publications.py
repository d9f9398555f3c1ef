"""What reporting says: from its tables to the contract."""

from coordination.contracts import reporting as contract
from reporting.models import Signal


def signal_raised(signal: Signal) -> contract.SignalRaised:
    """An activity needs somebody's eye."""
    return contract.SignalRaised(
        signal_id=signal.id,
        activity_id=signal.activity_id,
        municipality=signal.municipality,
        kind=signal.kind,
        since=signal.since,
    )


def signal_cleared(signal: Signal) -> contract.SignalCleared:
    """What a signal was about is no longer so."""
    return contract.SignalCleared(
        signal_id=signal.id, activity_id=signal.activity_id, municipality=signal.municipality, kind=signal.kind
    )
