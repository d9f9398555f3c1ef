"""The journal: every message of every topic as it was heard, kept for ever."""

from django.db import models


class JournalEntry(models.Model):
    """One message. time is when its service recorded it; municipality is empty when it concerns the whole house."""

    id = models.UUIDField(primary_key=True, editable=False)
    topic = models.CharField(max_length=100)
    type = models.CharField(max_length=200)
    subject = models.CharField(max_length=100)
    sequence = models.PositiveBigIntegerField()
    time = models.DateTimeField()
    service = models.CharField(max_length=30)
    role = models.CharField(max_length=30, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    message = models.TextField()

    class Meta:
        ordering = ["time", "id"]
        indexes = [
            models.Index(fields=["municipality", "time"], name="reporting_journal_place"),
            models.Index(fields=["subject", "sequence"], name="reporting_journal_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.subject} {self.sequence}"
