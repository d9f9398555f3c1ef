"""The one table of everything said: type, class, topic, key and owner; and how a message is written and read."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Protocol

import msgspec

from coordination.contracts import intake, matching, reporting
from coordination.contracts.envelope import Envelope


class UnknownType(LookupError):
    """A message of a type this catalogue does not hold."""


class News(Protocol):
    """What every event class has: the CloudEvents type it travels under."""

    TYPE: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Where one type of news belongs: its owner service, its topic, and the field that keys it."""

    event: type[News]
    owner: str
    topic: str
    key: str

    @property
    def type(self) -> str:
        """The CloudEvents type, with its version."""
        return self.event.TYPE

    @property
    def name(self) -> str:
        """The class name, as code and the events page call it."""
        return self.event.__name__


def _entries(owner: str, topic: str, key: str, events: Iterable[type[News]]) -> list[Entry]:
    return [Entry(event=event, owner=owner, topic=f"{owner}.{topic}", key=key) for event in events]


ENTRIES: tuple[Entry, ...] = (
    *_entries("intake", "municipalities", "municipality_id", [intake.MunicipalityRegistered]),
    *_entries("intake", "programmes", "programme_id", [intake.ProgrammeDefined]),
    *_entries("intake", "catalogues", "catalogue_id", [intake.CatalogueDefined]),
    *_entries("intake", "allocations", "allocation_id", [intake.AllocationGranted]),
    *_entries("intake", "organisations", "organisation_id", [intake.OrganisationProposed]),
    *_entries(
        "intake",
        "activities",
        "activity_id",
        [
            intake.ActivityRegistered,
            intake.ActivityChanged,
            intake.ActivityPhased,
            intake.EntryRecorded,
            intake.SpendingDivided,
            intake.BudgetTransferred,
            intake.ProgressReported,
            intake.ActivityWithdrawn,
        ],
    ),
    *_entries("matching", "schools", "school_id", [matching.SchoolRegistered, matching.SchoolNeedsStated]),
    *_entries("matching", "partners", "partner_id", [matching.PartnerRegistered]),
    *_entries("matching", "offers", "activity_id", [matching.PlacesSet]),
    *_entries("matching", "participations", "participation_id", [matching.ParticipationChanged]),
    *_entries("matching", "partner-roles", "role_id", [matching.PartnerRoleChanged]),
    *_entries("reporting", "signals", "signal_id", [reporting.SignalRaised, reporting.SignalCleared]),
)

BY_TYPE = MappingProxyType({entry.type: entry for entry in ENTRIES})
BY_EVENT = MappingProxyType({entry.event: entry for entry in ENTRIES})
TOPICS: tuple[str, ...] = tuple(dict.fromkeys(entry.topic for entry in ENTRIES))


def entry_of(event: Any) -> Entry:
    """The entry of an event or event class. Raises UnknownType when it is not in the catalogue."""
    found = BY_EVENT.get(event if isinstance(event, type) else type(event))
    if found is None:
        raise UnknownType(f"{event!r} is not in the catalogue of events")
    return found


def key_of(event: Any) -> str:
    """The key under which this news stays in order, as text."""
    return str(getattr(event, entry_of(event).key))


def data_of(event: Any) -> dict[str, Any]:
    """An event as plain JSON values: dates and ids as text, tuples as lists."""
    return msgspec.json.decode(msgspec.json.encode(event))


def event_from(envelope: Envelope) -> Any:
    """The event inside an envelope.

    Fields this version does not know are ignored, so newer news can be read. Raises UnknownType for a type that is
    not here and msgspec.ValidationError when the data does not fit the contract.
    """
    entry = BY_TYPE.get(envelope.type)
    if entry is None:
        raise UnknownType(envelope.type)
    return msgspec.convert(envelope.data, entry.event)
