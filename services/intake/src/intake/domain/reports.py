"""What may be reported of an activity: counts that can be meant, and at most three indicators."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from coordination.contracts.refusals import Problem

MOST_INDICATORS = 3
MOST_PEOPLE = 10_000_000


def count_problems(field: str, count: object) -> list[Problem]:
    """What is wrong with a count: it is a whole number of zero or more, or None for unknown."""
    if count is None:
        return []
    if isinstance(count, bool) or not isinstance(count, int):
        return [Problem(field=field, code="count-invalid", message="Vul een heel getal in.")]
    if count < 0:
        return [Problem(field=field, code="count-negative", message="Een aantal kan niet negatief zijn.")]
    if count > MOST_PEOPLE:
        return [Problem(field=field, code="count-too-large", message="Dit aantal is te groot om waar te zijn.")]
    return []


def merged(
    kept: Sequence[dict[str, Any]], reported: dict[str, Any], reported_on: date
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The indicators of an activity after a report, and the reported one as it now stands.

    An indicator is known by its name, whatever its capitals. What the report leaves open stays; a value measured
    earlier than the one that is kept does not replace it.
    """
    measured_on = reported.get("measured_on") or reported_on.isoformat()
    one = {**reported, "measured_on": measured_on}
    result = []
    found = False
    for present in kept:
        if present["name"].casefold() != one["name"].casefold():
            result.append(present)
            continue
        found = True
        one = {key: present.get(key) if one.get(key) is None else one[key] for key in one}
        older = measured_on < (present.get("measured_on") or "")
        result.append(present if older else one)
    return (result if found else [*result, one]), one
