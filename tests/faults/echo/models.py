"""The tables of the echo: those every service has, and what it heard."""

from django.db import models

from coordination.events import tables


class OutboxEntry(tables.OutboxEntry):
    """It says nothing, but could."""


class HandledEvent(tables.HandledEvent):
    """What it has handled."""


class SubjectPosition(tables.SubjectPosition):
    """How far it has heard each subject."""


class DeadLetter(tables.DeadLetter):
    """What it could not handle."""


class PassedOver(tables.PassedOver):
    """What it was told to let go of."""


class Rebuild(tables.Rebuild):
    """When it was made again."""


class Heard(models.Model):
    """One thing heard; nothing forbids a double one, so that a double one shows."""

    subject = models.CharField(max_length=100)
    places = models.IntegerField()
