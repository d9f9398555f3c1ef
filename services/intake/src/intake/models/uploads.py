"""Sheets that were sent, row by row, with what was said of each row and what became of it."""

from django.db import models

from coordination.contracts.identifiers import new_id
from coordination.identity.actor import Actor
from intake.domain import who_may
from intake.domain.sheet_csv import TextRow
from intake.domain.sheet_findings import Finding
from intake.domain.sheet_judgement import RowState

HOUSE = "house"


class UploadManager(models.Manager):
    """Uploads without their bytes, which may be many and are wanted hardly ever."""

    def get_queryset(self) -> models.QuerySet:
        """All uploads; the bytes are fetched when asked for."""
        return super().get_queryset().defer("content")


class Upload(models.Model):
    """A sheet as it was sent. owner_key holds the municipality codes it was sent for, joined by commas, or house.

    headings, kind, separator and notes are what reading it gave; content are the bytes themselves.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_key = models.CharField(max_length=200, db_index=True)
    account_id = models.UUIDField()
    account_name = models.CharField(max_length=150, blank=True)
    filename = models.CharField(max_length=200)
    content = models.BinaryField()
    kind = models.CharField(max_length=20)
    separator = models.CharField(max_length=1, blank=True)
    headings = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    received_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = UploadManager()

    class Meta:
        ordering = ["-received_at", "-id"]

    def __str__(self) -> str:
        return self.filename

    @property
    def municipalities(self) -> frozenset[str] | None:
        """The codes of the municipalities whose rows may be in it; None is all."""
        return None if self.owner_key == HOUSE else frozenset(self.owner_key.split(","))

    def is_for(self, actor: Actor) -> bool:
        """Whether this actor works on it: a policy officer of its municipality, or the administrator of the house."""
        if self.municipalities is None:
            return actor.is_administrator
        return all(who_may.describes(actor, code) for code in self.municipalities)

    @property
    def audience(self) -> list[str]:
        """Who may get a notice that this upload changed."""
        if self.municipalities is None:
            return ["house:house"]
        return [f"municipality:{code}" for code in sorted(self.municipalities)]


class UploadRow(models.Model):
    """One row: its cells as sent, what a person changed since, and how it was last judged.

    row is its number in a spreadsheet. corrections are texts by field; choice is what a person chose to do with it;
    refusals are findings of the command that registers; proposals are the schools proposed to matching, by code.
    Once activity_id is set the row is taken over and stays so; fingerprints then tell whether a later row says the
    same. cells_key is a digest of the cells as sent.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    cells_key = models.CharField(max_length=64, db_index=True)
    other_encoding = models.BooleanField(default=False)
    corrections = models.JSONField(default=dict)
    joined = models.PositiveSmallIntegerField(null=True)
    choice = models.CharField(max_length=20, blank=True)
    refusals = models.JSONField(default=list)
    proposals = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, db_index=True)
    reason = models.CharField(max_length=20, blank=True)
    findings = models.JSONField(default=list)
    municipality = models.CharField(max_length=4, blank=True)
    number_key = models.CharField(max_length=60, blank=True)
    total_cents = models.BigIntegerField(null=True)
    activity_id = models.UUIDField(null=True, db_index=True)
    registered_at = models.DateTimeField(null=True)
    fingerprints = models.JSONField(default=list)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["upload", "row"], name="intake_upload_row")]
        indexes = [models.Index(fields=["municipality", "number_key"], name="intake_upload_number")]

    def __str__(self) -> str:
        return f"{self.row} {self.outcome}"

    def state(self) -> RowState:
        """The row as it is judged."""
        kept = tuple(Finding.of_data(one) for one in self.findings) if self.activity_id else None
        return RowState(
            row=TextRow(number=self.row, cells=tuple(self.cells), other_encoding=self.other_encoding),
            corrections=self.corrections,
            joined=self.joined,
            choice=self.choice,
            registered=kept,
            refused=tuple(Finding.of_data(one) for one in self.refusals),
        )
