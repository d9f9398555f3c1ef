"""The head above a municipality's grid: its allocation as a sum, and as of when the figures are."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from coordination.identity.actor import Actor
from intake.models import Act, LedgerLine, Municipality
from intake.queries.allocations import Summary, summary_of
from intake.queries.basis import DEFAULT_PROGRAMME, municipality, programme


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above the grid. reference_date is None when no amount is known up to a date.

    changed_on is the business date of the last act, changed_at its real moment; last_day is that of the programme.
    """

    municipality: Municipality
    summary: Summary
    reference_date: date | None
    changed_on: date | None
    changed_at: datetime | None
    last_day: date


def head(*, actor: Actor, code: str, programme_code: str = DEFAULT_PROGRAMME) -> Head:
    """The head of one municipality's grid. Raises NotFound when it is not this actor's to see."""
    place = municipality(actor=actor, code=code)
    lines = LedgerLine.objects.filter(activity__municipality=code, activity__withdrawn=False, kind="spent_until")
    last = Act.objects.filter(activity__municipality=code).order_by("-recorded_at").first()
    return Head(
        municipality=place,
        summary=summary_of(code, programme_code),
        reference_date=lines.aggregate(newest=Max("reference_date"))["newest"],
        changed_on=last.acted_on if last else None,
        changed_at=last.recorded_at if last else None,
        last_day=programme(programme_code).window_ends_on,
    )
