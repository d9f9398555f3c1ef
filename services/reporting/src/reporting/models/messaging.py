"""The tables with which reporting says and hears things; their shape is the platform's."""

from coordination.events import tables


class OutboxEntry(tables.OutboxEntry):
    """What reporting said."""


class HandledEvent(tables.HandledEvent):
    """What reporting has handled."""


class SubjectPosition(tables.SubjectPosition):
    """How far reporting has heard each subject."""


class DeadLetter(tables.DeadLetter):
    """What reporting could not handle."""


class PassedOver(tables.PassedOver):
    """What reporting was told to let go of."""


class Rebuild(tables.Rebuild):
    """When the projections of reporting were made again."""


class AcceptedRequest(tables.AcceptedRequest):
    """Requests reporting has carried out."""
