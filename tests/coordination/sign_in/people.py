"""Who has an account here: people.py invite <address> <role> <kind> <key>, close, open, token, sessions <address>."""

import sys
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from coordination.identity import accounts  # noqa: E402
from coordination.identity.models import Account, SignIn  # noqa: E402


def invite(address: str, role: str, kind: str, key: str) -> object:
    """Expect somebody with a role."""
    account = accounts.create_account(email=address, name=address.partition("@")[0])
    accounts.add_membership(account=account, role=role, kind=kind, key=key, name=key)
    return account.id


def close(address: str) -> object:
    """Close an account."""
    return Account.objects.filter(email=address).update(is_active=False)


def reopen(address: str) -> object:
    """Open it again."""
    return Account.objects.filter(email=address).update(is_active=True)


def token(address: str) -> object:
    """A token of this house."""
    return accounts.issue_token(Account.objects.get(email=address), timedelta(hours=1))


def sessions(address: str) -> object:
    """How many sessions somebody has in all services."""
    subjects = Account.objects.get(email=address).subjects.values_list("subject", flat=True)
    return SignIn.objects.filter(subject__in=list(subjects)).count()


DOES: dict[str, Callable[..., object]] = {
    "invite": invite,
    "close": close,
    "open": reopen,
    "token": token,
    "sessions": sessions,
}
print(DOES[sys.argv[1]](*sys.argv[2:]))
