"""Who may read the figures of a municipality, said once for commands and queries alike."""

from coordination.identity.actor import Actor, Role

READERS: tuple[Role, ...] = ("council_member", "policy_officer", "budget_holder")


def reads(actor: Actor | None, municipality: str) -> bool:
    """Whether the actor may read a municipality's figures: its council and its staff."""
    return actor is not None and any(actor.has(role, "municipality", municipality) for role in READERS)


def readable(actor: Actor) -> frozenset[str]:
    """The codes of the municipalities this actor may read; an administrator reads all, which this does not list."""
    return actor.keys("municipality", *READERS)
