"""Notices rows that say what another row or a registered activity already says."""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from intake.domain.sheet_findings import WHOLE_ROW, Findings
from intake.domain.sheet_register import KnownActivity, Register
from intake.domain.sheet_texts import key_of
from intake.domain.sheet_values import RowValues

_ALIKE = 88
SECOND_ACTIVITY = "second-activity"
UPDATE = "update"


def loose_number(number: str) -> str:
    """A number without what people type differently: case, marks between, zeros in front (DKM-04 is DKM-004)."""
    return "".join(
        str(int(part)) if part.isdigit() else part for part in re.findall(r"[a-z]+|[0-9]{1,18}", number.casefold())
    )


def alike(title: str, other: str) -> bool:
    """Whether two titles are the same but for typing; titles that differ in a figure never are."""
    title, other = key_of(title), key_of(other)
    if re.findall(r"\d+", title) != re.findall(r"\d+", other):
        return False
    return fuzz.ratio(title, other, score_cutoff=_ALIKE) >= _ALIKE


@dataclass(kw_only=True)
class Twins:
    """The rows met so far and the activities registered, ready to be compared with the next row."""

    register: Register
    _exact: dict[tuple, int] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _loose: dict[tuple[str, str], int] = field(default_factory=dict)
    _shapes: dict[tuple, list[tuple[int, str]]] = field(default_factory=dict)
    _known_loose: dict[tuple[str, str], KnownActivity] = field(default_factory=dict)
    _known_shapes: dict[tuple, list[KnownActivity]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what is registered."""
        for one in self.register.activities.values():
            self._known_loose[(one.municipality, loose_number(one.number))] = one
            shape = (one.municipality, one.starts_on, one.ends_on, one.total_cents)
            self._known_shapes.setdefault(shape, []).append(one)

    def meet(self, row: int, cells: tuple, values: RowValues) -> None:
        """Remember a row for those below it."""
        self._exact.setdefault(cells, row)
        if values.municipality and values.number:
            self._numbers.setdefault((values.municipality, values.number.casefold()), row)
            self._loose.setdefault((values.municipality, loose_number(values.number)), row)
        if values.municipality and values.title:
            self._shapes.setdefault(_shape(values), []).append((row, values.title))

    def judge(self, cells: tuple, values: RowValues, choice: str, findings: Findings) -> KnownActivity | None:
        """Say what a row repeats; gives the registered activity with its number, when there is one.

        A row above is named first, and then nothing is said of what is registered.
        """
        if (row := self._exact.get(cells)) is not None:
            findings.add("duplicate-exact", WHOLE_ROW, rij=row)
            return None
        if not values.municipality:
            return None
        number = values.number or ""
        if number and (row := self._numbers.get((values.municipality, number.casefold()))) is not None:
            findings.add("number-twice", "number", number, nummer=number, rij=row)
            return None
        row = self._near_row(values)
        if row is not None and choice != SECOND_ACTIVITY:
            findings.add("duplicate-near", WHOLE_ROW, rij=row)
            return None
        existing = self.register.activities.get((values.municipality, number.casefold())) if number else None
        if existing is None and choice != SECOND_ACTIVITY and (near := self._near_known(values)):
            findings.add("duplicate-registered", WHOLE_ROW, nummer=near.number)
        return existing

    def _near_row(self, values: RowValues) -> int | None:
        if values.number:
            row = self._loose.get((str(values.municipality), loose_number(values.number)))
            if row is not None:
                return row
        same_shape = self._shapes.get(_shape(values), ())
        return next((row for row, title in same_shape if alike(title, values.title or "")), None)

    def _near_known(self, values: RowValues) -> KnownActivity | None:
        if values.number:
            near = self._known_loose.get((str(values.municipality), loose_number(values.number)))
            if near is not None:
                return near
        same_shape = self._known_shapes.get(_shape(values), ())
        return next((one for one in same_shape if alike(one.title, values.title or "")), None)


def _shape(values: RowValues) -> tuple:
    """What two rows about the same activity have in common; nothing to compare without dates and total."""
    return (values.municipality, values.starts_on, values.ends_on, values.total_cents)
