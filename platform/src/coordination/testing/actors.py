"""Actors of any role for tests, without accounts behind them."""

from uuid import UUID

from coordination.contracts.identifiers import new_id
from coordination.identity.actor import Actor, Membership, OrganisationKind, Role

KINDS: dict[Role, OrganisationKind] = {
    "policy_officer": "municipality",
    "budget_holder": "municipality",
    "council_member": "municipality",
    "school_coordinator": "school",
    "partner": "partner",
    "administrator": "house",
}


def actor(role: Role, key: str | UUID = "", *, name: str = "Test", also: tuple[Membership, ...] = ()) -> Actor:
    """Someone with a role in one organisation: a municipality's code, or the id of a school or partner.

    The administrator of the house needs no key; also gives further memberships.
    """
    kind = KINDS[role]
    if kind != "house" and not key:
        raise ValueError(f"a {role} belongs to a {kind}: give its key")
    mine = Membership(role=role, kind=kind, key=str(key) if kind != "house" else "house")
    return Actor(account_id=new_id(), name=name, memberships=(mine, *also))


def officer(municipality: str = "9901") -> Actor:
    """A policy officer of a municipality."""
    return actor("policy_officer", municipality)


def budget_holder(municipality: str = "9901") -> Actor:
    """A budget holder of a municipality."""
    return actor("budget_holder", municipality)


def council_member(municipality: str = "9901") -> Actor:
    """A council member of a municipality."""
    return actor("council_member", municipality)


def coordinator(school_id: UUID | str) -> Actor:
    """The coordinator of a school."""
    return actor("school_coordinator", school_id)


def partner(partner_id: UUID | str) -> Actor:
    """Someone of a partner organisation."""
    return actor("partner", partner_id)


def administrator() -> Actor:
    """The administrator of the house."""
    return actor("administrator")
