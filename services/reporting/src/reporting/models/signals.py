"""Signals: activities that need somebody's eye, raised and cleared by the rules of the house."""

from django.db import models

from coordination.contracts.identifiers import new_id


class Signal(models.Model):
    """One thing about one activity, from the day it was seen until it was no longer so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity_id = models.UUIDField()
    municipality = models.CharField(max_length=4)
    kind = models.CharField(max_length=20)
    since = models.DateField()
    cleared_on = models.DateField(null=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity_id", "kind"],
                condition=models.Q(cleared_on__isnull=True),
                name="reporting_signal_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.activity_id}"
