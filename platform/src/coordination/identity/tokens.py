"""Signed tokens: account, organisations, roles, expiry and id, checked by public key alone."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import OKPKey

from coordination.contracts.clock import recorded_now
from coordination.contracts.identifiers import new_id
from coordination.identity.actor import Actor, Membership

ALGORITHM = "Ed25519"
ISSUER = "vierspan"
LONGEST = 16_384
# A key never changes under its name; one that was taken away is believed for this many seconds more.
KEY_KNOWN_FOR = 30.0

_known: dict[str, tuple[float, OKPKey]] = {}


class BadToken(Exception):
    """This token is not to be trusted, or not any more; the message is Dutch."""


def _signing_key() -> Any:
    from coordination.identity.models import SigningKey

    key = SigningKey.objects.order_by("-created_at").first()
    if key is None:
        made = OKPKey.generate_key("Ed25519", private=True)
        kid = str(new_id())
        key, _new = SigningKey.objects.get_or_create(
            kid=kid,
            defaults={"private_jwk": made.as_dict(private=True), "public_jwk": made.as_dict(private=False)},
        )
    return key


def sign(actor: Actor, lifetime: timedelta) -> str:
    """A token for an actor that expires after lifetime."""
    key = _signing_key()
    now = recorded_now()
    claims = {
        "iss": ISSUER,
        "sub": str(actor.account_id),
        "jti": str(new_id()),
        "iat": int(now.timestamp()),
        "exp": int((now + lifetime).timestamp()),
        "name": actor.name,
        "roles": [{"role": m.role, "kind": m.kind, "key": m.key, "name": m.name} for m in actor.memberships],
    }
    header = {"alg": ALGORITHM, "kid": key.kid}
    return jwt.encode(header, claims, OKPKey.import_key(key.private_jwk), algorithms=[ALGORITHM])


def _key_of(message: Any) -> OKPKey:
    kid = message.headers().get("kid")
    known_until, key = _known.get(kid, (0.0, None)) if isinstance(kid, str) else (0.0, None)
    if key is None or known_until < time.monotonic():
        key = _public_key(kid)
        _known[kid] = time.monotonic() + KEY_KNOWN_FOR, key
    return key


def _public_key(kid: object) -> OKPKey:
    from coordination.identity.models import SigningKey

    for ours, public in SigningKey.objects.values_list("kid", "public_jwk"):
        if ours == kid:
            return OKPKey.import_key(public)
    raise BadToken("Dit toegangsbewijs is niet van ons.")


def read(token: str) -> Actor:
    """The actor a token speaks for. Raises BadToken with a Dutch sentence when it is wrong or has expired."""
    if len(token) > LONGEST:
        raise BadToken("Dit toegangsbewijs klopt niet.")
    try:
        claims = jwt.decode(token, _key_of, algorithms=[ALGORITHM]).claims
        rules = jwt.JWTClaimsRegistry(iss={"essential": True, "value": ISSUER}, exp={"essential": True})
        # When it was made is not checked: a service whose clock is behind would refuse what it was given just now.
        rules.validate({name: value for name, value in claims.items() if name != "iat"})
        return Actor(
            account_id=UUID(claims["sub"]),
            name=str(claims.get("name", "")),
            memberships=tuple(Membership(**one) for one in claims["roles"]),
        )
    except ExpiredTokenError:
        raise BadToken("Dit toegangsbewijs is verlopen. Vraag een nieuw aan.") from None
    except (JoseError, ValueError, KeyError, TypeError, RecursionError):
        raise BadToken("Dit toegangsbewijs klopt niet.") from None
