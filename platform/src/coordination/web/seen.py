"""What is counted and told of requests and sockets: the name of the address, never the address itself or who asks."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import Gauge, Histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ASKED_BY_MACHINES = ("health-live", "health-ready")

REQUESTS = Histogram(
    "vierspan_request_seconds",
    "How long answers took, by the name of their address",
    ["service", "route", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
SOCKETS = Gauge("vierspan_open_sockets", "Browsers that listen for notices", ["service"])

_log = structlog.get_logger(__name__)


class SeenMiddleware:
    """Counts each request and writes a line about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and see how that went."""
        began = time.perf_counter()
        response = self.get_response(request)
        took = time.perf_counter() - began
        service, route = _place_of(request)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(service, route, method, f"{response.status_code // 100}xx").observe(took)
        tell = _log.debug if route in ASKED_BY_MACHINES else _log.info
        tell(
            "request",
            service=service,
            route=route,
            method=method,
            status=response.status_code,
            milliseconds=round(took * 1000, 1),
        )
        return response


def _place_of(request: HttpRequest) -> tuple[str, str]:
    """The service a request is for and the name of its address; what belongs to no service is the house's own."""
    first = request.path_info.split("/", 2)[1]
    service = first if first in settings.SERVICES else "house"
    found = request.resolver_match
    if found is None:
        return service, "none"
    return service, found.view_name or found.route
