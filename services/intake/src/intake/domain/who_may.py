"""Who may see and do what with a municipality's activities, said once for commands and queries alike."""

from coordination.identity.actor import Actor, Role

STAFF: tuple[Role, ...] = ("policy_officer", "budget_holder")


def sees(actor: Actor, municipality: str) -> bool:
    """Whether the actor may see a municipality's activities and figures: its staff and its council."""
    return actor.is_administrator or municipality in visible(actor)


def visible(actor: Actor) -> frozenset[str]:
    """The codes of the municipalities this actor may see; an administrator sees all, which this does not list."""
    return actor.keys("municipality", *STAFF, "council_member")


def describes(actor: Actor, municipality: str) -> bool:
    """Whether the actor registers, describes, reports on and withdraws activities: a policy officer."""
    return actor.has("policy_officer", "municipality", municipality)


def keeps_money(actor: Actor, municipality: str) -> bool:
    """Whether the actor phases budgets and books entries: a policy officer or a budget holder."""
    return any(actor.has(role, "municipality", municipality) for role in STAFF)


def transfers(actor: Actor, municipality: str) -> bool:
    """Whether the actor moves budget between activities: a budget holder."""
    return actor.has("budget_holder", "municipality", municipality)


def sees_names(actor: Actor, municipality: str) -> bool:
    """Whether people of the municipality are shown to this actor by name; others see their function."""
    return actor.is_administrator or municipality in actor.keys("municipality", *STAFF)
