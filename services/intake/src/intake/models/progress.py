"""What was reported of an activity: status, reach as counts, and the value of an indicator."""

from django.db import models

from coordination.contracts.identifiers import new_id
from intake.models.activities import Activity
from intake.models.ledger import Act


class Report(models.Model):
    """One report. An empty status or a null count means that nothing was said about it; the note stays here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="report")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reports")
    reported_on = models.DateField()
    status = models.CharField(max_length=20, blank=True)
    status_reason = models.CharField(max_length=60, blank=True)
    participants = models.PositiveIntegerField(null=True)
    waiting = models.PositiveIntegerField(null=True)
    places = models.PositiveIntegerField(null=True)
    indicator = models.JSONField(null=True)

    class Meta:
        ordering = ["reported_on", "id"]

    def __str__(self) -> str:
        return f"{self.reported_on} {self.status}"
