"""A school says which target groups it needs something for."""

from collections.abc import Iterable
from uuid import UUID

from coordination.contracts.clock import NETHERLANDS, today
from coordination.contracts.refusals import Forbidden, NotFound, Outdated, problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from matching.domain.suggestions import ALL_PUPILS
from matching.domain.who_may import acts_for_school, works_for
from matching.models import Catalogue, Municipality, School, SchoolNeed
from matching.publications import needs_stated


def state_needs(
    *, actor: Actor, school: UUID, target_groups: Iterable[str], expected_version: int | None = None
) -> SchoolNeed:
    """Set the whole list of target groups a school needs something for; an empty list is: nothing special.

    The same list again changes nothing. expected_version is the version that was read, 0 for none yet. Raises
    NotFound, Forbidden, Invalid for a group that is not in the catalogue, Outdated when somebody else was first.
    """
    the_school = School.objects.filter(pk=school).first()
    if the_school is None or not (acts_for_school(actor, school) or works_for(actor, the_school.municipality)):
        raise NotFound()
    if not acts_for_school(actor, school):
        raise Forbidden("Alleen de school zelf noemt haar behoeften.")
    wanted = list(dict.fromkeys(target_groups))
    known = _known_groups()
    strange = [slug for slug in wanted if not isinstance(slug, str) or slug not in known]
    if strange:
        raise problem("targetGroups", "unknown-target-group", "Kies doelgroepen uit de lijst.")
    zone = Municipality.objects.filter(code=the_school.municipality).values_list("zone", flat=True).first()
    with unit_of_work("matching", role=actor.role_for("school", str(school))) as say:
        School.objects.select_for_update().get(pk=school)
        need = SchoolNeed.objects.filter(pk=school).first()
        version = need.version if need else 0
        if expected_version is not None and expected_version != version:
            raise Outdated(yours=wanted, current=need.target_groups if need else [], version=version)
        ordered = [slug for slug in known if slug in wanted]
        if need is not None and need.target_groups == ordered:
            return need
        need = need or SchoolNeed(school=the_school, version=0)
        need.target_groups = ordered
        need.stated_on = today(zone or NETHERLANDS)
        need.version += 1
        need.save()
        say(needs_stated(need))
        say.changed("school", school, audience=[f"school:{school}"])
        say.changed("requests", the_school.municipality, audience=[f"municipality:{the_school.municipality}"])
    return need


def _known_groups() -> list[str]:
    catalogue = Catalogue.objects.filter(name="target_group").first()
    return [entry["slug"] for entry in catalogue.entries if entry["slug"] != ALL_PUPILS] if catalogue else []
