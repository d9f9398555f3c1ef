"""Copies of what matching says about who takes part, and of what reporting signals about activities."""

from django.db import models


class Participation(models.Model):
    """A school's participation in an activity; it may come before intake knows either."""

    id = models.UUIDField(primary_key=True, editable=False)
    activity = models.UUIDField(db_index=True)
    school = models.UUIDField()
    municipality = models.CharField(max_length=4)
    state = models.CharField(max_length=20)
    origin = models.CharField(max_length=20)
    pupils = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(null=True)
    confirmed = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.school} {self.state}"


class PartnerRole(models.Model):
    """A partner's role in an activity: named, confirmed or declined."""

    id = models.UUIDField(primary_key=True, editable=False)
    activity = models.UUIDField(db_index=True)
    partner = models.UUIDField()
    municipality = models.CharField(max_length=4)
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.partner} {self.state}"


class Offer(models.Model):
    """How many pupils an activity has place for; null is no limit."""

    activity = models.UUIDField(primary_key=True, editable=False)
    places = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.places)


class Signal(models.Model):
    """A signal of reporting about an activity that is raised now."""

    id = models.UUIDField(primary_key=True, editable=False)
    activity = models.UUIDField(db_index=True)
    municipality = models.CharField(max_length=4)
    kind = models.CharField(max_length=20)
    since = models.DateField()

    def __str__(self) -> str:
        return self.kind
