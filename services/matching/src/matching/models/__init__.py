"""The tables of matching: its register, its participations, and its copies of what intake says."""

from matching.models.activities import Activity
from matching.models.basis import Catalogue, Municipality, Programme, ProgrammePeriod
from matching.models.messaging import (
    AcceptedRequest,
    DeadLetter,
    HandledEvent,
    OutboxEntry,
    PassedOver,
    Rebuild,
    SubjectPosition,
)
from matching.models.namings import Naming
from matching.models.needs import SchoolNeed
from matching.models.offers import Offer
from matching.models.participations import Participation, ParticipationChange
from matching.models.partner_roles import PartnerRole, PartnerRoleChange
from matching.models.partners import Partner, PartnerIdentifier
from matching.models.schools import Board, ProposedSchool, School

__all__ = [
    "AcceptedRequest",
    "Activity",
    "Board",
    "Catalogue",
    "DeadLetter",
    "HandledEvent",
    "Municipality",
    "Naming",
    "Offer",
    "OutboxEntry",
    "Participation",
    "ParticipationChange",
    "Partner",
    "PartnerIdentifier",
    "PartnerRole",
    "PartnerRoleChange",
    "PassedOver",
    "Programme",
    "ProgrammePeriod",
    "ProposedSchool",
    "Rebuild",
    "School",
    "SchoolNeed",
    "SubjectPosition",
]
