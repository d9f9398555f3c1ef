"""Copies of what intake says about municipalities, programmes and catalogues."""

from django.db import models


class Municipality(models.Model):
    """A municipality or public body, as intake last said it. code is the key everyone uses."""

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
    """A programme of temporary money with its window."""

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    window_starts_on = models.DateField()
    window_ends_on = models.DateField()

    def __str__(self) -> str:
        return self.name


class ProgrammePeriod(models.Model):
    """One school year of a programme, first and last day included."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="periods")
    school_year = models.CharField(max_length=9)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "school_year"], name="matching_programme_period")]
        ordering = ["starts_on"]

    def __str__(self) -> str:
        return self.school_year


class Catalogue(models.Model):
    """A list of words with labels, whole: entries are objects with slug, label_nl, label_en, group and aliases."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=60, unique=True)
    entries = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name
