"""Makes an administrator of the house and prints the cookies of a browser she is signed in with; live starts it."""

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from coordination.contracts.identifiers import new_id  # noqa: E402
from coordination.identity import accounts  # noqa: E402

account = accounts.create_account(email=f"{new_id()}@bench.example", name="Bench")
accounts.add_membership(account=account, role="administrator", kind="house", key="house")
browser = Client()
browser.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
print("; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items()))
