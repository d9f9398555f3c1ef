"""Whether a process lives, and whether it is ready to be used."""

import structlog
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = structlog.get_logger(__name__)


@never_cache
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when every check of VIERSPAN_READY_CHECKS passes, else 503 with what is waited for."""
    waiting = [what for what in map(_waits_for, settings.VIERSPAN_READY_CHECKS) if what]
    answer = JsonResponse(
        {"status": "waiting" if waiting else "ready", "waiting": waiting}, status=503 if waiting else 200
    )
    # Django would log every 503 as an error; waiting is none, and whoever watches asks every few seconds.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def _waits_for(name: str) -> str:
    try:
        well, what = import_string(name)()
    except Exception:
        # A check that breaks is a reason not to be ready, never a reason to have no answer.
        log.exception("ready_check_failed", check=name)
        return name
    return "" if well else what or name


urlpatterns = [path("live", live, name="health-live"), path("ready", ready, name="health-ready")]
