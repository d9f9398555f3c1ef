"""Who takes part: copies of participations and partner roles. Their school or activity may not be met yet."""

from django.db import models


class Participation(models.Model):
    """A school's participation in an activity; pupils null is unknown."""

    id = models.UUIDField(primary_key=True, editable=False)
    activity_id = models.UUIDField()
    school_id = models.UUIDField()
    municipality = models.CharField(max_length=4)
    state = models.CharField(max_length=20)
    origin = models.CharField(max_length=20)
    pupils = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField(null=True)
    confirmed = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["municipality"], name="reporting_participation_place")]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"


class PartnerRole(models.Model):
    """A partner's role in an activity: named, confirmed or declined."""

    id = models.UUIDField(primary_key=True, editable=False)
    activity_id = models.UUIDField()
    partner_id = models.UUIDField()
    municipality = models.CharField(max_length=4)
    state = models.CharField(max_length=20)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["municipality"], name="reporting_role_place")]

    def __str__(self) -> str:
        return f"{self.state} {self.id}"
