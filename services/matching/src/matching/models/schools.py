"""Boards, school locations, and the schools somebody named that are not in the register yet."""

from django.db import models

from coordination.contracts.identifiers import new_id


class Board(models.Model):
    """The legal person above schools; a school may be registered without one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """One location of a school. Its id is the key; codes are valid from and to, and may change.

    brin is the institution's four characters, location_code those plus two digits, municipality a code of four.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    brin = models.CharField(max_length=4, db_index=True)
    location_code = models.CharField(max_length=6)
    name = models.CharField(max_length=200)
    school_types = models.JSONField(default=list)
    municipality = models.CharField(max_length=4, db_index=True)
    board = models.ForeignKey(Board, null=True, on_delete=models.PROTECT)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location_code"], name="matching_school_code", condition=models.Q(valid_to__isnull=True)
            )
        ]
        ordering = ["name", "location_code"]

    def __str__(self) -> str:
        return self.name


class ProposedSchool(models.Model):
    """A school a sheet or form named and nobody had registered; a person of the municipality decides.

    school is what it was registered as; dismissed is set when somebody said that it is no school of the register.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=200, blank=True)
    brin = models.CharField(max_length=6, blank=True)
    municipality = models.CharField(max_length=4, db_index=True)
    proposed_at = models.DateTimeField()
    school = models.ForeignKey(School, null=True, on_delete=models.SET_NULL)
    dismissed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.name} {self.brin}".strip()
