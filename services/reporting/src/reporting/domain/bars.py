"""Geometry of the bars: where each part begins and how wide it is, in percent of the whole bar, ready to draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

WHOLE = 100.0


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of a bar: x and width in percent, and the cents it stands for."""

    slug: str
    x: float
    width: float
    cents: int


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar with its parts, a tick in percent or None, and by how many cents it runs out of its end."""

    segments: tuple[Segment, ...]
    tick: float | None = None
    over_cents: int = 0


def percent(part: int | None, whole: int | None) -> float:
    """A part in percent of a whole, between 0 and 100; 0 when either is nothing, unknown or negative."""
    if not part or not whole or part < 0 or whole < 0:
        return 0.0
    return round(min(float(Fraction(part * 100, whole)), WHOLE), 3)


def stacked(parts: Iterable[tuple[str, int]], whole: int, *, tick: int | None = None) -> Bar:
    """Parts one after another on a bar that is as long as the whole; what runs past its end is cut off and told.

    A negative part is not drawn: it stands in words beside the bar.
    """
    segments: list[Segment] = []
    before = 0
    for slug, cents in parts:
        if cents <= 0:
            continue
        start, end = percent(before, whole), percent(before + cents, whole)
        if end > start:
            segments.append(Segment(slug=slug, x=start, width=round(end - start, 3), cents=cents))
        before += cents
    mark = percent(tick, whole) if tick and whole > 0 else None
    return Bar(segments=tuple(segments), tick=mark, over_cents=max(before - whole, 0) if whole > 0 else max(before, 0))


def bullet(realised: int | None, planned: int, plan: int | None) -> Bar:
    """What is spent of a budget, with a tick where the plan would be on the date."""
    segments: tuple[Segment, ...] = ()
    width = percent(realised, planned)
    if realised and width:
        segments = (Segment(slug="spent", x=0.0, width=width, cents=realised),)
    tick = percent(plan, planned) if plan and planned > 0 else None
    return Bar(segments=segments, tick=tick, over_cents=max((realised or 0) - planned, 0))
