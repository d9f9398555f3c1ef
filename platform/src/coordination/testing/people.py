"""People with an account and a role, and the clients they come with: a browser, or a program with a token."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from coordination.contracts.identifiers import new_id
from coordination.identity import accounts
from coordination.identity.actor import OrganisationKind, Role
from coordination.identity.models import Account


def account_of(
    role: Role, key: str | UUID = "9901", kind: OrganisationKind = "municipality", name: str = "Test"
) -> Account:
    """An account with a role in one organisation: a municipality's code, the id of a school or partner, or house."""
    account = accounts.create_account(email=f"{new_id()}@test.example", name=name)
    accounts.add_membership(account=account, role=role, kind=kind, key=str(key), name=name)
    return account


def browser_of(account: Account | None) -> Client:
    """A browser signed in as an account, in any form; without one nobody is in. A fault of the server is an answer."""
    browser = Client(raise_request_exception=False)
    if account is not None:
        browser.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return browser


def bearer(account: Account) -> dict[str, str]:
    """The header with a token of an account."""
    return {"Authorization": f"Bearer {accounts.issue_token(account)}"}


class Api:
    """Speaks JSON to the API of a service as one account; without an account as nobody."""

    def __init__(self, service: str, account: Account | None = None) -> None:
        self.account_id = account.id if account else None
        self._base = f"/{service}/api/v1"
        self._client = Client(raise_request_exception=False)
        self._headers = bearer(account) if account else {}

    def get(self, path: str, **query: Any) -> HttpResponse:
        """Read."""
        return self._client.get(self._base + path, query, headers=self._headers)

    def get_as(self, path: str, media_type: str) -> HttpResponse:
        """Read as a kind of document."""
        return self._client.get(self._base + path, headers=self._headers | {"Accept": media_type})

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """Add; text is sent as it is, a header is written with underscores."""
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """Set; text is sent as it is, a header is written with underscores."""
        return self._send("patch", path, body, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        content = body if isinstance(body, str) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(self._client, method)(
            self._base + path, content, content_type="application/json", headers=self._headers | named
        )
