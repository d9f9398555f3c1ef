"""Copies of activities and what is known of them: their budget lines, indicators, counts."""

from django.db import models


class Activity(models.Model):
    """An activity as intake last said it. total_cents is its budget; reported_on the day of its newest report.

    schools are ids; partners are objects with partner_id and name. A withdrawn one stays here and counts nowhere.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    municipality = models.CharField(max_length=4)
    programme = models.CharField(max_length=60)
    number = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    measure_type = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    total_cents = models.BigIntegerField()
    goal = models.TextField(blank=True)
    interventions = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    target_groups = models.JSONField(default=list)
    school_types = models.JSONField(default=list)
    schools = models.JSONField(default=list)
    partners = models.JSONField(default=list)
    continuation = models.CharField(max_length=20, blank=True)
    phasing_state = models.CharField(max_length=10)
    status = models.CharField(max_length=20)
    status_reason = models.CharField(max_length=60, blank=True)
    reported_on = models.DateField(null=True)
    withdrawn = models.BooleanField(default=False)
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["number", "id"]
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["municipality", "programme"], name="reporting_activity_place")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Line(models.Model):
    """One signed budget line in cents, added once by its id; school_year null is undivided.

    position is its place in the message that brought it, so that lines written at one moment keep their order.
    forgets says that the figure is unknown again when its sum is nothing after this line.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    activity_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    school_year = models.CharField(max_length=9, null=True)
    amount_cents = models.BigIntegerField()
    funding_source = models.CharField(max_length=40)
    dated_on = models.DateField(null=True)
    reference_date = models.DateField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    forgets = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["recorded_at", "position", "id"]
        indexes = [models.Index(fields=["activity_id"], name="reporting_line_activity")]

    def __str__(self) -> str:
        return f"{self.kind} {self.school_year} {self.amount_cents}"


class Indicator(models.Model):
    """What an activity measures itself by, as last said; target and value are decimals as text, empty is unknown."""

    activity_id = models.UUIDField()
    name = models.CharField(max_length=300)
    target = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=20, blank=True)
    measured_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["activity_id", "name"], name="reporting_indicator_name")]

    def __str__(self) -> str:
        return self.name


class Reach(models.Model):
    """Exact counts of an activity, null unknown; places_set are the places its officer set in matching."""

    activity_id = models.UUIDField(primary_key=True)
    participants = models.PositiveIntegerField(null=True)
    waiting = models.PositiveIntegerField(null=True)
    places = models.PositiveIntegerField(null=True)
    places_set = models.PositiveIntegerField(null=True)
    reported_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "reaches"

    def __str__(self) -> str:
        return str(self.activity_id)
