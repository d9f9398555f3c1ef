"""Where the money goes: shared or for one school, and by kind of education. Each activity counts once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from reporting.domain.facts import ActivityFact
from reporting.domain.figures import Picture

COOPERATION = "local_regional_cooperation"
PRACTICAL = "pro"
GROUP_OF_SECTOR = {"po": "primary", "vo": "secondary", "pro": "secondary", "vve": "preschool", "so": "special"}
GROUP_OF_SECTOR |= {"vso": "special", "sbo": "special"}
BOTH = frozenset({"primary", "secondary"})
GROUP_ORDER = ("primary", "secondary", "special", "preschool")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One row of a split: what it is, the activities in it and their planned cents.

    groups are the kinds of education of the row; practical says that some of it is practical education.
    """

    slug: str
    cents: int
    activities: tuple[ActivityFact, ...] = ()
    groups: tuple[str, ...] = ()
    practical: bool = False


def by_schools(
    rows: Iterable[tuple[ActivityFact, Picture]], schools_of: Mapping[UUID, Sequence[UUID]], unassigned_cents: int
) -> tuple[Part, ...]:
    """shared (two schools or more), one, none, and unassigned; empty rows are left out."""
    kept: dict[str, list[tuple[ActivityFact, int]]] = {"shared": [], "one": [], "none": []}
    for activity, picture in rows:
        count = len(schools_of.get(activity.id, ()))
        slug = "shared" if count > 1 else "one" if count == 1 else "none"
        kept[slug].append((activity, picture.total.planned_cents or 0))
    parts = [_part(slug, found) for slug, found in kept.items() if found]
    return (*parts, Part(slug="unassigned", cents=unassigned_cents)) if unassigned_cents else tuple(parts)


def by_sectors(
    rows: Iterable[tuple[ActivityFact, Picture]], sector_groups: Mapping[str, str] | None = None
) -> tuple[Part, ...]:
    """By kind of education, the largest first; primary with secondary is one row whatever else is in it."""
    groups_of = {**GROUP_OF_SECTOR, **{slug: group for slug, group in (sector_groups or {}).items() if group}}
    kept: dict[tuple[str, ...], list[tuple[ActivityFact, int]]] = {}
    for activity, picture in rows:
        groups = {groups_of.get(sector, sector) for sector in activity.sectors}
        if BOTH.issubset(groups):
            groups = set(BOTH)
        key = tuple(sorted(groups, key=_place))
        kept.setdefault(key, []).append((activity, picture.total.planned_cents or 0))
    parts = [
        _part(
            "-".join(groups) or "unknown",
            found,
            groups=groups,
            practical=any(PRACTICAL in activity.sectors for activity, _ in found),
        )
        for groups, found in kept.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-part.cents, part.slug)))


def by_source(rows: Iterable[tuple[ActivityFact, Picture]]) -> tuple[tuple[str, int], ...]:
    """Planned cents by funding source, the largest first."""
    sums: dict[str, int] = {}
    for activity, _ in rows:
        for line in activity.lines:
            if line.kind == "plan":
                sums[line.funding_source] = sums.get(line.funding_source, 0) + line.amount_cents
    return tuple(sorted(sums.items(), key=lambda one: (-one[1], one[0])))


def cooperation_cents(rows: Iterable[tuple[ActivityFact, Picture]]) -> int:
    """What is planned for steering and consultation."""
    return sum(picture.total.planned_cents or 0 for one, picture in rows if one.measure_type == COOPERATION)


def _part(
    slug: str, found: Sequence[tuple[ActivityFact, int]], *, groups: tuple[str, ...] = (), practical: bool = False
) -> Part:
    return Part(
        slug=slug,
        cents=sum(cents for _, cents in found),
        activities=tuple(one for one, _ in found),
        groups=groups,
        practical=practical,
    )


def _place(group: str) -> tuple[int, str]:
    return (GROUP_ORDER.index(group) if group in GROUP_ORDER else len(GROUP_ORDER), group)
