"""What every request gets: a name under which all that follows from it is found; and below an API, its own answers."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from coordination.contracts.identifiers import new_id
from coordination.events.cause import Cause, because
from coordination.events.trace import continued
from coordination.web.api.problems import MEDIA_TYPE, plain_answer
from coordination.web.api.views import API_VERSION

SANE = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
# What the API design rules ask of every answer; a page's own policy is already there where a view was reached.
PROTECTION = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
BELOW_API = re.compile(r"/[a-z]+/api(/|\Z)")


class RequestCauseMiddleware:
    """Takes X-Request-Id and traceparent when they are decent, else makes them; events said meanwhile carry both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer within that cause, and name it in the answer."""
        given = request.headers.get("X-Request-Id", "")
        name = given if SANE.fullmatch(given) else str(new_id())
        with because(Cause(correlationid=name, traceparent=continued(request.headers.get("traceparent", "")))):
            response = self.get_response(request)
        response["X-Request-Id"] = name
        return response


class ApiAnswerMiddleware:
    """Below an API every answer says its version and is for who asked alone; every error is a problem.

    That also holds where no view was reached.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass pages on untouched."""
        if not BELOW_API.match(request.path_info):
            return self.get_response(request)
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            response = plain_answer(400, "In het adres staan tekens die geen tekst zijn. Haal het teken NUL eruit.")
        else:
            response = self.get_response(request)
            if response.status_code >= 400 and response.get("Content-Type") != MEDIA_TYPE:
                response = _as_problem(response)
        response["API-Version"] = API_VERSION
        for name, value in PROTECTION.items():
            response.setdefault(name, value)
        return response


def _as_problem(response: HttpResponse) -> HttpResponse:
    answer = plain_answer(response.status_code)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response:
            answer[name] = response[name]
    return answer
