"""Reading what a school says it needs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coordination.identity.actor import Actor
from matching.domain.suggestions import ALL_PUPILS
from matching.models import School, SchoolNeed
from matching.queries.catalogues import labels_of
from matching.queries.register import school_for


@dataclass(frozen=True, kw_only=True)
class NeedsOfSchool:
    """A school's needs: ticked slugs, the groups there are with their labels, and when it was said (None: never)."""

    school: School
    target_groups: tuple[str, ...]
    choices: dict[str, str]
    stated_on: date | None
    version: int


def needs_of(actor: Actor, school_id: UUID) -> NeedsOfSchool:
    """The needs of a school the actor may see. Raises NotFound."""
    school = school_for(actor, school_id)
    need = SchoolNeed.objects.filter(pk=school_id).first()
    choices = {slug: label for slug, label in labels_of("target_group").items() if slug != ALL_PUPILS}
    return NeedsOfSchool(
        school=school,
        target_groups=tuple(need.target_groups) if need else (),
        choices=choices,
        stated_on=need.stated_on if need else None,
        version=need.version if need else 0,
    )


def needs_in(municipality: str) -> dict[str, int]:
    """How many schools of a municipality ticked each target group, most first; it names no school."""
    counts: dict[str, int] = {}
    for groups in SchoolNeed.objects.filter(school__municipality=municipality).values_list("target_groups", flat=True):
        for slug in groups:
            counts[slug] = counts.get(slug, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
