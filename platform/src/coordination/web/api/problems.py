"""Every error of the API is problem details (RFC 9457): status, title, detail, and what is wrong per field."""

import math
from collections.abc import Sequence
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from coordination.contracts.refusals import Invalid, Outdated, Refusal
from coordination.identity.actor import NotAllowed
from coordination.web.api.names import camel, camel_keys

log = structlog.get_logger(__name__)
MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "De gegevens kloppen niet",
    401: "U bent niet aangemeld",
    403: "Dit mag u niet doen",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Deze vorm van antwoord is er niet",
    409: "Dit kan nu niet",
    410: "Dit is er niet meer",
    412: "Iemand anders was u voor",
    413: "Dit is te groot",
    415: "Deze vorm van inhoud lezen we niet",
    428: "De versie ontbreekt",
    429: "Te veel verzoeken",
    500: "Er ging iets mis bij ons",
    503: "We kunnen dit nu even niet",
}
DETAILS = {
    404: "Dit bestaat niet, of u mag het niet zien.",
    405: "Gebruik een van de methoden in de kop Allow.",
    415: "Stuur JSON met Content-Type: application/json.",
    400: "We konden dit verzoek niet lezen.",
    403: "U heeft hier een andere rol voor nodig.",
    406: "Vraag om application/json in de kop Accept.",
    413: "Maak het kleiner en stuur het opnieuw.",
    500: "De fout is vastgelegd. Probeer het later opnieuw.",
    503: "Het is druk. Stuur het verzoek over enkele seconden opnieuw.",
}

KINDS: tuple[tuple[type[Exception], int], ...] = (
    (NotAllowed, 403),
    (PermissionDenied, 403),
    (Http404, 404),
    (RequestDataTooBig, 413),
    (SuspiciousOperation, 400),
)


def body(code: int, detail: str = "", errors: Sequence[dict[str, str]] = (), **more: Any) -> dict[str, Any]:
    """The members of a problem; errors holds field, code and message of each thing that is wrong."""
    title = more.pop("title", "") or TITLES.get(code, "Het verzoek kan zo niet")
    content = {
        "type": "about:blank",
        "title": title,
        "status": code,
        "detail": detail or DETAILS.get(code, title),
        "errors": list(errors),
    }
    return content | more


def plain_answer(code: int, detail: str = "") -> JsonResponse:
    """A problem outside a view of the API, such as an unknown path."""
    return JsonResponse(body(code, detail), status=code, content_type=MEDIA_TYPE)


@csrf_exempt
def unknown_path(_request: HttpRequest, *_arguments: Any, **_named: Any) -> JsonResponse:
    """Any path below an API that leads nowhere, with or without a slash at its end."""
    return plain_answer(404)


def answer(fault: Exception, context: dict[str, Any]) -> Response:
    """What Django REST framework calls for every fault in a view; an unexpected one is logged and told as 500."""
    headers: dict[str, str] = {}
    if isinstance(fault, Refusal):
        code, content = _of_refusal(fault)
    elif isinstance(fault, exceptions.APIException):
        code, content = _of_framework(fault, headers)
    else:
        code, content = _of_django(fault, context, headers)
    return Response(content, status=code, headers=headers, content_type=MEDIA_TYPE)


def _of_refusal(fault: Refusal) -> tuple[int, dict[str, Any]]:
    errors: list[dict[str, str]] = []
    more: dict[str, Any] = {"title": fault.title}
    if isinstance(fault, Invalid):
        errors = [{"field": camel(one.field), "code": one.code, "message": one.message} for one in fault.problems]
    if isinstance(fault, Outdated):
        more |= {"yours": camel_keys(fault.yours), "current": camel_keys(fault.current), "version": fault.version}
    return fault.status, body(fault.status, fault.message, errors, **more)


def _of_framework(fault: exceptions.APIException, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    code = fault.status_code
    if getattr(fault, "auth_header", None):
        headers["WWW-Authenticate"] = fault.auth_header
    if getattr(fault, "wait", None):
        headers["Retry-After"] = str(math.ceil(fault.wait))
    if isinstance(fault, exceptions.ValidationError):
        return code, _with_errors(flattened(fault.get_full_details()))
    if isinstance(fault, exceptions.ParseError):
        own = fault.get_codes() != exceptions.ParseError.default_code
        detail = str(fault.detail) if own else DETAILS[400]
        return code, body(code, detail, [{"field": "", "code": str(fault.get_codes()), "message": detail}])
    if isinstance(fault, exceptions.NotAuthenticated):
        return code, body(code, "Meld u aan, of stuur een toegangsbewijs mee: Authorization: Bearer <bewijs>.")
    if code in DETAILS and code not in (400, 403, 404):
        return code, body(code)
    return code, body(code, str(fault.detail))


def _of_django(fault: Exception, context: dict[str, Any], headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    if isinstance(fault, ValidationError):
        return 400, _with_errors([{"field": "", "code": "invalid", "message": one} for one in fault.messages])
    for kind, code in KINDS:
        if isinstance(fault, kind):
            return code, body(code, str(fault) if code == 403 else "")
    request = context.get("request")
    log.error("api_fault", path=getattr(request, "path", ""), exc_info=fault)
    if isinstance(fault, OperationalError):
        headers["Retry-After"] = "5"
        return 503, body(503)
    return 500, body(500)


def _with_errors(errors: list[dict[str, str]]) -> dict[str, Any]:
    sentences = (f"{one['field']}: {one['message']}" if one["field"] else one["message"] for one in errors)
    return body(400, " ".join(sentences), errors)


def flattened(details: Any, field: str = "") -> list[dict[str, str]]:
    """The faults of nested shapes as one list, each with its place: phasing[0].plannedCents."""
    if isinstance(details, dict) and set(details) == {"message", "code"} and not isinstance(details["message"], list):
        return [{"field": field, "code": str(details["code"]), "message": str(details["message"])}]
    found: list[dict[str, str]] = []
    if isinstance(details, dict):
        for name, inner in details.items():
            place = f"[{name}]" if isinstance(name, int) else str(name)
            is_own = name in ("non_field_errors", "nonFieldErrors")
            joint = "." if field and not place.startswith("[") else ""
            found += flattened(inner, field if is_own else f"{field}{joint}{place}")
    elif isinstance(details, list):
        for number, inner in enumerate(details):
            is_leaf = isinstance(inner, dict) and set(inner) == {"message", "code"}
            found += flattened(inner, field if is_leaf else f"{field}[{number}]")
    return found
