"""Names outside and inside: lower camelCase in JSON, snake_case in Python."""

import re
from typing import Any


def camel(name: str) -> str:
    """total_cents becomes totalCents."""
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def snake(name: str) -> str:
    """totalCents becomes total_cents."""
    return re.sub(r"(?<!^)([A-Z])", lambda found: "_" + found[1].lower(), name)


def camel_keys(value: Any) -> Any:
    """The same value with the keys of all dictionaries in lower camelCase."""
    if isinstance(value, dict):
        return {camel(str(key)): camel_keys(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [camel_keys(inner) for inner in value]
    return value
