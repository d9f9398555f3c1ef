"""How views describe themselves in the OpenAPI document."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from coordination.web.api.names import camel
from coordination.web.api.serializers import CamelSerializer

PROBLEM_FIELDS = ("field", "code", "message")
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": list(PROBLEM_FIELDS),
                "properties": {name: {"type": "string"} for name in PROBLEM_FIELDS},
            },
        },
    },
}
OUTDATED = PROBLEM | {
    "properties": PROBLEM["properties"] | {"yours": {}, "current": {}, "version": {"type": "integer"}},
}
ALWAYS = {
    "400": "De gegevens kloppen niet",
    "401": "U bent niet aangemeld",
    "403": "Dit mag u niet doen",
    "404": "Dit bestaat niet, of u mag het niet zien",
    "406": "Deze vorm van antwoord is er niet",
}
WHEN_ADDING = {"409": "Dit kan nu niet", "415": "Deze vorm van inhoud lezen we niet"}
WHEN_SETTING = {"412": "Iemand anders was u voor; beide versies staan erbij", "428": "De versie ontbreekt"}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "maxLength": 255},
    "description": "Hetzelfde verzoek met dezelfde sleutel wordt één keer uitgevoerd; zeven dagen bewaard.",
}
API_VERSION_HEADER = {"schema": {"type": "string"}, "description": "De versie van deze API."}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "example": '"3"'},
    "description": "De versie die u wijzigt, tussen aanhalingstekens.",
}


class BearerScheme(OpenApiAuthenticationExtension):
    """A signed token."""

    target_class = "coordination.identity.authentication.BearerAuthentication"
    name = "bearer"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """How the document names it."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class SessionScheme(OpenApiAuthenticationExtension):
    """The session of a page of our own."""

    target_class = "coordination.identity.authentication.SignedInSession"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """How the document names it."""
        from django.conf import settings

        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class Schema(AutoSchema):
    """Adds to each operation the problems it may answer and the headers it takes; writes names as they go outside."""

    def get_operation(self, *arguments: Any, **named: Any) -> dict[str, Any] | None:
        """The operation with its problems and headers."""
        operation = super().get_operation(*arguments, **named)
        if operation is None:
            return None
        problems = dict(ALWAYS)
        parameters = operation.setdefault("parameters", [])
        if self.method in ("POST", "PATCH", "PUT"):
            problems |= WHEN_ADDING
        if self.method in ("PATCH", "PUT"):
            _add(parameters, IF_MATCH)
        if _takes(parameters, IF_MATCH):
            problems |= WHEN_SETTING
        if self.method == "POST":
            _add(parameters, IDEMPOTENCY_KEY)
        for code, meaning in problems.items():
            shape = self._shared("OutdatedProblem", OUTDATED) if code == "412" else self._shared("Problem", PROBLEM)
            operation["responses"].setdefault(
                code, {"description": meaning, "content": {"application/problem+json": {"schema": shape}}}
            )
        for code, response in operation["responses"].items():
            if str(code)[0] in "23":
                response.setdefault("headers", {})["API-Version"] = API_VERSION_HEADER
        return operation

    def _shared(self, name: str, shape: dict[str, Any]) -> dict[str, Any]:
        component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=shape, object=name)
        self.registry.register_on_missing(component)
        return component.ref

    def _map_serializer(self, serializer: Any, direction: Any, bypass_extensions: bool = False) -> dict[str, Any]:
        shape = super()._map_serializer(serializer, direction, bypass_extensions)
        is_camel = isinstance(serializer, CamelSerializer) or (
            isinstance(serializer, type) and issubclass(serializer, CamelSerializer)
        )
        if is_camel:
            shape["properties"] = {camel(name): inner for name, inner in shape.get("properties", {}).items()}
            if "required" in shape:
                shape["required"] = [camel(name) for name in shape["required"]]
            if direction == "request":
                shape["additionalProperties"] = False
        return shape


def _add(parameters: list[dict[str, Any]], header: dict[str, Any]) -> None:
    if not _takes(parameters, header):
        parameters.append(header)


def _takes(parameters: list[dict[str, Any]], header: dict[str, Any]) -> bool:
    return any(one["in"] == "header" and one["name"] == header["name"] for one in parameters)
