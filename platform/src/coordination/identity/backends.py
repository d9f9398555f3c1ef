"""Signing in with an e-mail address and a password."""

from django.contrib.auth.backends import BaseBackend

from coordination.identity.accounts import find_account
from coordination.identity.models import Account


class Accounts(BaseBackend):
    """Local accounts; an unknown address costs as much time as a wrong password."""

    def authenticate(self, request, username: str | None = None, password: str | None = None, **_rest):
        """The account when address and password belong together, else None."""
        if not username or password is None:
            return None
        account = find_account(username)
        if account is None:
            Account().set_password(password)
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id):
        """The active account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
