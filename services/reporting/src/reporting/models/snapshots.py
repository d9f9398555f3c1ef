"""Snapshots: the facts behind a page, frozen for a meeting at a permanent address."""

from django.db import models

from coordination.contracts.identifiers import new_id


class Snapshot(models.Model):
    """facts is the page's facts as JSON, read again to draw the same page; taken_on is the business date."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.CharField(max_length=4)
    taken_on = models.DateField()
    taken_at = models.DateTimeField()
    role = models.CharField(max_length=30, blank=True)
    facts = models.TextField()

    class Meta:
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"{self.municipality} {self.taken_on}"
