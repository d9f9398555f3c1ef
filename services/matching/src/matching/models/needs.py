"""What a school says it needs something for."""

from django.db import models

from matching.models.schools import School


class SchoolNeed(models.Model):
    """The target groups a school ticked, as the list stands; no row means the school never said anything."""

    school = models.OneToOneField(School, primary_key=True, on_delete=models.CASCADE, related_name="need")
    target_groups = models.JSONField(default=list)
    stated_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.school_id}: {', '.join(self.target_groups)}"
