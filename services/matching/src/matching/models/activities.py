"""Copies of activities: what matching needs to know of them to suggest, and to let schools and partners join."""

from django.db import models

from matching.domain.activities import OPEN_STATUSES, SHOWN_STATUSES
from matching.models.schools import School


class Activity(models.Model):
    """An activity as intake last said it. An empty status means: not met whole yet, so not shown anywhere.

    partners is a list of {partner_id, name}; schools a list of ids; sequence the last news heard of it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    municipality = models.CharField(max_length=4, db_index=True)
    programme = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200, blank=True)
    measure_type = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    goal = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True)
    status_reason = models.CharField(max_length=60, blank=True)
    sectors = models.JSONField(default=list)
    target_groups = models.JSONField(default=list)
    school_types = models.JSONField(default=list)
    schools = models.JSONField(default=list)
    partners = models.JSONField(default=list)
    continuation = models.CharField(max_length=20, blank=True)
    withdrawn = models.BooleanField(default=False)
    sequence = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_open(self) -> bool:
        """Whether a school can still ask to join, its last day aside."""
        return self.status in OPEN_STATUSES and not self.withdrawn

    @property
    def short_title(self) -> str:
        """The title up to its first colon, for use in a sentence."""
        return self.title.split(":")[0].strip() or self.title

    def shows_to(self, school: School) -> bool:
        """Whether a school may see this activity: its own municipality shows it, or the activity names the school."""
        if not self.status:
            return False
        if str(school.id) in self.schools or self.participations.filter(school=school).exists():
            return True
        return self.municipality == school.municipality and self.status in SHOWN_STATUSES and not self.withdrawn
