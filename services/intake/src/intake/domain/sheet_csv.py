"""Reads the bytes of a CSV file into rows of text: any usual separator, any Dutch encoding, no row lost."""

import codecs
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from intake.domain.sheet_columns import recognised

_SEPARATORS = ";,\t|"
_LINES_LOOKED_AT = 20
_LINES_IN_ONE_ROW = 200
NUL_SHOWN = "\u2400"
"""How a NUL is kept, which not every database can hold; it is noticed and left out where a cell is read."""
csv.field_size_limit(1_000_000)


@dataclass(frozen=True, kw_only=True)
class TextRow:
    """One row as it stood: its number in a spreadsheet, its cells, and whether its encoding was another."""

    number: int
    cells: tuple[str, ...]
    other_encoding: bool = False


@dataclass(frozen=True, kw_only=True)
class TextRows:
    """All rows of a file, the heading among them, with what was noticed while reading."""

    rows: tuple[TextRow, ...]
    separator: str = ""
    notes: tuple[str, ...] = ()


def read_csv(content: bytes, *, row_limit: int) -> TextRows:
    """Read CSV bytes: byte order mark, UTF-8 or Windows-1252 per line, a sep= line, quoted line breaks. Never raises.

    Stops one row after row_limit, so that the caller can see there were too many. A quote that is never closed does
    not swallow the rows below it.
    """
    notes = []
    lines, other = _decode(content)
    lines = [line.replace("\0", NUL_SHOWN) for line in lines]
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        notes.append("bom-stripped")
    if any(other):
        notes.append("encoding-fallback")
    separator = None
    if lines and lines[0].strip().casefold().startswith("sep=") and len(lines[0].strip("\r\n")) == 5:
        separator = lines[0].strip("\r\n")[4]
        lines, other = lines[1:], other[1:]
    separator = separator or _separator_of(lines[:_LINES_LOOKED_AT])
    rows = _rows_of(lines, other, separator, row_limit)
    while rows and not any(rows[-1].cells):
        if len(rows[-1].cells) > 1:
            break
        rows.pop()
    return TextRows(rows=tuple(rows), separator=separator, notes=tuple(notes))


def _decode(content: bytes) -> tuple[list[str], list[bool]]:
    """The lines with their ends, and for each whether it was no UTF-8 and read as Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        whole = [line + "\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]
        return whole, [False] * len(whole)
    decoded, other = [], []
    for line in content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True):
        try:
            decoded.append(line.decode("utf-8"))
            other.append(False)
        except UnicodeDecodeError:
            decoded.append(line.decode("cp1252", errors="replace"))
            other.append(True)
    return decoded, other


def _separator_of(lines: Sequence[str]) -> str:
    """The separator with which most headings are recognised; without any, the sniffer's guess."""
    best = max(_SEPARATORS, key=lambda one: (_best_heading(lines, one), -_SEPARATORS.index(one)))
    if _best_heading(lines, best) > 1:
        return best
    try:
        return csv.Sniffer().sniff("".join(lines)[:20_000], delimiters=_SEPARATORS).delimiter
    except csv.Error:
        return ";"


def _best_heading(lines: Sequence[str], separator: str) -> int:
    try:
        return max((recognised(cells) for cells in csv.reader(lines, delimiter=separator)), default=0)
    except csv.Error:
        return 0


def _rows_of(lines: list[str], other: list[bool], separator: str, row_limit: int) -> list[TextRow]:
    rows: list[TextRow] = []
    at, width = 0, 0
    while at < len(lines) and len(rows) <= row_limit:
        cells, taken = _one_row(lines, at, separator, width)
        width = max(width, len(cells)) if len(rows) < _LINES_LOOKED_AT else width
        rows.append(TextRow(number=len(rows) + 1, cells=tuple(cells), other_encoding=any(other[at : at + taken])))
        at += taken
    return rows


def _one_row(lines: list[str], at: int, separator: str, width: int) -> tuple[list[str], int]:
    """The cells of the row that begins at a line, and how many lines it took."""
    if '"' not in lines[at]:
        return lines[at].rstrip("\r\n").split(separator) if lines[at].strip("\r\n") else [""], 1
    reader = csv.reader(islice(lines, at, at + _LINES_IN_ONE_ROW), delimiter=separator)
    try:
        cells = next(reader, [""]) or [""]
    except csv.Error:
        return _bare(lines[at], separator), 1
    taken = max(reader.line_num, 1)
    if taken > 1:
        open_quote = sum(line.count('"') for line in lines[at : at + taken]) % 2 == 1
        alone = _bare(lines[at], separator)
        if open_quote or (len(cells) != width and len(alone) >= max(width - 1, 2)):
            return alone, 1
    cells[-1] = cells[-1].rstrip("\r\n")
    return cells, taken


def _bare(line: str, separator: str) -> list[str]:
    """The cells of one line in which a quote is a character like any other."""
    return line.rstrip("\r\n").split(separator)
