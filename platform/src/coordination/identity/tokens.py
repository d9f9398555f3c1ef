"""Signed tokens: account, organisations, roles, expiry and id, checked by public key alone."""

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


def read(token: str) -> Actor:
    """The actor a token speaks for. Raises BadToken with a Dutch sentence when it is wrong or has expired."""
    from coordination.identity.models import SigningKey

    if len(token) > LONGEST:
        raise BadToken("Dit toegangsbewijs klopt niet.")
    keys = {key.kid: OKPKey.import_key(key.public_jwk) for key in SigningKey.objects.all()}

    def key_of(message: Any) -> Any:
        try:
            return keys[message.headers()["kid"]]
        except (KeyError, TypeError):
            raise BadToken("Dit toegangsbewijs is niet van ons.") from None

    try:
        claims = jwt.decode(token, key_of, algorithms=[ALGORITHM]).claims
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
