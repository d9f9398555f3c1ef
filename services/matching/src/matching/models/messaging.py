"""The tables with which matching says and hears things; their shape is the platform's."""

from coordination.events import tables


class OutboxEntry(tables.OutboxEntry):
    """What matching said."""


class HandledEvent(tables.HandledEvent):
    """What matching has handled."""


class SubjectPosition(tables.SubjectPosition):
    """How far matching has heard each subject."""


class DeadLetter(tables.DeadLetter):
    """What matching could not handle."""


class PassedOver(tables.PassedOver):
    """What matching was told to let go of."""


class Rebuild(tables.Rebuild):
    """When the projections of matching were made again."""


class AcceptedRequest(tables.AcceptedRequest):
    """Requests matching has carried out."""
