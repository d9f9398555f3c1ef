"""An account to sign in with."""

import pytest

from coordination.identity import accounts
from coordination.identity.models import Account

PASSWORD = "vier paarden voor een koets"


@pytest.fixture
def account() -> Account:
    """A policy officer of Merenstad who is a council member of Dijkermond."""
    made = accounts.create_account(email="Beleid@Merenstad.example", name="Noor de Beleidsmaker", password=PASSWORD)
    accounts.add_membership(account=made, role="policy_officer", kind="municipality", key="9901", name="Merenstad")
    accounts.add_membership(account=made, role="council_member", kind="municipality", key="9902", name="Dijkermond")
    return made


@pytest.fixture
def password() -> str:
    """The password of that account."""
    return PASSWORD
