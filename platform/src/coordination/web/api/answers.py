"""Pieces with which a view describes its answers in the OpenAPI document: plain JSON Schema as version 3.0 takes it."""

from typing import Any

Described = dict[str, Any]

TEXT: Described = {"type": "string"}
FLAG: Described = {"type": "boolean"}
COUNT: Described = {"type": "integer"}
CENTS: Described = {"type": "integer", "format": "int64", "description": "Hele eurocenten."}
ID: Described = {"type": "string", "format": "uuid"}
DAY: Described = {"type": "string", "format": "date"}
MOMENT: Described = {"type": "string", "format": "date-time", "description": "In UTC."}
SCHOOL_YEAR: Described = {"type": "string", "pattern": r"^\d{4}-\d{4}$", "example": "2021-2022"}
ANYTHING: Described = {"type": "object", "additionalProperties": True}


def unknown_too(described: Described) -> Described:
    """The same, or null for unknown."""
    return {**described, "nullable": True}


def many(described: Described) -> Described:
    """A list of these."""
    return {"type": "array", "items": described}


def record(**fields: Described) -> Described:
    """An object that always has these fields; it may have more."""
    return {"type": "object", "required": list(fields), "properties": fields}


def pages_of(described: Described) -> Described:
    """A page of a list: its rows, and where the next ones are."""
    return record(results=many(described), next=unknown_too({"type": "string", "format": "uri"}))
