"""Managing who may sign in and as what: inviting, roles, closing. Only the administrator of the house does this."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from coordination.contracts.refusals import Conflict, Forbidden, NotFound, problem
from coordination.events.unit_of_work import keep_together
from coordination.identity.accounts import add_membership, create_account, invitation_link
from coordination.identity.actor import Actor, OrganisationKind, Role
from coordination.identity.models import Account, Membership, OneTimeLink
from coordination.identity.organisations import Organisation

KIND_OF_ROLE: dict[str, OrganisationKind] = {
    "policy_officer": "municipality",
    "budget_holder": "municipality",
    "council_member": "municipality",
    "school_coordinator": "school",
    "partner": "partner",
    "administrator": "house",
}
BELONGS = {
    "municipality": "Deze rol hoort bij een gemeente. Kies een gemeente.",
    "school": "Deze rol hoort bij een school. Kies een school.",
    "partner": "Deze rol hoort bij een partner. Kies een partner.",
    "house": "Een functioneel beheerder hoort bij het huis. Kies Vierspan.",
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """The accounts of one organisation, each with its roles there; kind is empty for who has no role."""

    kind: str
    key: str
    name: str
    people: list[tuple[Account, list[Membership]]]


def groups(*, actor: Actor, wanted: str = "") -> list[Group]:
    """All accounts by organisation: the house, municipalities, schools, partners, and who has no role.

    wanted are words that must be in the name, the address or the organisation. Raises Forbidden.
    """
    admit_administrator(actor)
    found: dict[tuple[str, str], Group] = {}
    for account in _everyone(wanted):
        for membership in account.memberships.all() or [Membership(kind="", key="", name="")]:
            place = (membership.kind, membership.key)
            group = found.setdefault(place, Group(kind=place[0], key=place[1], name=membership.name, people=[]))
            if not group.people or group.people[-1][0] != account:
                group.people.append((account, []))
            if membership.role:
                group.people[-1][1].append(membership)
    order = ["house", "municipality", "school", "partner", ""]
    return sorted(found.values(), key=lambda group: (order.index(group.kind), group.name.casefold(), group.key))


def person(*, actor: Actor, account_id: UUID) -> Account:
    """One account. Raises Forbidden and NotFound."""
    admit_administrator(actor)
    found = Account.objects.filter(id=account_id).first()
    if found is None:
        raise NotFound
    return found


def invite(
    *, actor: Actor, account_id: UUID, email: str, name: str, role: Role, organisation: Organisation
) -> tuple[Account, str]:
    """Expect somebody, and make the path of the one-time link with which its owner chooses a password.

    A second time it is a fresh link that takes the place of the first. Raises what expect raises.
    """
    with keep_together("identity"):
        account = expect(
            actor=actor, account_id=account_id, email=email, name=name, role=role, organisation=organisation
        )
        return account, invitation_link(account)


def expect(*, actor: Actor, account_id: UUID, email: str, name: str, role: Role, organisation: Organisation) -> Account:
    """A new account with a role, for who will come with this address; the same account_id twice is the same account.

    Raises Forbidden, Invalid, and Conflict when somebody else has the address.
    """
    admit_administrator(actor)
    _require_fit(role, organisation)
    with keep_together("identity"):
        account = Account.objects.filter(id=account_id).first()
        if account is None:
            account = create_account(email=email, name=name, account_id=account_id)
        elif account.email != email.strip().lower() or account.has_usable_password():
            raise Conflict("Dit formulier is al gebruikt. Open het opnieuw.")
        _give(account, role, organisation)
        return account


def give_role(*, actor: Actor, account_id: UUID, role: Role, organisation: Organisation) -> Account:
    """Give an account a further role; giving it twice is the same as once. Raises Forbidden, NotFound and Invalid."""
    account = person(actor=actor, account_id=account_id)
    _require_fit(role, organisation)
    with keep_together("identity"):
        _give(account, role, organisation)
    return account


def take_role(*, actor: Actor, account_id: UUID, membership_id: int) -> Account:
    """Take a role away; one that is gone already stays gone. Raises Forbidden, NotFound, and Conflict for one's own
    role of administrator, so that the house always has one.
    """
    account = person(actor=actor, account_id=account_id)
    with keep_together("identity"):
        membership = account.memberships.filter(pk=membership_id).first()
        if membership is not None:
            if membership.role == "administrator" and account.id == actor.account_id:
                raise Conflict("U kunt uzelf niet de rol van beheerder afnemen. Vraag een andere beheerder.")
            membership.delete()
    return account


def close_account(*, actor: Actor, account_id: UUID) -> Account:
    """Nobody signs in with this account any more; its open sessions end and its unused links stop working.

    Raises Forbidden, NotFound, and Conflict for one's own account.
    """
    account = person(actor=actor, account_id=account_id)
    if account.id == actor.account_id:
        raise Conflict("U kunt uw eigen account niet sluiten. Vraag een andere beheerder.")
    with keep_together("identity"):
        account.is_active = False
        account.save(update_fields=["is_active"])
        OneTimeLink.objects.filter(account=account, used_at=None).delete()
    return account


def open_account(*, actor: Actor, account_id: UUID) -> Account:
    """An account that was closed works again, with the roles it had. Raises Forbidden and NotFound."""
    account = person(actor=actor, account_id=account_id)
    with keep_together("identity"):
        account.is_active = True
        account.save(update_fields=["is_active"])
    return account


def new_link(*, actor: Actor, account_id: UUID) -> tuple[Account, str]:
    """An account and the path of a fresh one-time link for it; what it had as password works until the link is used.

    Raises Forbidden, NotFound, and Conflict for a closed account.
    """
    account = person(actor=actor, account_id=account_id)
    if not account.is_active:
        raise Conflict("Dit account is gesloten. Open het eerst weer.")
    return account, invitation_link(account)


def admit_administrator(actor: Actor) -> None:
    """Let nobody manage accounts but the administrator of the house. Raises Forbidden."""
    if not actor.is_administrator:
        raise Forbidden("Alleen de functioneel beheerder kan accounts beheren.")


def _require_fit(role: str, organisation: Organisation) -> None:
    kind = KIND_OF_ROLE.get(role)
    if kind is None:
        raise problem("role", "role-unknown", "Kies een rol uit de lijst.")
    if kind != organisation.kind:
        raise problem("organisation", "role-elsewhere", BELONGS[kind])


def _give(account: Account, role: Role, organisation: Organisation) -> None:
    add_membership(account=account, role=role, kind=organisation.kind, key=organisation.key, name=organisation.name)


def _everyone(wanted: str) -> list[Account]:
    rows = Account.objects.order_by("name", "email").prefetch_related("memberships")
    for word in wanted.replace("\x00", " ").split()[:10]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(memberships__name__icontains=word)
        ).distinct()
    return list(rows)
