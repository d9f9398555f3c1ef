"""What reporting says: signals about activities that need somebody's eye."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class SignalRaised:
    """An activity spends less than planned, is not reported on any more, or ends soon."""

    TYPE: ClassVar = "nl.coordination.signals.raised.v1"
    signal_id: UUID
    activity_id: UUID
    municipality: str
    kind: Literal["underspend", "stale", "ending"]
    since: date


@dataclass(frozen=True, kw_only=True)
class SignalCleared:
    """What a signal was about is no longer so."""

    TYPE: ClassVar = "nl.coordination.signals.cleared.v1"
    signal_id: UUID
    activity_id: UUID
    municipality: str
    kind: Literal["underspend", "stale", "ending"]
