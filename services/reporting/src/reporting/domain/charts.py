"""Geometry of the two charts, in the units of their drawing; the same figures stand in the table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coordination.contracts.periods import Period
from reporting.domain.plan import PlanPoint

LINES = 4
NARROW = 400
CENTS = 100


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The size of a drawing and the edges of its plot."""

    width: int
    height: int
    left: int
    right: int
    top: int
    base: int


WIDE_SHARES = Frame(width=552, height=290, left=0, right=540, top=20, base=238)
SMALL_SHARES = Frame(width=358, height=280, left=0, right=330, top=18, base=228)
WIDE_TOTAL = Frame(width=552, height=290, left=0, right=540, top=40, base=238)
SMALL_TOTAL = Frame(width=358, height=280, left=0, right=348, top=40, base=228)


@dataclass(frozen=True, kw_only=True)
class YearBar:
    """The planned part of one school year, with the national part as a lying tick when there is one."""

    school_year: str
    cents: int | None
    x: float
    y: float
    width: float
    height: float
    middle: float
    tick_y: float | None
    tick_from: float
    tick_to: float
    national: int | None


@dataclass(frozen=True, kw_only=True)
class SharesChart:
    """Bars of the planned part per school year."""

    frame: Frame
    bars: tuple[YearBar, ...]


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place in a drawing and the cents it stands for."""

    x: float
    y: float
    cents: int


@dataclass(frozen=True, kw_only=True)
class YearLabel:
    """A school year under the axis."""

    x: float
    school_year: str


@dataclass(frozen=True, kw_only=True)
class TotalChart:
    """The plan added up until the date and after it, what is spent on the date, and what was received as a line."""

    frame: Frame
    done: tuple[Point, ...]
    later: tuple[Point, ...]
    ends: tuple[Point, ...]
    on_date: Point | None
    spent: Point | None
    day: date | None
    allocated: Point | None
    lines: tuple[Point, ...]
    years: tuple[YearLabel, ...]
    label: Point | None
    labels_left: bool

    @property
    def done_path(self) -> str:
        """The line until the date, as an SVG path."""
        return _path(self.done)

    @property
    def later_path(self) -> str:
        """The line after the date, as an SVG path."""
        return _path(self.later)


def shares_chart(rows: Sequence[tuple[str, int | None, int | None]], planned: int, frame: Frame) -> SharesChart:
    """A bar for each school year: its name, its planned cents and its national percentage."""
    highest = max(
        [cents * 100 / planned for _, cents, _ in rows if cents and planned > 0]
        + [float(share) for _, _, share in rows if share],
        default=0.0,
    )
    step = (frame.right - frame.left) / max(len(rows), 1)
    width = round(step * (0.5 if frame.width < NARROW else 0.56), 1)

    def height_of(percentage: float) -> float:
        return round(percentage / highest * (frame.base - frame.top), 1) if highest else 0.0

    bars = []
    for index, (school_year, cents, national) in enumerate(rows):
        middle = round(frame.left + step * (index + 0.5), 1)
        height = height_of(cents * 100 / planned) if cents and cents > 0 and planned > 0 else 0.0
        bars.append(
            YearBar(
                school_year=school_year,
                cents=cents,
                x=round(middle - width / 2, 1),
                y=round(frame.base - height, 1),
                width=width,
                height=height,
                middle=middle,
                tick_y=round(frame.base - height_of(national), 1) if national else None,
                tick_from=round(middle - width / 2 - 6, 1),
                tick_to=round(middle + width / 2 + 6, 1),
                national=national,
            )
        )
    return SharesChart(frame=frame, bars=tuple(bars))


def total_chart(
    *,
    periods: Sequence[Period],
    points: Sequence[PlanPoint],
    allocated: int,
    spent: int | None,
    day: date | None,
    plan_on_day: int | None,
    frame: Frame,
) -> TotalChart | None:
    """The plan added up over the days of the programme; None when it has no periods."""
    if not periods:
        return None
    first, last = periods[0].starts_on, max(periods[-1].ends_on, day or periods[-1].ends_on)
    days = (last - first).days or 1
    highest = max([allocated, spent or 0, plan_on_day or 0, *(point.cents for point in points)]) or 1

    def place(at: date, cents: int) -> Point:
        along = min(max((at - first).days / days, 0.0), 1.0)
        return Point(
            x=round(frame.left + along * (frame.right - frame.left - 8), 1),
            y=round(frame.base - max(cents, 0) / highest * (frame.base - frame.top), 1),
            cents=cents,
        )

    start = place(first, 0)
    ends = [(point.day, place(point.day, point.cents)) for point in points]
    on_date = place(day, plan_on_day) if day and plan_on_day is not None else None
    done = [start, *(point for at, point in ends if day and at <= day)]
    later = [point for at, point in ends if not day or at > day]
    if on_date:
        done.append(on_date)
    spent_point = place(day, spent) if day and spent is not None else None
    return TotalChart(
        frame=frame,
        done=tuple(done),
        later=(done[-1], *later) if later else (),
        ends=tuple(point for _, point in ends),
        on_date=on_date,
        spent=spent_point,
        day=day,
        allocated=place(first, allocated) if allocated > 0 else None,
        lines=tuple(
            place(first, cents)
            for cents in even_lines(highest)
            if abs(place(first, cents).y - place(first, allocated).y) > 16 or not allocated
        ),
        years=tuple(
            YearLabel(
                x=round((place(one.starts_on, 0).x + place(one.ends_on, 0).x) / 2, 1), school_year=one.school_year
            )
            for one in periods
        ),
        label=_label(spent_point, frame) if spent_point else None,
        labels_left=spent_point is None or spent_point.x > frame.width / 2,
    )


def _label(spent: Point, frame: Frame) -> Point:
    """Where the words about what is spent end, or begin: beside the date, and on a narrow drawing at its edge."""
    if spent.x <= frame.width / 2:
        return Point(x=spent.x + 12, y=frame.base, cents=spent.cents)
    return Point(x=frame.right if frame.width < NARROW else spent.x - 12, y=frame.base, cents=spent.cents)


def even_lines(highest: int) -> tuple[int, ...]:
    """Round amounts in cents below the highest, four at most, to draw lines at."""
    if highest <= 0:
        return ()
    step = CENTS
    while highest // step > LINES:
        for factor in (2, 5, 10):
            if highest // (step * factor) <= LINES or factor == 10:
                step *= factor
                break
    return tuple(range(step, highest + 1, step))


def round_amount(cents: int, million: str = "miljoen") -> str:
    """A round amount for beside a line: € 1 miljoen, € 200.000."""
    euros = cents // CENTS
    if euros >= 1_000_000 and euros % 100_000 == 0:
        millions = f"{euros / 1_000_000:.1f}".removesuffix(".0").replace(".", ",")
        return f"€\u00a0{millions} {million}"
    return f"€\u00a0{euros:,}".replace(",", ".")


def _path(points: Sequence[Point]) -> str:
    return " ".join(f"{'L' if index else 'M'}{point.x} {point.y}" for index, point in enumerate(points))
