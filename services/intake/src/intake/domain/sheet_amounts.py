"""Reads an amount of money the way people type it, into whole euro cents, and says what had to be assumed."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from intake.domain.amounts import MOST_CENTS

_EURO = re.compile(r"€|\b(?:euro'?s?|eur)\b|(?<=\d)(?:euro'?s?|eur)\b|\beur(?=\d)", re.IGNORECASE)
_OTHER_MONEY = re.compile(
    r"usd|ang|awg|xcg|xcd|gbp|chf|dkk|sek|nok|pln|jpy|cny|cad|aud|brl|srd|naf|nafl|afl|fl|hfl|us|dollars?|gulden|pond",
    re.IGNORECASE,
)
_DASHES = "-‐‑‒–—―−"
_UNKNOWN_WORDS = frozenset({"onbekend", "?", "pm", "p.m.", "ntb", "n.t.b.", "nader te bepalen"})
_NOT_APPLICABLE = frozenset({"nvt", "n/a", "nietvantoepassing"})
_GROUPS_OF_THREE = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_SPACED = re.compile(r"[1-9]\d{0,2}(?:([ '’])\d{3})(?:\1\d{3})*")
_FORMULA = re.compile(r"[=@]|[+-]\s*[A-Za-z]+\$?\d*\s*[(+*/:^-]")


@dataclass(frozen=True, kw_only=True)
class AmountRead:
    """What a cell said: cents, or None for unknown; codes of what was assumed; or the code of why it cannot be."""

    cents: int | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None


def is_not_applicable(text: str) -> bool:
    """Whether a cell says n.v.t. in one of its spellings."""
    return re.sub(r"[\s.]", "", text).casefold() in _NOT_APPLICABLE


def read_amount(text: str) -> AmountRead:
    """Read an amount in Dutch notation, or in English notation with the note decimal-dot.

    A dot followed by three digits separates thousands, as in a Dutch file; two digits after one dot are cents, with a
    note. n.v.t. gives 0 with the note not-applicable-as-zero: the caller decides whether that may be. Never raises.
    """
    text = "".join(" " if one.isspace() else one for one in text).strip()
    if not text or text.casefold() in _UNKNOWN_WORDS:
        return AmountRead()
    if is_not_applicable(text):
        return AmountRead(cents=0, notes=("not-applicable-as-zero",))
    bare = _EURO.sub("", text).strip()
    notes = ("currency-symbol",) if bare != text else ()
    if bare and all(one in _DASHES for one in bare):
        return AmountRead(cents=0, notes=(*notes, "dash-as-zero"))
    negative, digits = _without_sign(bare)
    found = _number_of(digits)
    if found is None:
        return AmountRead(error=_why_not(text, bare))
    number, number_notes = found
    cents = int((min(number, Decimal(MOST_CENTS)) * 100).to_integral_value(rounding=ROUND_HALF_UP))
    if cents > MOST_CENTS:
        return AmountRead(error="amount-absurd")
    return AmountRead(cents=-cents if negative else cents, notes=(*notes, *number_notes))


def _why_not(text: str, bare: str) -> str:
    if _FORMULA.match(text):
        return "formula-in-cell"
    return "currency-not-euro" if _is_other_money(bare) else "amount-unreadable"


def _is_other_money(bare: str) -> bool:
    if not re.search(r"\d", bare):
        return False
    if any(unicodedata.category(one) == "Sc" for one in bare) or bare.startswith("ƒ"):
        return True
    words = re.findall(r"[A-Za-z]+", bare)
    return len(words) == 1 and bool(_OTHER_MONEY.fullmatch(words[0]))


def _without_sign(bare: str) -> tuple[bool, str]:
    if bare.startswith("(") and bare.endswith(")"):
        return True, bare[1:-1].strip()
    bare = re.sub(rf"[.,]\s?[{_DASHES}=]{{1,2}}$", "", bare)
    if bare and bare[0] in _DASHES:
        return True, bare[1:].strip()
    if bare and bare[-1] in _DASHES:
        return True, bare[:-1].strip()
    return False, bare.removeprefix("+").strip()


def _number_of(bare: str) -> tuple[Decimal, tuple[str, ...]] | None:
    """The number in euros and the notes on how it was written; None when it is no number."""
    if not re.fullmatch(r"[0-9](?:[0-9.,' ’]{0,40}[0-9])?", bare):
        return None
    if bare.isdigit():
        return Decimal(bare), ()
    if _GROUPS_OF_THREE.fullmatch(bare) or _SPACED.fullmatch(bare):
        # A comma before three digits is how English thousands look; the user is asked whether it was read right.
        english = ("decimal-dot",) if "," in bare else ()
        return Decimal(re.sub(r"\D", "", bare)), ("thousands-separator", *english)
    found = re.fullmatch(r"(.*)([.,])(\d+)", bare)
    return _with_decimals(found[1], found[2], found[3]) if found else None


def _with_decimals(whole: str, mark: str, rest: str) -> tuple[Decimal, tuple[str, ...]] | None:
    notes: tuple[str, ...] = ("decimal-dot",) if mark == "." else ()
    if not whole.isdigit():
        grouped = _GROUPS_OF_THREE.fullmatch(whole) or _SPACED.fullmatch(whole)
        if not grouped or grouped[1] == mark:
            return None
        whole = re.sub(r"\D", "", whole)
        notes = ("thousands-separator", *notes)
    if len(rest.rstrip("0")) > 2:
        notes = (*notes, "amount-rounded")
    return Decimal(f"{whole}.{rest}"), notes
