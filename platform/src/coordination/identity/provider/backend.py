"""The accounts of people who sign in at the provider."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from coordination.identity.models import Account
from coordination.identity.provider import discovery, first, proofs, subjects
from coordination.identity.tokens import BadToken


def way_back() -> str:
    """Where the provider sends people back to: at the one address of the house, by whatever name they came."""
    return settings.VIERSPAN_URL + reverse(settings.OIDC_AUTHENTICATION_CALLBACK_URL)


class ProviderAccounts(OIDCAuthenticationBackend):
    """Changes a code of the provider for proof of who signed in, and finds the account of that person.

    Made for every request that has a session, so it asks the provider for nothing before somebody signs in.
    """

    def __init__(self) -> None:
        self.UserModel = get_user_model()
        self.OIDC_RP_CLIENT_ID = settings.OIDC_RP_CLIENT_ID
        self.OIDC_RP_CLIENT_SECRET = settings.OIDC_RP_CLIENT_SECRET

    @property
    def OIDC_OP_TOKEN_ENDPOINT(self) -> str:
        """Where a code is changed for proof."""
        return discovery.addresses().token

    @property
    def OIDC_OP_USER_ENDPOINT(self) -> str:
        """Where the provider tells more of a person than it signs."""
        return discovery.addresses().userinfo

    def get_token(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Change the code for proof."""
        return super().get_token(payload | {"redirect_uri": way_back()})

    def verify_token(self, token: str, **named: Any) -> dict[str, Any]:
        """What an ID token says. Raises BadToken."""
        return proofs.of_signing_in(token or "", nonce=named["nonce"])

    def get_or_create_user(self, access_token: str, id_token: str, payload: dict[str, Any]) -> Account:
        """The account of who signed in. Raises NotInvited and Closed; an account is never made here."""
        told = payload
        if "email" not in payload and subjects.known(issuer=payload["iss"], subject=payload["sub"]) is None:
            told = self.get_userinfo(access_token, id_token, payload)
            if told.get("sub") != payload["sub"]:
                raise BadToken("De aanbieder vertelt over iemand anders.")
        self.request.signed_in = payload
        address, verified = str(told.get("email", "")), told.get("email_verified") is True
        try:
            return subjects.admit(issuer=payload["iss"], subject=payload["sub"], address=address, verified=verified)
        except subjects.NotInvited:
            word = self.request.session.pop(first.KEPT_AS, "")
            if not word:
                raise
        name = str(told.get("name") or address)
        return subjects.admit_first(
            word=word, issuer=payload["iss"], subject=payload["sub"], address=address, name=name
        )

    def get_user(self, user_id: Any) -> Account | None:
        """The active account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
