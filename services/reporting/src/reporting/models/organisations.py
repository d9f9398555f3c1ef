"""Copies of the register: schools and partners, as matching says them."""

from django.db import models


class School(models.Model):
    """A school location."""

    id = models.UUIDField(primary_key=True, editable=False)
    brin = models.CharField(max_length=4)
    location_code = models.CharField(max_length=6)
    name = models.CharField(max_length=200)
    school_types = models.JSONField(default=list)
    municipality = models.CharField(max_length=4)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """A partner; other_ids are ids under which it was named before the register knew it was this one."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=200)
    partner_type = models.CharField(max_length=60, blank=True)
    municipalities = models.JSONField(default=list)
    other_ids = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
