"""Who acts, as commands and queries see it: an account and what it may do for which organisations."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Role = Literal["policy_officer", "budget_holder", "school_coordinator", "partner", "council_member", "administrator"]
OrganisationKind = Literal["house", "municipality", "school", "partner"]


@dataclass(frozen=True, kw_only=True)
class Membership:
    """A role in one organisation. key is a municipality's code, the id of a school or partner, or house."""

    role: Role
    kind: OrganisationKind
    key: str
    name: str = ""

    @property
    def audience(self) -> str:
        """How notices name this organisation: kind:key."""
        return f"{self.kind}:{self.key}"


class NotAllowed(PermissionError):
    """This account may see the subject but not do this with it; the message is for a person, in Dutch."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """An account with its memberships. name is shown inside its own organisation only and never travels."""

    account_id: UUID
    name: str = ""
    memberships: tuple[Membership, ...] = ()

    @property
    def is_administrator(self) -> bool:
        """Whether this is the administrator of the house, who may act for every municipality."""
        return any(one.role == "administrator" and one.kind == "house" for one in self.memberships)

    def keys(self, kind: OrganisationKind, *roles: Role) -> frozenset[str]:
        """The keys of the organisations of a kind this actor belongs to, in one of the roles when roles are given."""
        return frozenset(one.key for one in self.memberships if one.kind == kind and (not roles or one.role in roles))

    def has(self, role: Role, kind: OrganisationKind, key: str) -> bool:
        """Whether the actor holds a role in one organisation; the administrator of the house holds every role."""
        return self.is_administrator or key in self.keys(kind, role)

    def role_for(self, kind: OrganisationKind, key: str) -> str:
        """The role in which the actor acts for an organisation, as it travels in events; empty when none."""
        for one in self.memberships:
            if one.kind == kind and one.key == key:
                return one.role
        return "administrator" if self.is_administrator else ""

    @property
    def audiences(self) -> tuple[str, ...]:
        """The organisations whose notices this actor may get, as kind:key."""
        return tuple(dict.fromkeys(one.audience for one in self.memberships))


SYSTEM = Actor(
    account_id=UUID(int=0), name="Vierspan", memberships=(Membership(role="administrator", kind="house", key="house"),)
)
