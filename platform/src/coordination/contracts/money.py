"""Amounts are whole euro cents; this module adds, splits and writes them the Dutch way."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


def known_sum(amounts: Iterable[int | None]) -> int | None:
    """The sum in cents of what is known; None when nothing at all is known, for unknown is never 0."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split a total in cents by weights so that the parts add up to it exactly.

    Leftover cents go to the largest remainders, a tie to the earlier part. A negative total splits like its
    opposite. Raises ValueError when no weight is positive or one is negative.
    """
    if any(weight < 0 for weight in weights) or sum(weights) <= 0:
        raise ValueError("weights must be zero or more and add up to more than zero")
    if total < 0:
        return [-part for part in split(-total, weights)]
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def amount_in_column(cents: int | None) -> str:
    """An amount without sign for a column whose heading names the unit: 1.234,56, or the word onbekend."""
    if cents is None:
        return "onbekend"
    euros, rest = divmod(abs(cents), 100)
    text = f"{euros:,}".replace(",", ".") + f",{rest:02d}"
    return f"{MINUS}{NO_BREAK_SPACE}{text}" if cents < 0 else text


def amount_in_sentence(cents: int | None) -> str:
    """An amount for a sentence: € 1.234,56, with a no-break space; a negative one gets a real minus sign."""
    if cents is None:
        return "onbekend"
    text = amount_in_column(abs(cents))
    sign = f"{MINUS}{NO_BREAK_SPACE}" if cents < 0 else ""
    return f"{sign}€{NO_BREAK_SPACE}{text}"


def share_in_words(part: int | None, base: int | None) -> str:
    """A percentage with one decimal and a comma, 81,4%; the word onbekend when it cannot be known."""
    if part is None or not base:
        return "onbekend"
    tenths = (Decimal(part) * 1000 / Decimal(base)).to_integral_value(rounding="ROUND_HALF_UP")
    whole, tenth = divmod(abs(int(tenths)), 10)
    sign = MINUS if tenths < 0 else ""
    return f"{sign}{whole},{tenth}%"
