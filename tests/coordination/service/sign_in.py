"""Makes an account with a role at municipality 9901 and prints the session of a browser it is signed in with."""

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from coordination.contracts.identifiers import new_id  # noqa: E402
from coordination.identity import accounts  # noqa: E402

account = accounts.create_account(email=f"{new_id()}@test.example", name="Test")
accounts.add_membership(account=account, role="council_member", kind="municipality", key="9901")
browser = Client()
browser.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
print("; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items()))
