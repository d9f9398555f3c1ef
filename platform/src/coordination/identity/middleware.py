"""Puts the one who acts on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from coordination.identity.accounts import actor_of
from coordination.identity.actor import Actor


def actor_of_request(request: HttpRequest) -> Actor | None:
    """The actor of the session of a request, or None when nobody is signed in."""
    user = getattr(request, "user", None)
    return actor_of(user) if user is not None and user.is_authenticated else None


class ActorMiddleware:
    """Sets request.actor to an Actor, or to None when nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find out who asks before anything else does."""
        request.actor = actor_of_request(request)
        return self.get_response(request)
