"""What changed lately, by reason code: one row per act, made of the messages that told of it."""

from django.db import models


class Change(models.Model):
    """An act that changed figures, a status or who takes part.

    id is the act when the message names one, else the message, so that an act told twice is one change. facts are
    plain values the sentence needs: cents, school years, another activity, a status, a school.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    municipality = models.CharField(max_length=4)
    activity_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    reason = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=30, blank=True)
    correlation = models.CharField(max_length=100, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [models.Index(fields=["municipality", "-changed_at"], name="reporting_change_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.changed_at:%Y-%m-%d}"
