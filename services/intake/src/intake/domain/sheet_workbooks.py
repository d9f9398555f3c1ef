"""Reads XLSX, XLS and ODS files into rows of text; a formula counts as the value that was last computed."""

import io
import math
import re
import zipfile
import zlib
from datetime import date, datetime
from decimal import Decimal

import python_calamine

from coordination.contracts.refusals import Invalid, problem
from intake.domain.sheet_columns import recognised
from intake.domain.sheet_csv import NUL_SHOWN, TextRow, TextRows

UNPACKED_LIMIT = 512 * 1024 * 1024
_CELLS_LIMIT = 30_000_000
_REPEAT_LIMIT = 2_000
_CELL_PLACE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_REPEATED = re.compile(rb'number-columns-repeated="([0-9]{1,9})"[^>]*?office:value|number-rows-repeated="([0-9]{1,9})"')
_HEADING_ROWS = 15
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"


def encrypted() -> Invalid:
    """The refusal of a workbook with a password."""
    return problem(
        "file", "sheet-encrypted", "Dit bestand is beveiligd met een wachtwoord. Sla het op zonder wachtwoord."
    )


def not_a_sheet() -> Invalid:
    """The refusal of bytes that are no sheet."""
    return problem(
        "file", "not-a-sheet", "Dit is geen spreadsheet. Kies een bestand van het soort CSV, XLSX, XLS of ODS."
    )


def too_large_inside() -> Invalid:
    """The refusal of a workbook that is much larger than it looks."""
    return problem(
        "file", "sheet-too-large", "Dit bestand is uitgepakt te groot. Bewaar alleen het blad met activiteiten."
    )


def read_workbook(content: bytes, *, row_limit: int) -> TextRows:
    """Read the first sheet whose headings are known, or else the first that is not empty.

    Raises Invalid in plain Dutch for a password, a damaged file and a file that is too large once unpacked.
    """
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise encrypted()
    if content.startswith(ZIP):
        _look_inside(content)
    try:
        tables = _tables(content, row_limit)
    except Exception as broken:
        raise (encrypted() if isinstance(broken, python_calamine.PasswordError) else not_a_sheet()) from broken
    except BaseException as broken:  # a panic of the reader is no Exception
        if isinstance(broken, (KeyboardInterrupt, SystemExit)):
            raise
        raise not_a_sheet() from broken
    filled = [table for table in tables if table]
    if not filled:
        return TextRows(rows=())
    best = max(filled, key=lambda rows: max(recognised(row.cells) for row in rows[:_HEADING_ROWS]))
    return TextRows(rows=tuple(best))


def _tables(content: bytes, row_limit: int) -> list[list[TextRow]]:
    workbook = python_calamine.load_workbook(io.BytesIO(content))
    tables = []
    for about in workbook.sheets_metadata:
        if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        # The limit is on rows; a few above it show the caller that there were too many.
        rows = [
            [_text(cell) for cell in cells] for cells in sheet.to_python(skip_empty_area=False, nrows=row_limit + 2)
        ]
        tables.append(_squared(rows))
    return tables


def _squared(rows: list[list[str]]) -> list[TextRow]:
    """The rows without the empty ones at the end, all as wide as the last column that has a text."""
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((index + 1 for cells in rows for index, cell in enumerate(cells) if cell.strip()), default=0)
    return [
        TextRow(number=number, cells=tuple((cells + [""] * width)[:width]))
        for number, cells in enumerate(rows, start=1)
    ]


def _text(cell: object) -> str:
    """A cell as a Dutch person would have typed it."""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, datetime):
        day = cell.strftime("%d-%m-%Y")
        return day if (cell.hour, cell.minute) == (0, 0) else f"{day} {cell:%H:%M}"
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    if isinstance(cell, float) and math.isfinite(cell) and abs(cell) < 1e15:
        # Six decimals are enough for money and hide what binary fractions add.
        return f"{Decimal(repr(round(cell, 6))).normalize():f}".replace(".", ",")
    return "" if cell is None else str(cell).replace("\0", NUL_SHOWN)


def _look_inside(content: bytes) -> None:
    """Refuse before unpacking what would take too much room; raises Invalid."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
                raise too_large_inside()
            names = {entry.filename for entry in entries}
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise not_a_sheet()
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise encrypted()
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") or entry.filename == "content.xml":
                    _measure(archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as broken:
        raise not_a_sheet() from broken
    except zlib.error as broken:
        raise not_a_sheet() from broken


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A few cells far apart make a table of billions; refuse by the furthest row and column."""
    widest, lowest, repeated, tail = 1, 1, 1, b""
    with archive.open(entry) as part:
        while block := part.read(1 << 20):
            piece = tail + block
            for letters, row in _CELL_PLACE.findall(piece):
                widest, lowest = max(widest, _column_number(letters)), max(lowest, int(row))
            for columns, rows in _REPEATED.findall(piece):
                repeated = max(repeated, int(columns or 1) if int(columns or 1) > _REPEAT_LIMIT else 1)
                lowest = max(lowest, int(rows or 1) if columns else lowest)
            tail = piece[-400:]
    if widest * lowest > _CELLS_LIMIT or repeated > _REPEAT_LIMIT:
        raise too_large_inside()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
