"""Reads a date the way people type it, and says what had to be assumed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_ABBREVIATIONS = {"mrt": 3, "sept": 9, "okt": 10, "oct": 10, "march": 3, "may": 5}
_EXPECTED = re.compile(r"(\d{2})-(\d{2})-(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?(\d{4}|'?\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_IN_WORDS = re.compile(r"(\d{1,2})[\s-]+([A-Za-z]{3,9})\.?[\s-]+(\d{4}|'?\d{2})")
_TIME = re.compile(r"[T\s]\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?Z?$")
_SERIAL = re.compile(r"[2-6]\d{4}")
_DAY_ZERO_OF_SPREADSHEETS = date(1899, 12, 30)
_CENTURY_TURN = 70


@dataclass(frozen=True, kw_only=True)
class DateRead:
    """What a cell said: a day, and the code of what was assumed; neither when it is no existing date."""

    day: date | None = None
    note: str | None = None


def in_words(day: date) -> str:
    """A date for a Dutch sentence: 31 december 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def read_date(text: str) -> DateRead:
    """Read a date: dd-mm-jjjj without a note, other notations with one. An impossible date gives no day. Never raises.

    Notes: date-format, date-two-digit-year, date-excel-serial (days since 30 December 1899).
    """
    text = text.strip()
    if found := _EXPECTED.fullmatch(text):
        return _made(found[3], found[2], found[1], None)
    if _SERIAL.fullmatch(text):
        return DateRead(day=_DAY_ZERO_OF_SPREADSHEETS + timedelta(days=int(text)), note="date-excel-serial")
    text = _TIME.sub("", text)
    if found := _DAY_FIRST.fullmatch(text):
        return _made(found[3], found[2], found[1], "date-format")
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _made(found[1], found[2], found[3], "date-format")
    if (found := _IN_WORDS.fullmatch(text)) and (month := _month_of(found[2])):
        return _made(found[3], str(month), found[1], "date-format")
    return DateRead()


def _month_of(word: str) -> int | None:
    word = word.casefold()
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word]
    return next((index for index, month in enumerate(MONTHS, start=1) if month.startswith(word)), None)


def _made(year: str, month: str, day: str, note: str | None) -> DateRead:
    year = year.lstrip("'")
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < _CENTURY_TURN else 1900
        note = "date-two-digit-year"
    try:
        return DateRead(day=date(number, int(month), int(day)), note=note)
    except ValueError:
        return DateRead()
