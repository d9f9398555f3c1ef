"""Who has an account here: does each act it is told on its input, and prints what came of it; DOES lists them."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.test import Client  # noqa: E402

from coordination.identity import accounts  # noqa: E402
from coordination.identity.models import Account, SignIn  # noqa: E402
from coordination.identity.provider import subjects  # noqa: E402


def invite(address: str, role: str, kind: str, key: str) -> object:
    """Expect somebody with a role."""
    account = accounts.find_account(address) or accounts.create_account(email=address, name=address.partition("@")[0])
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


def bind(address: str, issuer: str, subject: str) -> object:
    """Say who somebody is at the provider."""
    return subjects.bind(account=Account.objects.get(email=address), issuer=issuer, subject=subject)


def session(address: str) -> object:
    """A session that somebody has, however they got it."""
    browser = Client()
    browser.force_login(Account.objects.get(email=address), backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser.session.session_key


def proof(address: str) -> object:
    """What the provider signed when somebody signed in last."""
    subject = Account.objects.get(email=address).subjects.get().subject
    last = SignIn.objects.filter(subject=subject).latest("started_at")
    return SessionStore(last.session_key)["oidc_id_token"]


def link() -> object:
    """A one-time link for the first administrator."""
    return accounts.admin_link()


DOES: dict[str, Callable[..., object]] = {
    "invite": invite,
    "close": close,
    "open": reopen,
    "token": token,
    "bind": bind,
    "link": link,
    "session": session,
    "proof": proof,
    "sessions": sessions,
}
for line in sys.stdin:
    act, *words = json.loads(line)
    print(json.dumps(str(DOES[act](*words))), flush=True)
