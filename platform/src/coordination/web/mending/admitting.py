"""Who may come in here: the administrator of the house, and nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.contracts.refusals import Forbidden
from coordination.identity.permissions import signed_in

View = Callable[..., HttpResponse]


def for_administrator(*methods: str) -> Callable[[View], View]:
    """A page for the administrator of the house, asked for in these ways. Others are refused."""

    def guard(view: View) -> View:
        @never_cache
        @signed_in
        @require_http_methods(list(methods))
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if not request.actor.is_administrator:
                raise Forbidden("Alleen de functioneel beheerder kan bij de berichten.")
            return view(request, *arguments, **named)

        return guarded

    return guard


def frame(service: str) -> dict[str, Any]:
    """What each of these pages knows: its service, and those beside it at this address."""
    beside = getattr(settings, "VIERSPAN_HOUSE", settings.SERVICES)
    return {"service": service, "services": [(one, f"/{one}/-/messages") for one in beside]}
