"""Copies of municipalities, programmes, allocations and the words of the catalogues, as intake says them."""

from django.db import models


class Municipality(models.Model):
    """A municipality or public body. code is the key everyone uses; zone decides what day it is there."""

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    zone = models.CharField(max_length=60)
    theme = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """A programme of temporary money with the window in which it may be spent."""

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    window_starts_on = models.DateField()
    window_ends_on = models.DateField()

    class Meta:
        ordering = ["window_starts_on", "code"]

    def __str__(self) -> str:
        return self.name


class ProgrammePeriod(models.Model):
    """One school year of a programme, first and last day included; national_weight in whole points."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="periods")
    school_year = models.CharField(max_length=9)
    starts_on = models.DateField()
    ends_on = models.DateField()
    national_weight = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [models.UniqueConstraint(fields=["programme", "school_year"], name="reporting_programme_period")]

    def __str__(self) -> str:
        return self.school_year


class Allocation(models.Model):
    """Money a municipality received: one dated component in cents, signed when it adjusts an earlier one."""

    id = models.UUIDField(primary_key=True, editable=False)
    municipality = models.CharField(max_length=4)
    programme = models.CharField(max_length=60)
    component = models.CharField(max_length=30)
    amount_cents = models.BigIntegerField()
    granted_on = models.DateField()
    pupils = models.PositiveIntegerField(null=True)
    per_pupil_cents = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["granted_on", "id"]
        indexes = [models.Index(fields=["municipality", "programme"], name="reporting_allocation_place")]

    def __str__(self) -> str:
        return f"{self.municipality} {self.component}"


class Catalogue(models.Model):
    """A list of words, whole: entries are objects with slug, label_nl, label_en and group."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=60)
    entries = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
