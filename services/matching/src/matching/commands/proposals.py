"""A person of the municipality decides what a proposed school is: a school of the register, or none."""

from collections.abc import Iterable
from uuid import UUID

from coordination.contracts.refusals import Conflict, Forbidden, NotFound
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from matching.commands.register import register_school
from matching.domain.who_may import decides_for, works_for
from matching.models import ProposedSchool, School


def register_proposed_school(
    *, actor: Actor, proposal: UUID, code: str, name: str, school_types: Iterable[str]
) -> School:
    """Register what was proposed, under the proposed id when the code is new; twice changes nothing.

    Raises NotFound, Forbidden, Invalid with all problems, or Conflict.
    """
    before = _proposal_for(actor, proposal)
    with unit_of_work("matching", role=actor.role_for("municipality", before.municipality)) as say:
        school = register_school(
            actor=actor,
            code=code,
            name=name,
            school_types=school_types,
            municipality=before.municipality,
            school_id=before.pk,
        )
        ProposedSchool.objects.filter(pk=proposal).update(school=school, dismissed=False)
        _changed(say, before.municipality)
    return school


def dismiss_proposed_school(*, actor: Actor, proposal: UUID) -> None:
    """Say that what was proposed is no school of the register; twice changes nothing.

    Raises NotFound, Forbidden, or Conflict when it has been registered.
    """
    before = _proposal_for(actor, proposal)
    if before.school_id is not None:
        raise Conflict("Deze school staat al in het register.")
    with unit_of_work("matching", role=actor.role_for("municipality", before.municipality)) as say:
        ProposedSchool.objects.filter(pk=proposal, school=None).update(dismissed=True)
        _changed(say, before.municipality)


def _proposal_for(actor: Actor, proposal_id: UUID) -> ProposedSchool:
    found = ProposedSchool.objects.filter(pk=proposal_id).first()
    if found is None or not works_for(actor, found.municipality):
        raise NotFound()
    if not decides_for(actor, found.municipality):
        raise Forbidden("Alleen een beleidsmedewerker beslist over het register.")
    return found


def _changed(say, municipality: str) -> None:
    say.changed("register", municipality, audience=[f"municipality:{municipality}", "house:house"])
