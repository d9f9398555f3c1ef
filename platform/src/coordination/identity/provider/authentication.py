"""How a program proves who it is to the API: with a token of this house, or with one of the provider."""

import json

from django.conf import settings
from joserfc import jws
from joserfc.errors import JoseError

from coordination.identity import tokens
from coordination.identity.accounts import actor_of
from coordination.identity.actor import Actor
from coordination.identity.authentication import BearerAuthentication
from coordination.identity.provider import discovery, proofs, subjects


class BearerOfEither(BearerAuthentication):
    """A token signed by this house speaks for itself; one of the provider names a person who must be known here."""

    def read(self, token: str) -> Actor:
        """The actor a token speaks for. Raises BadToken."""
        if _is_said_to_be_of(token) != settings.OIDC_ISSUER:
            return tokens.read(token)
        try:
            subject = proofs.of_access(token)
        except discovery.ProviderAway:
            raise tokens.BadToken(
                "De aanbieder antwoordt niet, dus dit toegangsbewijs is nu niet te controleren."
            ) from None
        account = subjects.known(issuer=settings.OIDC_ISSUER, subject=subject)
        if account is None or not account.is_active:
            raise tokens.BadToken("Bij dit toegangsbewijs hoort hier geen account.")
        return actor_of(account)


def _is_said_to_be_of(token: str) -> object:
    """The issuer a token names, which proves nothing: it only says by whose keys it is judged."""
    if len(token) > tokens.LONGEST:
        return None
    try:
        return json.loads(jws.extract_compact(token.encode()).payload).get("iss")
    except (JoseError, ValueError, TypeError, AttributeError, RecursionError):
        return None
