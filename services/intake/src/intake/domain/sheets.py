"""A sheet of activities: from bytes to rows of text, with what is to be said about the file as a whole."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn

from coordination.contracts.refusals import Invalid, problem
from intake.domain.sheet_columns import Columns, columns_of, missing, recognised
from intake.domain.sheet_csv import TextRow, TextRows, read_csv
from intake.domain.sheet_findings import Finding, Findings
from intake.domain.sheet_workbooks import OLE, ZIP, not_a_sheet, read_workbook

BYTES_LIMIT = 64 * 1024 * 1024
ROW_LIMIT = 100_000
COLUMN_LIMIT = 299
_HEADING_ROWS = 15
_LOOKED_AT = 8192


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows after the heading, the headings, and the codes of what was noticed while reading."""

    headings: tuple[str, ...]
    rows: tuple[TextRow, ...]
    kind: str
    separator: str = ""
    notes: tuple[str, ...] = ()

    def columns(self, school_years: Collection[str]) -> Columns:
        """Which field each column holds in a programme with these school years."""
        return columns_of(self.headings, school_years)


def findings_on_file(notes: Collection[str], columns: Columns) -> tuple[Finding, ...]:
    """What is said about the file as a whole: how it was read, and its headings."""
    said = Findings()
    for code in notes:
        said.add(code, "file")
    return (*said.all(), *columns.findings)


def read_sheet(content: bytes, filename: str, *, bytes_limit: int = BYTES_LIMIT, row_limit: int = ROW_LIMIT) -> Sheet:
    """Read CSV, XLSX, XLS or ODS by what the bytes are, whatever the file is called.

    Raises Invalid with one problem on the field file, in plain Dutch with the next step: empty, too large, no sheet,
    a password, 300 columns or more, too many rows, or headings that are not known. Raises nothing else.
    """
    if len(content) > bytes_limit:
        refuse_too_large(bytes_limit)
    if not content.strip():
        raise _empty()
    table, kind = _table_of(content, filename, row_limit)
    if not table.rows:
        raise _empty()
    place, headings = _headings_of(table)
    rows = table.rows[place + 1 :]
    if len(rows) > row_limit:
        raise problem(
            "file", "too-many-rows", f"Dit bestand heeft meer dan {row_limit} rijen. Splits het in kleinere bestanden."
        )
    if not rows:
        raise problem("file", "sheet-empty", "Onder de kolomnamen staan geen rijen. Kies een bestand met activiteiten.")
    return Sheet(headings=headings, rows=rows, kind=kind, separator=table.separator, notes=table.notes)


def refuse_too_large(bytes_limit: int) -> NoReturn:
    """Refuse a file with more bytes than that; raises Invalid on the field file."""
    megabytes = max(bytes_limit // (1024 * 1024), 1)
    raise problem(
        "file",
        "file-too-large",
        f"Dit bestand is te groot. Het mag hooguit {megabytes} MB zijn. Splits het in kleinere bestanden.",
    )


def _empty() -> Invalid:
    return problem("file", "sheet-empty", "Dit bestand is leeg. Kies een bestand met activiteiten.")


def _table_of(content: bytes, filename: str, row_limit: int) -> tuple[TextRows, str]:
    if content.startswith((OLE, ZIP)):
        return read_workbook(content, row_limit=row_limit + _HEADING_ROWS), "workbook"
    start = content[:_LOOKED_AT]
    utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    strange = sum(byte < 9 or 13 < byte < 32 for byte in start)
    is_page = start.lstrip().lower().startswith((b"%pdf", b"<!doctype", b"<html", b"<?xml", b"{\\rtf"))
    if is_page or (strange * 10 > len(start) and not utf16):
        raise not_a_sheet()
    return read_csv(content, row_limit=row_limit + _HEADING_ROWS), "csv"


def _headings_of(table: TextRows) -> tuple[int, tuple[str, ...]]:
    """The place of the row with headings and the headings; raises Invalid when they are not known."""
    first = table.rows[:_HEADING_ROWS]
    place = max(range(len(first)), key=lambda index: (recognised(first[index].cells), -index))
    headings = first[place].cells
    if len(headings) > COLUMN_LIMIT:
        raise problem(
            "file",
            "too-many-columns",
            f"Dit bestand heeft {len(headings)} kolommen; meer dan {COLUMN_LIMIT} lezen we niet. "
            "Bewaar alleen de kolommen met gegevens van activiteiten.",
        )
    if lacking := missing(headings):
        if recognised(headings) == 0:
            raise problem(
                "file",
                "columns-unknown",
                "We herkennen geen enkele kolom. De eerste rij moet kolomnamen hebben, met ten minste: "
                f"{', '.join(lacking)}.",
            )
        raise problem(
            "file",
            "columns-missing",
            f"We missen deze kolommen: {', '.join(lacking)}. Voeg ze toe en kies het bestand opnieuw.",
        )
    return place, headings
