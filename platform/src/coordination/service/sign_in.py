"""Settings of signing in through an OpenID provider, from the surroundings."""

import os
from typing import Any
from urllib.parse import urlsplit

from coordination.service import blocks
from coordination.service.behind_proxy import OWNER_OF_THE_ROOT

NEEDED = ("OIDC_ISSUER",)
NEEDED_FILES = ("OIDC_CLIENT_SECRET_FILE",)
WORKING_DAY = 10 * 3600


def settings(service: str, given: dict[str, str]) -> dict[str, Any]:
    """How people sign in to a service, and by whose word a program is let in to its API."""
    issuer = given["OIDC_ISSUER"]
    discovery = os.environ.get("OIDC_DISCOVERY_URL") or f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    door = "" if service == OWNER_OF_THE_ROOT else f"{service}/"
    return {
        "OIDC_ISSUER": issuer,
        "OIDC_DISCOVERY_URL": discovery,
        "OIDC_RP_CLIENT_ID": os.environ.get("OIDC_CLIENT_ID") or "vierspan",
        "OIDC_RP_CLIENT_SECRET": given["OIDC_CLIENT_SECRET_FILE"],
        "OIDC_AUDIENCE": os.environ.get("OIDC_AUDIENCE") or "vierspan-api",
        "OIDC_ACCOUNT_URL": os.environ.get("OIDC_ACCOUNT_URL", ""),
        "OIDC_RP_SCOPES": "openid email profile",
        "OIDC_USE_PKCE": True,
        "OIDC_PKCE_CODE_CHALLENGE_METHOD": "S256",
        "OIDC_STORE_ID_TOKEN": True,
        "OIDC_TIMEOUT": 10,
        "OIDC_MAX_STATES": 10,
        "OIDC_AUTHENTICATION_CALLBACK_URL": "sign-in-back",
        "AUTHENTICATION_BACKENDS": ["coordination.identity.provider.backend.ProviderAccounts"],
        "VIERSPAN_IDENTITY_ADDRESSES": "coordination.identity.provider.addresses",
        "VIERSPAN_DOOR": door,
        "LOGIN_URL": f"/{door}inloggen",
        # From signing in, whatever one does: nobody is sent away half-way through a form before the day is over.
        "SESSION_COOKIE_AGE": WORKING_DAY,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": False,
        "REST_FRAMEWORK": blocks.rest_framework()
        | {
            "DEFAULT_AUTHENTICATION_CLASSES": [
                "coordination.identity.provider.authentication.BearerOfEither",
                "coordination.identity.authentication.SignedInSession",
            ]
        },
        "CONTENT_SECURITY_POLICY": _policy(issuer),
    }


def _policy(issuer: str) -> dict[str, Any]:
    """The usual policy; and a form may lead to the provider, for signing out and when a session ended meanwhile."""
    policy = blocks.csp()
    parts = urlsplit(issuer)
    policy["DIRECTIVES"]["form-action"] = ["'self'", f"{parts.scheme}://{parts.netloc}"]
    return policy
