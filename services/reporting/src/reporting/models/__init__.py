"""The tables of reporting: the journal, copies of what it shows, and its own snapshots and signals."""

from reporting.models.activities import Activity, Indicator, Line, Reach
from reporting.models.basis import Allocation, Catalogue, Municipality, Programme, ProgrammePeriod
from reporting.models.changes import Change
from reporting.models.journal import JournalEntry
from reporting.models.messaging import (
    AcceptedRequest,
    DeadLetter,
    HandledEvent,
    OutboxEntry,
    PassedOver,
    Rebuild,
    SubjectPosition,
)
from reporting.models.organisations import Partner, School
from reporting.models.participations import Participation, PartnerRole
from reporting.models.signals import Signal
from reporting.models.snapshots import Snapshot

__all__ = [
    "AcceptedRequest",
    "Activity",
    "Allocation",
    "Catalogue",
    "Change",
    "DeadLetter",
    "HandledEvent",
    "Indicator",
    "JournalEntry",
    "Line",
    "Municipality",
    "OutboxEntry",
    "Participation",
    "Partner",
    "PartnerRole",
    "PassedOver",
    "Programme",
    "ProgrammePeriod",
    "Reach",
    "Rebuild",
    "School",
    "Signal",
    "Snapshot",
    "SubjectPosition",
]
