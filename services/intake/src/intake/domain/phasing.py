"""Dividing a total over the school years of a programme: by calendar months, or by the national pattern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coordination.contracts.money import amount_in_sentence, split
from coordination.contracts.periods import Period, months_touched
from coordination.contracts.refusals import Problem

Phasing = Mapping[str, int | None]


class NothingTouched(ValueError):
    """The activity meets none of the periods, or none with a weight, so there is nothing to divide by."""


def even(total_cents: int, starts_on: date, ends_on: date, periods: Sequence[Period]) -> dict[str, int]:
    """The total divided by the calendar months the activity touches in each period; untouched periods get 0.

    Leftover cents go to the largest remainder, a tie to the earlier year. Raises NothingTouched.
    """
    return _divided(total_cents, [months_touched(starts_on, ends_on, period) for period in periods], periods)


def national(total_cents: int, starts_on: date, ends_on: date, periods: Sequence[Period]) -> dict[str, int]:
    """The total divided as all municipalities together spent it, rescaled to the periods the activity touches.

    The weights are the final evaluation's 17, 32, 27 and 25, which add up to 101. Raises NothingTouched.
    """
    weights = [(period.national_weight or 0) if months_touched(starts_on, ends_on, period) else 0 for period in periods]
    return _divided(total_cents, weights, periods)


def _divided(total_cents: int, weights: list[int], periods: Sequence[Period]) -> dict[str, int]:
    if not any(weights):
        raise NothingTouched("the activity touches no period with a weight")
    parts = split(total_cents, weights)
    return {period.school_year: part for period, part in zip(periods, parts, strict=True)}


PRESETS = {"even": even, "national": national}


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A change of the plan in one school year (None is undivided); forgets says the year's plan is unknown again."""

    school_year: str | None
    amount_cents: int
    forgets: bool = False


def plan_lines(present: Phasing, undivided: int | None, wanted: Phasing, total_cents: int) -> list[PlanLine]:
    """The lines that turn the present plan into the wanted one, so that years plus undivided stay the total.

    present and wanted are cents by school year, None where unknown; a year left out of wanted is unknown there.
    """
    lines: list[PlanLine] = []
    for school_year in sorted({*present, *wanted}):
        before, after = present.get(school_year), wanted.get(school_year)
        if before == after:
            continue
        lines.append(
            PlanLine(school_year=school_year, amount_cents=(after or 0) - (before or 0), forgets=after is None)
        )
    rest = total_cents - sum(amount or 0 for amount in wanted.values())
    if rest != (undivided or 0):
        lines.append(PlanLine(school_year=None, amount_cents=rest - (undivided or 0)))
    return lines


def phasing_problems(
    phasing: Phasing, *, total_cents: int, state: str, school_years: Sequence[str], window: str
) -> list[Problem]:
    """What is wrong with a phasing; final must equal the total to the cent.

    window is the programme's window in words, for the message about a year outside it.
    """
    problems: list[Problem] = []
    for year, amount in phasing.items():
        if year not in school_years:
            message = f"{year} valt buiten de looptijd van het programma ({window})."
            problems.append(Problem(field="phasing", code="year-outside-programme", message=message))
        elif amount is not None and amount < 0:
            message = f"{year}: een bedrag kan niet negatief zijn. Vul een bedrag van 0 of meer in."
            problems.append(Problem(field=f"phasing.{year}", code="amount-negative", message=message))
    total = sum(amount or 0 for amount in phasing.values())
    if not problems and state == "final" and total != total_cents:
        message = (
            f"De bedragen per schooljaar tellen op tot {amount_in_sentence(total)}, "
            f"het totaal is {amount_in_sentence(total_cents)}. "
            f"Verschil: {amount_in_sentence(abs(total_cents - total))}."
        )
        problems.append(Problem(field="phasing", code="sum-mismatch", message=message))
    return problems


def settled(present: Phasing, wanted: Phasing) -> dict[str, int | None]:
    """A final phasing leaves nothing open: a year with a plan that is left out or unknown becomes 0."""
    years = {*present, *wanted}
    return {
        year: 0 if wanted.get(year) is None and present.get(year) is not None else wanted.get(year) for year in years
    }
