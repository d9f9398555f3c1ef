"""The tables with which intake says and hears things; their shape is the platform's."""

from coordination.events import tables


class OutboxEntry(tables.OutboxEntry):
    """What intake said."""


class HandledEvent(tables.HandledEvent):
    """What intake has handled."""


class SubjectPosition(tables.SubjectPosition):
    """How far intake has heard each subject."""


class DeadLetter(tables.DeadLetter):
    """What intake could not handle."""


class PassedOver(tables.PassedOver):
    """What intake was told to let go of."""


class Rebuild(tables.Rebuild):
    """When the projections of intake were made again."""


class AcceptedRequest(tables.AcceptedRequest):
    """Requests intake has carried out."""
