"""Copies of the register that matching keeps: school locations and partners, as matching last said them."""

from django.db import models


class School(models.Model):
    """A school location. brin has four characters and names the institution, location_code six; both may change."""

    id = models.UUIDField(primary_key=True, editable=False)
    brin = models.CharField(max_length=4, db_index=True)
    location_code = models.CharField(max_length=6, db_index=True)
    name = models.CharField(max_length=200)
    school_types = models.JSONField(default=list)
    municipality = models.CharField(max_length=4, db_index=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """A partner. registered is false while intake proposed the name and matching has not said what it becomes.

    same_as is the partner this proposal turned out to be.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=200, db_index=True)
    partner_type = models.CharField(max_length=60, blank=True)
    municipalities = models.JSONField(default=list)
    aliases = models.JSONField(default=list)
    registered = models.BooleanField(default=True)
    same_as = models.UUIDField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
