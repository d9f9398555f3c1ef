"""The activity: one funded, dated, budgeted piece of work of a municipality."""

from django.db import models

from coordination.contracts.identifiers import new_id


class Activity(models.Model):
    """An activity as it stands; what its budget became lies in the ledger, what was said of it in reports.

    total_cents is the sum of its plan lines, kept beside them. Lists hold slugs; schools holds ids as text; partners
    {"partner_id", "name"}; indicators {"name", "target", "value", "evidence", "measured_on"}. owner is an account or
    null when unknown. The note never leaves this service. version counts what was set: description, phasing, total.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.CharField(max_length=4, db_index=True)
    programme = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    measure_type = models.CharField(max_length=60, db_index=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    total_cents = models.BigIntegerField()
    status = models.CharField(max_length=20, default="draft", db_index=True)
    status_reason = models.CharField(max_length=60, blank=True)
    owner = models.UUIDField(null=True)
    goal = models.TextField(blank=True)
    interventions = models.JSONField(default=list, blank=True)
    sectors = models.JSONField(default=list, blank=True)
    target_groups = models.JSONField(default=list, blank=True)
    school_types = models.JSONField(default=list, blank=True)
    schools = models.JSONField(default=list, blank=True)
    partners = models.JSONField(default=list, blank=True)
    continuation = models.CharField(max_length=20, blank=True)
    phasing_state = models.CharField(max_length=10, default="draft")
    indicators = models.JSONField(default=list, blank=True)
    reported_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    search = models.TextField(blank=True, editable=False)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["municipality", "number"]
        constraints = [models.UniqueConstraint(fields=["municipality", "number"], name="intake_activity_number")]

    def save(self, *args, **kwargs) -> None:
        """Keep beside it the words by which it is found, in small letters: number, title and partners."""
        names = [self.number, self.title, *(one["name"] for one in self.partners)]
        self.search = " ".join(names).casefold()
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def audience(self) -> list[str]:
        """Who may get a notice that this activity changed."""
        return [f"municipality:{self.municipality}"]
