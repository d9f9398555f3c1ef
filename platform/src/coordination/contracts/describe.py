"""The events page, made from the catalogue, so that it cannot tell another story than the code.

Run it with: python -m coordination.contracts.describe
"""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coordination.contracts import catalogue
from coordination.contracts.freeze import schema_of

PLACE = Path(__file__).parents[3] / "docs" / "events.md"

OPENING = """# Events

What the services say to each other. This page is made from the catalogue by
`python -m coordination.contracts.describe`; change the classes in `coordination/contracts/`, then make it again.

Every message is a [CloudEvents 1.0](https://cloudevents.io) message in the Dutch government profile, as structured
JSON. Amounts are whole euro cents; `null` is unknown and never 0; school years are written `2021-2022`, and `null` is
"not divided over years". Names of people, notes and free reasons never travel.

## The envelope

| Attribute | What it says |
|---|---|
| `id` | the message, a UUIDv7; a second delivery carries the same |
| `source` | the service that said it, as a URN |
| `type` | what happened: `nl.coordination.<subject plural>.<past participle>.v<n>` |
| `subject` | what it happened to; also the key (`partitionkey`): news of one subject stays in order |
| `sequence` | its number within the subject, counted from 1, twelve digits; a hole means that something is missing |
| `time` | when it was recorded, in UTC |
| `correlationid` | the request or message it all began with |
| `causationid` | the message that led to this one |
| `actingrole` | the role that acted, never the person |
| `traceparent` | the [trace](https://www.w3.org/TR/trace-context/) it is part of, when there is one |
| `data` | what is described below |

Between subjects nothing is ordered. Every message comes at least once: a reader keeps the ids it has handled.
Within a version an optional field may be added; a reader ignores fields it does not know. Anything else is a new
version, and both are said for a while; a service that does not know a version yet parks it and goes on with that
subject once it does. A message is 64 KB at most. On Kafka `id`, `source`, `type`, `subject`, `time` and
`traceparent` stand in `ce_` headers once more; a reader takes binary mode too. Schemas and example messages are in
`platform/src/coordination/contracts/schemas` and `examples`, by type.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([OPENING, *_overview(), *_owners()]).rstrip() + "\n"


def _overview() -> Iterator[str]:
    yield "## All at a glance\n"
    yield "| Event | Type | Topic | Key |"
    yield "|---|---|---|---|"
    for entry in catalogue.ENTRIES:
        yield f"| [{entry.name}](#{entry.name.lower()}) | `{entry.type}` | `{entry.topic}` | `{entry.key}` |"
    yield ""


def _owners() -> Iterator[str]:
    for owner in dict.fromkeys(entry.owner for entry in catalogue.ENTRIES):
        yield f"## What {owner} says\n"
        parts: dict[str, dict[str, Any]] = {}
        for entry in catalogue.ENTRIES:
            if entry.owner != owner:
                continue
            definitions = schema_of(entry)["$defs"]
            yield f"### {entry.name}\n"
            yield f"`{entry.type}` on `{entry.topic}`, key `{entry.key}`\n"
            yield f"{inspect.getdoc(entry.event)}\n"
            yield from _fields(definitions[entry.name])
            parts |= {name: schema for name, schema in definitions.items() if name != entry.name}
        for name, schema in sorted(parts.items()):
            yield f"### Part: {name}\n"
            yield f"{schema.get('description', '')}\n"
            yield from _fields(schema)


def _fields(schema: dict[str, Any]) -> Iterator[str]:
    yield "| Field | Value | Needed |"
    yield "|---|---|---|"
    for field, value in schema["properties"].items():
        yield f"| `{field}` | {_value(value)} | {'yes' if field in schema.get('required', ()) else ''} |"
    yield ""


def _value(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_value(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1]
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_value(schema.get('items', {}))}"
    if schema.get("type") == "null":
        return "unknown (`null`)"
    return {"uuid": "id", "date": "date", "date-time": "moment"}.get(
        schema.get("format", ""), schema.get("type", "any")
    )


if __name__ == "__main__":
    PLACE.parent.mkdir(exist_ok=True)
    PLACE.write_text(page())
    print(PLACE.name)
