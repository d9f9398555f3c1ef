"""The grid as a sheet to take away: the same figures as page and API, CSV for Excel in Dutch and XLSX."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from coordination.identity.actor import Actor
from intake.domain.figures import Figures
from intake.queries import catalogues
from intake.queries.activities import Grid, Row, grid

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
FIGURES = (("planned", "Gepland"), ("committed", "Vastgelegd"), ("realised", "Besteed"))
UNDIVIDED = "nog niet verdeeld"


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS) else text


def as_csv(*, actor: Actor, wanted: Mapping[str, str] | None = None) -> bytes:
    """The grid as CSV: UTF-8 with a byte order mark, semicolons, decimal commas; unknown is an empty cell."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    for number, values in enumerate(_table(grid(actor=actor, wanted=wanted))):
        writer.writerow([_csv_cell(value, heading=number == 0) for value in values])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8", "replace")


def as_xlsx(*, actor: Actor, wanted: Mapping[str, str] | None = None) -> bytes:
    """The grid as XLSX, amounts as numbers; every text is written as text, so that nothing is computed."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet("Activiteiten")
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    for number, values in enumerate(_table(grid(actor=actor, wanted=wanted))):
        for column, value in enumerate(values):
            if isinstance(value, Cents):
                sheet.write_number(number, column, value.cents / 100, money)
            elif value is not None:
                sheet.write_string(number, column, safe(value), bold if number == 0 else None)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 48)
    sheet.set_column(2, 40, 16)
    book.close()
    return target.getvalue()


class Cents:
    """An amount in a cell."""

    def __init__(self, cents: int) -> None:
        self.cents = cents


def _table(found: Grid) -> list[list[Any]]:
    words = catalogues.labels("measure_type", "status")
    years: list[str | None] = [*found.school_years, None]
    heading = ["Activiteitnummer", "Titel activiteit", "Gemeentecode", "Soort maatregel", "Status"]
    heading += ["Startdatum", "Einddatum", "Fasering", "Totaal gepland"]
    heading += [f"{label} {year or UNDIVIDED}" for _, label in FIGURES for year in years]
    heading += ["Vastgelegd totaal", "Besteed totaal", "Peildatum", "Over van gepland"]
    rows = [_cells(row, years, words) for row in found.rows]
    total = ["Totaal", None, None, None, None, None, None, None, _cents(found.total.total.planned)]
    total += [_cents(getattr(found.total.by_year.get(year, Figures()), name)) for name, _ in FIGURES for year in years]
    total += [_cents(found.total.total.committed), _cents(found.total.total.realised), None]
    total.append(_cents(found.total.total.remaining))
    return [heading, *rows, total]


def _cells(row: Row, years: Sequence[str | None], words: Mapping[str, Mapping[str, str]]) -> list[Any]:
    activity = row.activity
    until = row.until.reference_date
    cells: list[Any] = [
        activity.number,
        activity.title,
        activity.municipality,
        words["measure_type"].get(activity.measure_type, activity.measure_type),
        words["status"].get(activity.status, activity.status),
        f"{activity.starts_on:%d-%m-%Y}",
        f"{activity.ends_on:%d-%m-%Y}",
        "concept" if activity.phasing_state == "draft" else "vastgelegd",
        _cents(row.total.planned),
    ]
    cells += [_cents(getattr(row.figures(year), name)) for name, _ in FIGURES for year in years]
    cells += [_cents(row.total.committed), _cents(row.total.realised), f"{until:%d-%m-%Y}" if until else None]
    cells.append(_cents(row.total.remaining))
    return cells


def _cents(cents: int | None) -> Cents | None:
    return None if cents is None else Cents(cents)


def _csv_cell(value: Any, *, heading: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Cents):
        sign = "-" if value.cents < 0 else ""
        euros, rest = divmod(abs(value.cents), 100)
        return f"{sign}{euros},{rest:02d}"
    return value if heading else safe(value)
