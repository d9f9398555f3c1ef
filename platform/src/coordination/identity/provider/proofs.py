"""What the provider signed: that somebody signed in, signed out, or may use the API. Each is checked in full."""

import hmac
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import Key

from coordination.contracts.clock import recorded_now
from coordination.identity.provider import discovery
from coordination.identity.tokens import LONGEST, BadToken

ALGORITHMS = (
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA", "Ed25519"),
)
"""Signatures by a key of which only the provider has the private half; a shared secret proves nothing to others."""
CLOCKS_APART = 60
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
LOGOUT_AGE = 300
WRONG = "Dit toegangsbewijs klopt niet."


def of_signing_in(token: str, *, nonce: str) -> dict[str, Any]:
    """What an ID token says: who signed in. Raises BadToken, and ProviderAway when it cannot be checked now."""
    claims = _read(token, audience=settings.OIDC_RP_CLIENT_ID, expires=True)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise BadToken("Dit bewijs hoort bij een andere poging om in te loggen.")
    party = claims.get("azp", settings.OIDC_RP_CLIENT_ID)
    if party != settings.OIDC_RP_CLIENT_ID or not claims.get("sub"):
        raise BadToken("Dit bewijs is voor een ander.")
    return claims


def of_signing_out(token: str) -> tuple[str, str]:
    """What a logout token says: which sign-in at the provider ended (empty for all) and whose. Raises as above."""
    claims = _read(token, audience=settings.OIDC_RP_CLIENT_ID, expires=False)
    said, session, subject = claims.get("events"), claims.get("sid", ""), claims.get("sub", "")
    if not isinstance(said, Mapping) or LOGOUT not in said or "nonce" in claims:
        raise BadToken("Dit is geen bewijs van uitloggen.")
    if not isinstance(claims.get("iat"), int) or claims["iat"] < recorded_now().timestamp() - LOGOUT_AGE:
        raise BadToken("Dit bewijs van uitloggen is te oud.")
    if not isinstance(session, str) or not isinstance(subject, str) or not (session or subject):
        raise BadToken("Dit bewijs van uitloggen noemt niemand.")
    return session, subject


def of_access(token: str) -> str:
    """Whose access token this is: the subject at the provider. Raises as above."""
    claims = _read(token, audience=settings.OIDC_AUDIENCE, expires=True)
    # What proves a sign-in to a page is no key to the API, not even when a provider gives both the same audience.
    if "nonce" in claims or "events" in claims or claims.get("typ", "Bearer") in ("ID", "Logout", "Refresh"):
        raise BadToken(WRONG)
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise BadToken(WRONG)
    return claims["sub"]


def _read(token: str, *, audience: str, expires: bool) -> dict[str, Any]:
    if len(token) > LONGEST:
        raise BadToken(WRONG)
    rules = jwt.JWTClaimsRegistry(
        now=lambda: int(recorded_now().timestamp()),
        leeway=CLOCKS_APART,
        iss={"essential": True, "value": settings.OIDC_ISSUER},
        aud={"essential": True, "value": audience},
        exp={"essential": expires},
        iat={"essential": True},
    )
    try:
        claims = jwt.decode(token, _key_of, algorithms=ALGORITHMS).claims
        rules.validate(claims)
    except ExpiredTokenError:
        raise BadToken("Dit toegangsbewijs is verlopen. Vraag een nieuw aan.") from None
    except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadToken(WRONG) from None
    return claims


def _key_of(message: Any) -> Key:
    kid = message.headers().get("kid")
    found = discovery.key(kid) if isinstance(kid, str) else None
    if found is None:
        raise BadToken("Dit toegangsbewijs is niet van onze aanbieder.")
    return found
