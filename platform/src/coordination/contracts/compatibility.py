"""Whether a contract still keeps its word: what an old reader and a new reader need from each other's messages.

Within a version an optional field may be added and nothing else: not removed, not renamed, not of another type, not
another list of allowed words. Words for people (descriptions) are free.
"""

from typing import Any

WORDS = frozenset({"title", "description", "$schema", "$id"})
ABSENT = object()

Schema = dict[str, Any]


def differences(frozen: Schema, current: Schema) -> list[str]:
    """What in the current schema breaks the frozen one, as sentences with the place; empty when nothing does."""
    comparison = _Comparison(frozen, current)
    comparison.compare(frozen, current, "data")
    return comparison.found


def additions(frozen: Schema, current: Schema) -> list[str]:
    """The optional fields that the current schema has beside the frozen one, by the name of their class."""
    frozen_classes, current_classes = frozen.get("$defs", {}), current.get("$defs", {})
    return [
        f"{name}.{field}"
        for name, schema in current_classes.items()
        for field in schema.get("properties", {})
        if name in frozen_classes and field not in frozen_classes[name].get("properties", {})
    ]


class _Comparison:
    """Two whole schemas side by side, and what was found."""

    def __init__(self, frozen: Schema, current: Schema) -> None:
        self._frozen_root = frozen
        self._current_root = current
        self.found: list[str] = []

    def compare(self, frozen: Any, current: Any, place: str) -> None:
        frozen, current = _resolved(frozen, self._frozen_root), _resolved(current, self._current_root)
        if not isinstance(frozen, dict) or not isinstance(current, dict):
            if frozen != current:
                self.found.append(f"{place}: was {frozen!r}, is {current!r}")
            return
        for word in sorted((frozen.keys() | current.keys()) - WORDS - {"$defs", "properties", "required", "anyOf"}):
            old, new = frozen.get(word, ABSENT), current.get(word, ABSENT)
            if isinstance(old, dict) and isinstance(new, dict):
                self.compare(old, new, f"{place}[]" if word == "items" else f"{place} {word}")
            elif old != new:
                self.found.append(f"{place}: {word} was {_word(old)}, is {_word(new)}")
        self._compare_choices(frozen.get("anyOf", []), current.get("anyOf", []), place)
        self._compare_fields(frozen, current, place)

    def _compare_choices(self, frozen: list[Any], current: list[Any], place: str) -> None:
        if len(frozen) != len(current):
            self.found.append(f"{place}: had {len(frozen)} kinds of value, has {len(current)}")
            return
        for one, other in zip(frozen, current, strict=True):
            self.compare(one, other, place)

    def _compare_fields(self, frozen: Schema, current: Schema, place: str) -> None:
        old, new = frozen.get("properties", {}), current.get("properties", {})
        must, must_now = set(frozen.get("required", ())), set(current.get("required", ()))
        for field in old:
            if field not in new:
                self.found.append(f"{place}.{field}: removed")
                continue
            if (field in must) != (field in must_now):
                self.found.append(f"{place}.{field}: was {'required' if field in must else 'optional'}, is the other")
            self.compare(old[field], new[field], f"{place}.{field}")
        self.found += [f"{place}.{field}: added as required" for field in sorted(must_now - old.keys())]


def _resolved(schema: Any, root: Schema) -> Any:
    while isinstance(schema, dict) and "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _word(value: Any) -> str:
    return "absent" if value is ABSENT else repr(value)
