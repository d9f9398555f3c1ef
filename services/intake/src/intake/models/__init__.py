"""The tables of intake: what it owns, its copies of others' news, and how it says and hears."""

from intake.models.activities import Activity
from intake.models.basis import Allocation, Catalogue, CatalogueEntry, Municipality, Programme, ProgrammePeriod
from intake.models.ledger import Act, LedgerLine
from intake.models.messaging import (
    AcceptedRequest,
    DeadLetter,
    HandledEvent,
    OutboxEntry,
    PassedOver,
    Rebuild,
    SubjectPosition,
)
from intake.models.organisations import Partner, School
from intake.models.participations import Offer, Participation, PartnerRole, Signal
from intake.models.progress import Report
from intake.models.uploads import Upload, UploadRow

__all__ = [
    "AcceptedRequest",
    "Act",
    "Activity",
    "Allocation",
    "Catalogue",
    "CatalogueEntry",
    "DeadLetter",
    "HandledEvent",
    "LedgerLine",
    "Municipality",
    "Offer",
    "OutboxEntry",
    "Participation",
    "Partner",
    "PartnerRole",
    "PassedOver",
    "Programme",
    "ProgrammePeriod",
    "Rebuild",
    "Report",
    "School",
    "Signal",
    "SubjectPosition",
    "Upload",
    "UploadRow",
]
