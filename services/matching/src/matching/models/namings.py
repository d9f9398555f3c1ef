"""How far matching has acted upon the schools and partners an activity names; kept through a rebuild of the copies."""

from django.db import models


class Naming(models.Model):
    """The last news of an activity whose names became participations and roles, so that the same news acts once."""

    activity_id = models.UUIDField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    schools = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.activity_id} {self.sequence}"
