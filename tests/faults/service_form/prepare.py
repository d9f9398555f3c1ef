"""Fills the databases of a service for fault tests: prepare.py intake|matching, under the settings of that service.

Prints the token with which the tests act, when it is intake. Everything said waits in the outbox: nothing is sent yet.
"""

import sys

import django

django.setup()

from coordination.identity import accounts  # noqa: E402


def _intake() -> None:
    from intake.commands.example import load_basis

    load_basis()
    account = accounts.create_account(email="beheer@vierspan.example", name="Beheer")
    accounts.add_membership(account=account, role="administrator", kind="house", key="house", name="Vierspan")
    print(accounts.issue_token(account))


def _matching() -> None:
    from matching.commands.example import load_register

    load_register()


{"intake": _intake, "matching": _matching}[sys.argv[1]]()
