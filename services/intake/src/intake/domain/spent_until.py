"""Amounts known only up to a date: what of them is undivided, and which of two things an older entry may mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from coordination.contracts.money import amount_in_sentence
from coordination.contracts.refusals import Problem
from intake.domain.amounts import amount_problems
from intake.domain.dates import in_words

DATED = frozenset({"spending", "correction"})


class Line(Protocol):
    """What of a ledger line matters here."""

    kind: str
    school_year: str | None
    amount_cents: int
    funding_source: str
    dated_on: date | None
    reference_date: date | None


@dataclass(frozen=True, kw_only=True)
class SpentUntil:
    """What an activity's ledger holds of spending up to a date, in cents; reference_date None when there is none."""

    reference_date: date | None = None
    undivided: int = 0
    total: int = 0
    by_year: Mapping[str, int] = field(default_factory=dict)
    dated: Sequence[tuple[date, int]] = ()
    funding_source: str = "np_onderwijs"

    def asks_about(self, dated_on: date) -> bool:
        """Whether an entry on this day may be part of an amount that is not divided yet, so that one must ask."""
        return self.reference_date is not None and self.undivided != 0 and dated_on <= self.reference_date

    def known_up_to(self, day: date) -> int:
        """All that the ledger holds of spending up to and including a day."""
        return self.total + sum(amount for dated_on, amount in self.dated if dated_on <= day)


def spent_until_of(lines: Iterable[Line]) -> SpentUntil:
    """Add up the spending lines of one activity."""
    reference_date: date | None = None
    source = "np_onderwijs"
    undivided = total = 0
    by_year: dict[str, int] = {}
    dated: list[tuple[date, int]] = []
    for line in lines:
        if line.kind in DATED and line.dated_on is not None:
            dated.append((line.dated_on, line.amount_cents))
        if line.kind != "spent_until":
            continue
        total += line.amount_cents
        if line.school_year is None:
            undivided += line.amount_cents
        else:
            by_year[line.school_year] = by_year.get(line.school_year, 0) + line.amount_cents
        if line.reference_date is not None and (reference_date is None or line.reference_date >= reference_date):
            reference_date, source = line.reference_date, line.funding_source
    return SpentUntil(
        reference_date=reference_date,
        undivided=undivided,
        total=total,
        by_year=by_year,
        dated=tuple(dated),
        funding_source=source,
    )


def entry_problems(
    until: SpentUntil, dated_on: date, amount_cents: int, funding_source: str, divides: bool | None
) -> list[Problem]:
    """What is wrong with an entry beside an amount up to a date: it must be clear whether it is part of it."""
    if not until.asks_about(dated_on) or until.reference_date is None:
        return []
    until_words = f"{amount_in_sentence(until.undivided)} besteed tot en met {in_words(until.reference_date)}"
    if divides is None:
        message = f"Er staat al {until_words}. Hoort dit bedrag daarbij, of komt het erbij? Kies een van de twee."
        return [Problem(field="dividesCumulative", code="divides-cumulative-unclear", message=message)]
    if not divides:
        return []
    if amount_cents > until.undivided:
        message = f"Dit is meer dan er te verdelen is: {until_words}."
        return [Problem(field="amountCents", code="exceeds-undivided", message=message)]
    if funding_source != until.funding_source:
        message = "Dit deel hoort bij een bedrag uit een ander potje. Kies hetzelfde potje."
        return [Problem(field="fundingSource", code="funding-source-differs", message=message)]
    return []


def division_problems(
    until: SpentUntil, parts: Mapping[str, int], school_years: Sequence[str], window: str
) -> list[Problem]:
    """What is wrong with dividing the undivided amount; parts are cents by school year."""
    problems: list[Problem] = []
    for year, cents in parts.items():
        if year not in school_years:
            message = f"{year} valt buiten de looptijd van het programma ({window})."
            problems.append(Problem(field="parts", code="year-outside-programme", message=message))
        problems += amount_problems(f"parts.{year}", cents)
    if problems:
        return problems
    if not any(parts.values()):
        return [Problem(field="parts", code="required", message="Vul bij ten minste een schooljaar een bedrag in.")]
    for year, cents in parts.items():
        if cents < 0 and -cents > until.by_year.get(year, 0):
            message = f"In {year} is maar {amount_in_sentence(until.by_year.get(year, 0))} verdeeld om terug te halen."
            problems.append(Problem(field=f"parts.{year}", code="exceeds-divided", message=message))
    if sum(parts.values()) > until.undivided:
        message = (
            f"U verdeelt {amount_in_sentence(sum(parts.values()))}, "
            f"er is {amount_in_sentence(until.undivided)} te verdelen."
        )
        problems.append(Problem(field="parts", code="exceeds-undivided", message=message))
    return problems
