"""Freezing the contracts: a JSON Schema and an example message per type, added beside the old ones and never changed.

Run it with: python -m coordination.contracts.freeze
"""

import sys
from pathlib import Path
from typing import Any

import msgspec

from coordination.contracts import catalogue
from coordination.contracts.compatibility import differences
from coordination.contracts.samples import sample_message

HERE = Path(__file__).parent
DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Changed(RuntimeError):
    """A frozen contract would have to change; a new version of the type is due."""


def schema_of(entry: catalogue.Entry) -> dict[str, Any]:
    """The JSON Schema of the data of one type, as the class now says it."""
    schema = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(entry.event)))
    return {"$schema": DRAFT, "$id": f"urn:nld:vierspan:schema:{entry.type}", "title": entry.name, **schema}


def frozen_schema(entry: catalogue.Entry, folder: Path = HERE) -> dict[str, Any]:
    """The schema as it was frozen. Raises FileNotFoundError when the type was never frozen."""
    return msgspec.json.decode((folder / "schemas" / f"{entry.type}.json").read_bytes())


def frozen_example(entry: catalogue.Entry, folder: Path = HERE) -> bytes:
    """The example message as it was frozen. Raises FileNotFoundError when the type was never frozen."""
    return (folder / "examples" / f"{entry.type}.json").read_bytes()


def freeze(folder: Path = HERE) -> list[str]:
    """Write schema and example of every type that has none; gives the types that were added.

    Raises Changed, and writes nothing, when a class no longer fits what was frozen of it.
    """
    new = [entry for entry in catalogue.ENTRIES if not (folder / "schemas" / f"{entry.type}.json").exists()]
    broken = [
        f"{entry.type}: {sentence}"
        for entry in catalogue.ENTRIES
        if entry not in new
        for sentence in differences(frozen_schema(entry, folder), schema_of(entry))
    ]
    if broken:
        raise Changed("\n".join([*broken, "A frozen type is never changed: give the news a new version beside it."]))
    for entry in new:
        _write(folder / "schemas" / f"{entry.type}.json", msgspec.json.encode(schema_of(entry)))
        _write(folder / "examples" / f"{entry.type}.json", sample_message(entry))
    return [entry.type for entry in new]


def _write(place: Path, message: bytes) -> None:
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(msgspec.json.format(message, indent=2) + b"\n")


if __name__ == "__main__":
    try:
        added = freeze()
    except Changed as reason:
        sys.exit(str(reason))
    print("\n".join(added) or "nothing new to freeze")
