"""The budget ledger: acts, and the lines they wrote. Nothing here is ever changed or removed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Max, Sum

from coordination.contracts.identifiers import new_id
from intake.models.activities import Activity

AT_ONCE = 500
LINE_KINDS = ("plan", "commitment", "spending", "correction", "spent_until")


class AppendOnly(TypeError):
    """Somebody tried to change or remove what was written; write a line that reverses it instead."""


class WrittenOnce(models.Model):
    """A row that is added and never changed."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        """Add the row. Raises AppendOnly when it exists."""
        if not self._state.adding:
            raise AppendOnly(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Never. Raises AppendOnly."""
        raise AppendOnly(f"{type(self).__name__} is append-only")


class Act(WrittenOnce):
    """Something somebody did once: the who, when and why of ledger lines and of changes to an activity.

    actor_name is shown inside the own organisation only. acted_on is the business date, recorded_at the real moment.
    reason is a code; note and decision (a reference to a decision) stay here. origin says where it came from, such as
    {"upload": id, "row": 7}; details holds what changed, as {"field": [before, after]}.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="acts")
    other_activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+", null=True)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    decision = models.CharField(max_length=100, blank=True)
    acted_on = models.DateField()
    recorded_at = models.DateTimeField()
    origin = models.JSONField(null=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class LedgerLine(WrittenOnce):
    """One signed amount in cents. school_year null is undivided; kinds mean what the contract says."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=new_id, editable=False)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="lines")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in LINE_KINDS])
    school_year = models.CharField(max_length=9, null=True)
    amount_cents = models.BigIntegerField()
    funding_source = models.CharField(max_length=40)
    dated_on = models.DateField(null=True)
    reference_date = models.DateField(null=True)
    forgets = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["activity", "kind", "school_year"], name="intake_line_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.school_year} {self.amount_cents}"


class PlainLine(NamedTuple):
    """A ledger line without its row, as figures need it: reading hundreds of them is most of what a booking costs."""

    kind: str
    school_year: str | None
    amount_cents: int
    forgets: bool
    funding_source: str
    dated_on: date | None
    reference_date: date | None


def lines_by_activity(ids: Sequence[UUID]) -> dict[UUID, list[PlainLine]]:
    """The ledger lines of these activities, in the order in which they were written."""
    found: dict[UUID, list[PlainLine]] = defaultdict(list)
    for start in range(0, len(ids), AT_ONCE):
        portion = LedgerLine.objects.filter(activity__in=ids[start : start + AT_ONCE]).order_by("number")
        for activity_id, *values in portion.values_list("activity_id", *PlainLine._fields):
            found[activity_id].append(PlainLine(*values))
    return found


def lines_of(activity: Activity) -> list[PlainLine]:
    """The ledger lines of one activity, in the order in which they were written."""
    lines = LedgerLine.objects.filter(activity=activity).order_by("number")
    return [PlainLine(*values) for values in lines.values_list(*PlainLine._fields)]


def sums_of(activity: Activity) -> list[PlainLine]:
    """The ledger of one activity with alike lines added up, in the order of the last of each.

    However long a ledger is, this is short. Figures come out the same: whether a year without money in its plan is
    unknown, the last line says. Days of spending are left out.
    """
    alike = [name for name in PlainLine._fields if name not in ("amount_cents", "dated_on")]
    lines = LedgerLine.objects.filter(activity=activity).order_by().values_list(*alike)
    sums = lines.annotate(cents=Sum("amount_cents"), last=Max("number")).order_by("last")
    return [
        PlainLine(amount_cents=int(cents), dated_on=None, **dict(zip(alike, values, strict=True)))
        for *values, cents, _last in sums
    ]
