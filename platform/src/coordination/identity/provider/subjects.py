"""Which account belongs to whom at the provider: found by issuer and subject, bound once by an invited address."""

from uuid import UUID

from django.db import IntegrityError

from coordination.contracts.clock import recorded_now
from coordination.events.unit_of_work import keep_together
from coordination.identity.accounts import become_administrator, find_account
from coordination.identity.actor import Actor
from coordination.identity.models import Account, Subject
from coordination.identity.people import person


class NotInvited(Exception):
    """The provider knows this person and this house does not; address is what the provider calls them."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Closed(Exception):
    """The account of this person was closed."""


def known(*, issuer: str, subject: str) -> Account | None:
    """The account that is bound to a subject of the provider, closed or not."""
    found = Subject.objects.select_related("account").filter(issuer=issuer, subject=subject).first()
    return found.account if found else None


def admit(*, issuer: str, subject: str, address: str, verified: bool) -> Account:
    """The account of who signed in at the provider. The first time it is the one invited with that address.

    Raises NotInvited, also when the address is not verified or its account is bound to somebody else, and Closed.
    """
    account = known(issuer=issuer, subject=subject)
    if account is None:
        account = _bind(issuer, subject, address if verified else "")
    if account is None:
        raise NotInvited(address)
    if not account.is_active:
        raise Closed
    return account


def admit_first(*, word: str, issuer: str, subject: str, address: str, name: str) -> Account:
    """Make who signed in the first administrator of the house, by a one-time link.

    Raises NotFound when the link is used up, and what create_account raises about the address or the name.
    """
    with keep_together("identity"):
        account = become_administrator(word=word, email=address, name=name)
        bind(account=account, issuer=issuer, subject=subject)
    return account


def bind(*, account: Account, issuer: str, subject: str) -> None:
    """Say who an account is at the provider before they came; saying it again changes nothing."""
    with keep_together("identity"):
        Subject.objects.get_or_create(
            issuer=issuer, subject=subject, defaults={"account": account, "bound_at": recorded_now()}
        )


def release(*, actor: Actor, account_id: UUID) -> Account:
    """Let an account go: whoever signs in next with its address gets it. Raises Forbidden and NotFound."""
    account = person(actor=actor, account_id=account_id)
    with keep_together("identity"):
        account.subjects.all().delete()
    return account


def _bind(issuer: str, subject: str, address: str) -> Account | None:
    account = find_account(address) if address else None
    if account is None:
        return None
    try:
        with keep_together("identity"):
            Subject.objects.create(account=account, issuer=issuer, subject=subject, bound_at=recorded_now())
    except IntegrityError:
        # Somebody was first: the same person in another window, or somebody else with this address.
        return known(issuer=issuer, subject=subject)
    return account
