"""How an activity stands: up to which day something is known, its money against its plan, its results and reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from coordination.contracts import clock
from intake.domain.figures import Figures
from intake.domain.plan import PlanOnDay, plan_on
from intake.queries.full_picture import FullPicture


@dataclass(frozen=True, kw_only=True)
class Money:
    """The money of an activity in cents; plan is what should have been spent by the as-of day, None without a day."""

    total: Figures
    plan: PlanOnDay | None

    @property
    def base(self) -> int:
        """What a bar of the whole budget stands for."""
        return self.total.planned or 0

    @property
    def over(self) -> int:
        """By how much more was spent than planned; 0 when it was not."""
        return max(0, -(self.total.remaining or 0))


@dataclass(frozen=True, kw_only=True)
class Result:
    """One indicator against its target; numbers as text with a point, as they are kept."""

    name: str
    value: str | None
    target: str | None
    evidence: str
    measured_on: date | None

    @property
    def parts(self) -> tuple[int, int] | None:
        """Value and target as whole numbers of ten-thousandths, for a bar; None when they cannot be compared."""
        try:
            value, target = Decimal(self.value or ""), Decimal(self.target or "")
        except InvalidOperation:
            return None
        return (int(value * 10_000), int(target * 10_000)) if target > 0 and value >= 0 else None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The newest count of each kind that was reported, with its day; None when nobody said."""

    participants: tuple[int, date] | None = None
    waiting: tuple[int, date] | None = None
    places: tuple[int, date] | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an activity stands on the newest day up to today of which something is known."""

    as_of: date | None
    age_days: int | None
    money: Money
    results: Sequence[Result]
    reach: Reach


def standing_of(picture: FullPicture) -> Standing:
    """How the activity of a picture stands; age counts to today where its municipality lies."""
    row = picture.row
    days = [row.until.reference_date, row.activity.reported_on, *(day for day, _ in row.until.dated)]
    today = clock.today(picture.municipality.zone if picture.municipality else clock.NETHERLANDS)
    as_of = max((day for day in days if day is not None and day <= today), default=None)
    return Standing(
        as_of=as_of,
        age_days=(today - as_of).days if as_of else None,
        money=Money(
            total=row.total,
            plan=plan_on(as_of, picture.periods, lambda year: row.figures(year).planned) if as_of else None,
        ),
        results=[_result(kept, picture) for kept in row.activity.indicators],
        reach=_reach(picture),
    )


def _result(kept: dict, picture: FullPicture) -> Result:
    evidence = kept.get("evidence") or ""
    measured_on = kept.get("measured_on")
    return Result(
        name=kept["name"],
        value=kept.get("value"),
        target=kept.get("target"),
        evidence=picture.words["evidence"].get(evidence, evidence),
        measured_on=date.fromisoformat(measured_on) if measured_on else None,
    )


def _reach(picture: FullPicture) -> Reach:
    found: dict[str, tuple[int, date]] = {}
    for report in picture.reports:
        for name in ("participants", "waiting", "places"):
            count = getattr(report, name)
            if count is not None:
                found.setdefault(name, (count, report.reported_on))
    return Reach(**found)
