"""How many pupils an activity has place for."""

from django.db import models


class Offer(models.Model):
    """The places of an activity, set by the officer; null is no limit. Its row is locked by whoever takes a place."""

    activity_id = models.UUIDField(primary_key=True)
    places = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.places}"
