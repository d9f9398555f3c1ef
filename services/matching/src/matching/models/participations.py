"""Participations: a school in an activity, from request to end, with every step kept."""

from datetime import date, datetime
from uuid import UUID

from django.db import models

from coordination.contracts.identifiers import new_id
from matching.models.activities import Activity
from matching.models.schools import School

STATES = [(state, state) for state in ("requested", "joined", "declined", "waiting", "withdrawn")]
ORIGINS = [("school", "school"), ("municipality", "municipality")]


class Participation(models.Model):
    """One school in one activity; asking again after a refusal or an end goes on in the same row.

    municipality is that of the activity. pupils null is unknown; position is the place on the waiting list; note is
    what the school wrote for the municipality and the partner, it never travels. The activity or school may not have
    been met yet: such a row is kept and shown once it is complete.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(
        Activity, on_delete=models.DO_NOTHING, db_constraint=False, related_name="participations"
    )
    school = models.ForeignKey(School, on_delete=models.DO_NOTHING, db_constraint=False, related_name="participations")
    municipality = models.CharField(max_length=4, db_index=True)
    state = models.CharField(max_length=20, choices=STATES)
    origin = models.CharField(max_length=20, choices=ORIGINS)
    confirmed = models.BooleanField(default=False)
    pupils = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField(null=True)
    asked_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "school"], name="matching_participation_once")]
        indexes = [models.Index(fields=["activity", "state"], name="matching_participation_queue")]
        ordering = ["changed_at", "id"]

    def __str__(self) -> str:
        return f"{self.school_id} in {self.activity_id}: {self.state}"

    def keep(self, *, at: datetime, on: date, role: str = "", account: UUID | None = None) -> None:
        """Save this row as it now is, one version on, and write the step into its history."""
        self.version += 1
        self.changed_at = at
        self.save()
        ParticipationChange.objects.create(
            participation=self,
            number=self.version,
            state=self.state,
            pupils=self.pupils,
            reason=self.reason,
            position=self.position,
            confirmed=self.confirmed,
            role=role,
            account=account,
            on=on,
            changed_at=at,
        )


class ParticipationChange(models.Model):
    """One step of a participation: what it became, on what business date, in which role; never overwritten."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=STATES)
    pupils = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(null=True)
    confirmed = models.BooleanField(default=False)
    role = models.CharField(max_length=40, blank=True)
    account = models.UUIDField(null=True)
    on = models.DateField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "number"], name="matching_participation_change")
        ]
        ordering = ["participation", "number"]

    def __str__(self) -> str:
        return f"{self.participation_id} {self.number}: {self.state}"
