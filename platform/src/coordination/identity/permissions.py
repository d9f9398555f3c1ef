"""Who may come in at a door; what somebody may do is decided below it, in commands and queries."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from rest_framework.permissions import BasePermission

from coordination.identity.actor import Actor


class IsSignedIn(BasePermission):
    """Anyone with a valid token or session."""

    def has_permission(self, request, view) -> bool:
        """Whether somebody is known."""
        return isinstance(request.user, Actor)


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for people who are signed in; others go to the sign-in page and come back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if request.actor is not None:
            return view(request, *arguments, **named)
        target = f"{settings.LOGIN_URL}?{urlencode({'next': _way_back(request)})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)

    return guarded


def _way_back(request: HttpRequest) -> str:
    """The page somebody was looking at: after signing in nobody sends a form again or lands in a fragment."""
    if request.headers.get("HX-Request"):
        seen = urlsplit(request.headers.get("HX-Current-URL", ""))
    elif request.method in ("GET", "HEAD"):
        return request.get_full_path()
    else:
        seen = urlsplit(request.headers.get("Referer", ""))
    if seen.netloc != request.get_host():
        return "/"
    return f"{seen.path}?{seen.query}" if seen.query else seen.path or "/"
