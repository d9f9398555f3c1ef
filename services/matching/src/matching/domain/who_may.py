"""Who may do and see what, said once for commands and queries alike."""

from collections.abc import Collection
from uuid import UUID

from coordination.identity.actor import Actor


def acts_for_school(actor: Actor, school_id: UUID) -> bool:
    """Whether the actor speaks for a school: its coordinator, or the administrator of the house."""
    return actor.has("school_coordinator", "school", str(school_id))


def acts_for_partner(actor: Actor, partner_id: UUID) -> bool:
    """Whether the actor speaks for a partner."""
    return actor.has("partner", "partner", str(partner_id))


def decides_for(actor: Actor, municipality: str) -> bool:
    """Whether the actor decides about joining for a municipality: a policy officer."""
    return actor.has("policy_officer", "municipality", municipality)


def works_for(actor: Actor, municipality: str) -> bool:
    """Whether the actor is of a municipality's own staff, who see its requests: officers and budget holders."""
    return decides_for(actor, municipality) or actor.has("budget_holder", "municipality", municipality)


def sees_participation(
    actor: Actor, *, municipality: str, school_id: UUID, school_municipality: str, partner_ids: Collection[UUID]
) -> bool:
    """Whether the actor is inside a participation: the school, both municipalities, or a partner of the activity."""
    return (
        acts_for_school(actor, school_id)
        or works_for(actor, municipality)
        or works_for(actor, school_municipality)
        or any(acts_for_partner(actor, partner) for partner in partner_ids)
    )
