"""How a program or a signed-in page proves who it is to the API."""

from rest_framework.authentication import BaseAuthentication, CSRFCheck, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from coordination.identity import tokens
from coordination.identity.actor import Actor
from coordination.identity.middleware import actor_of_request


class BearerAuthentication(BaseAuthentication):
    """A signed token in the Authorization header; the first way, so a missing one answers 401."""

    def authenticate(self, request):
        """The actor a token speaks for. Raises AuthenticationFailed when it is wrong or expired."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:
            raise AuthenticationFailed("Stuur één toegangsbewijs mee: Authorization: Bearer <bewijs>.")
        try:
            actor = self.read(words[1].decode("latin-1"))
        except tokens.BadToken as fault:
            raise AuthenticationFailed(str(fault)) from None
        request._request.actor = actor
        return actor, None

    def read(self, token: str) -> Actor:
        """The actor a token speaks for. Raises BadToken."""
        return tokens.read(token)

    def authenticate_header(self, request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="vierspan"'


class SignedInSession(BaseAuthentication):
    """The session of a page; asks for the CSRF token when it changes something."""

    def authenticate(self, request):
        """The actor of the session, or None. Raises PermissionDenied without a fitting CSRF token."""
        actor = actor_of_request(request._request)
        if actor is None:
            return None
        check = CSRFCheck(lambda _request: None)
        check.process_request(request._request)
        reason = check.process_view(request._request, None, (), {})
        if reason:
            raise PermissionDenied("Het CSRF-bewijs ontbreekt of is verlopen. Laad de pagina opnieuw.")
        return actor, None
