"""The values a good row gives, as the command that registers an activity takes them, and how two are compared."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(kw_only=True)
class RowValues:
    """What was read from a row; None is not there or not readable. Amounts are cents, slugs those of the catalogues."""

    municipality: str | None = None
    number: str | None = None
    title: str | None = None
    measure_type: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    total_cents: int | None = None
    phasing: dict[str, int | None] = field(default_factory=dict)
    status: str = "draft"
    goal: str = ""
    interventions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    school_types: tuple[str, ...] = ()
    schools: tuple[UUID, ...] = ()
    partners: tuple[str, ...] = ()
    continuation: str | None = None
    spent_until_cents: int | None = None
    reference_date: date | None = None
    indicator_name: str | None = None
    indicator_target: str | None = None
    indicator_value: str | None = None
    note: str = ""

    @property
    def phasing_state(self) -> str:
        """final when every school year is known and together they are the total, otherwise draft."""
        amounts = list(self.phasing.values())
        known = [amount for amount in amounts if amount is not None]
        return "final" if amounts and len(known) == len(amounts) and sum(known) == self.total_cents else "draft"

    def fingerprint(self) -> str:
        """The same for two rows that say the same, however they are written."""
        facts = {**self.__dict__, "partners": sorted(name.casefold() for name in self.partners)}
        text = json.dumps(facts, default=str, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def comparable(self) -> dict[str, Any]:
        """The facts by which a row is compared with an activity that was registered otherwise."""
        return comparable(
            title=self.title,
            measure_type=self.measure_type,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            total_cents=self.total_cents,
            phasing=self.phasing,
            status=self.status,
            spent_until_cents=self.spent_until_cents,
            schools=self.schools,
        )


def comparable(
    *,
    title: str | None,
    measure_type: str | None,
    starts_on: date | None,
    ends_on: date | None,
    total_cents: int | None,
    phasing: Mapping[str, int | None],
    status: str,
    spent_until_cents: int | None,
    schools: Sequence[UUID],
) -> dict[str, Any]:
    """Facts of an activity in a form that is equal when they say the same; an unknown school year is left out."""
    return {
        "title": title,
        "measureType": measure_type,
        "startsOn": starts_on.isoformat() if starts_on else None,
        "endsOn": ends_on.isoformat() if ends_on else None,
        "totalCents": total_cents,
        "phasing": {year: cents for year, cents in sorted(phasing.items()) if cents},
        "status": status,
        "spentUntilCents": spent_until_cents or None,
        "schools": sorted(str(one) for one in schools),
    }


def raw_fingerprint(fields: Sequence[str | None], cells: Sequence[str]) -> str:
    """The same for two rows with the same text in the columns that are known."""
    text = json.dumps([[name, cell] for name, cell in zip(fields, cells, strict=False) if name], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
