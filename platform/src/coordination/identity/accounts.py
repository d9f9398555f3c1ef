"""Making accounts, giving them roles, and what they show of themselves to commands and queries: an Actor."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Invalid, Problem
from coordination.events.unit_of_work import keep_together
from coordination.identity import models, tokens
from coordination.identity.actor import Actor, OrganisationKind, Role
from coordination.identity.actor import Membership as ActorMembership
from coordination.identity.links import admin_link, check_link, choose_password, invitation_link, use_up

__all__ = [
    "actor_of",
    "add_membership",
    "admin_link",
    "become_administrator",
    "check_link",
    "choose_password",
    "colleagues",
    "create_account",
    "find_account",
    "invitation_link",
    "issue_token",
]

LONGEST_NAME = 120
LONGEST_ADDRESS = 254


def find_account(email: str) -> models.Account | None:
    """The account with this e-mail address, whatever its capitals, or None."""
    if "\x00" in email:
        return None
    return models.Account.objects.filter(email=email.strip().lower()).first()


def create_account(
    *, email: str, name: str, password: str | None = None, hashed: str = "", account_id: UUID | None = None
) -> models.Account:
    """A new account. Without a password it cannot sign in until it chose one by its invitation link.

    hashed is a password that Django's make_password hashed before, for many accounts that share one.

    Raises Invalid when the address or the name is none, Conflict when the address has an account already.
    """
    address, called = email.strip().lower(), " ".join(name.split())
    problems = [*_wrong_address(address), *_wrong_name(called)]
    if problems:
        raise Invalid(problems)
    account = models.Account(id=account_id or new_id(), email=address, name=called)
    if hashed:
        account.password = hashed
    else:
        account.set_password(password)
    try:
        with keep_together("identity"):
            account.save(force_insert=True)
    except IntegrityError:
        raise Conflict(f"Er is al een account met het adres {address}.") from None
    return account


def add_membership(
    *, account: models.Account, role: Role, kind: OrganisationKind, key: str, name: str = ""
) -> models.Membership:
    """Give an account a role in an organisation; giving it twice is the same as once."""
    membership, _new = models.Membership.objects.get_or_create(
        account=account, role=role, kind=kind, key=key, defaults={"name": name}
    )
    return membership


def actor_of(account: models.Account) -> Actor:
    """The account as commands and queries see it."""
    return Actor(
        account_id=account.id,
        name=account.name,
        memberships=tuple(
            ActorMembership(role=one.role, kind=one.kind, key=one.key, name=one.name)
            for one in account.memberships.all()
        ),
    )


def colleagues(kind: OrganisationKind, key: str, *roles: Role) -> list[models.Account]:
    """The active accounts of one organisation, by name, in one of the roles when roles are given."""
    wanted = {"role__in": roles} if roles else {}
    mine = models.Membership.objects.filter(kind=kind, key=key, **wanted)
    return list(
        models.Account.objects.filter(memberships__in=mine, is_active=True).distinct().order_by("name", "email")
    )


def issue_token(account: models.Account, lifetime: timedelta = timedelta(days=30)) -> str:
    """A signed token with which a program acts as this account until it expires."""
    return tokens.sign(actor_of(account), lifetime)


def become_administrator(*, word: str, email: str, name: str, password: str | None = None) -> models.Account:
    """Use a one-time link: makes the first administrator of the house.

    Raises NotFound when the link is used up, and what create_account raises; then the link can be used again.
    """
    with keep_together("identity"):
        use_up(check_link(word, for_administrator=True))
        account = create_account(email=email, name=name, password=password)
        add_membership(account=account, role="administrator", kind="house", key="house", name="Vierspan")
    return account


def _wrong_address(address: str) -> list[Problem]:
    try:
        validate_email(address)
    except ValidationError:
        message = "Vul een e-mailadres in zoals naam@gemeente.nl."
        return [Problem(field="email", code="email-unreadable", message=message)]
    if len(address) > LONGEST_ADDRESS:
        return [Problem(field="email", code="email-too-long", message="Dit e-mailadres is langer dan 254 tekens.")]
    return []


def _wrong_name(name: str) -> list[Problem]:
    if not name:
        return [Problem(field="name", code="name-missing", message="Vul een naam in.")]
    if len(name) > LONGEST_NAME:
        return [Problem(field="name", code="name-too-long", message="Kort de naam in tot 120 tekens.")]
    if any(ord(sign) < 32 for sign in name):
        return [Problem(field="name", code="name-unreadable", message="In de naam staan tekens die geen tekst zijn.")]
    return []
