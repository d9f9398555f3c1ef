"""The council page as a sheet to take away: the same figures as page and API, CSV for Excel in Dutch and XLSX."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.domain.figures import Figures
from reporting.domain.summary import ActivityRow, Summary

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
FIGURES = (("planned_cents", "Gepland"), ("committed_cents", "Vastgelegd"), ("realised_cents", "Besteed"))
UNDIVIDED = "nog niet verdeeld"


class Cents:
    """An amount in a cell."""

    def __init__(self, cents: int) -> None:
        self.cents = cents


@dataclass(frozen=True, kw_only=True)
class WrittenFile:
    """A file to hand over."""

    content: bytes
    media_type: str
    name: str

    @property
    def headers(self) -> dict[str, str]:
        """With which headers it is handed over: to keep, under its name, never to be guessed at or cached."""
        return {
            "Content-Disposition": f'attachment; filename="{self.name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }


def written(summary: Summary, kind: str) -> WrittenFile:
    """A summary as a file; kind is csv or xlsx."""
    name = f"raad-{summary.facts.code}-{summary.facts.today:%Y-%m-%d}.{kind}"
    write, media_type = KINDS[kind]
    return WrittenFile(content=write(summary), media_type=media_type, name=name)


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS) else text


def as_csv(summary: Summary) -> bytes:
    """Activities and school years as CSV: UTF-8 with a byte order mark, semicolons, decimal commas.

    An empty cell is unknown. The last row has the totals, and what was received of it.
    """
    text = _frame(summary, _csv_cell).to_csv(index=False, sep=";", lineterminator="\r\n")
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def as_xlsx(summary: Summary) -> bytes:
    """The same as XLSX, amounts as numbers; every text is written as text, so that nothing is computed."""
    import pandas

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    frame = _frame(summary, _sheet_cell)
    with pandas.ExcelWriter(target, engine="xlsxwriter", engine_kwargs={"options": options}) as book:
        frame.to_excel(book, sheet_name="Activiteiten", index=False, freeze_panes=(1, 2))
        sheet = book.sheets["Activiteiten"]
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 48)
        sheet.set_column(2, len(frame.columns), 16, book.book.add_format({"num_format": "#,##0.00"}))
    return target.getvalue()


def _frame(summary: Summary, cell: Callable[[Any], Any]) -> Any:
    # pandas takes a second and much memory: only who downloads pays for it.
    import pandas

    heading, *rows = table_of(summary)
    return pandas.DataFrame([[cell(value) for value in row] for row in rows], columns=heading, dtype=object)


def table_of(summary: Summary) -> list[list[Any]]:
    """The heading, a row for each activity in order of number, and the totals."""
    years: list[str | None] = [row.school_year for row in summary.years]
    heading = ["Activiteitnummer", "Titel activiteit", "Status", "Reden", "Startdatum", "Einddatum", "Laatste bericht"]
    heading += ["Fasering", "Totaal gepland"]
    heading += [f"{label} {year or UNDIVIDED}" for _, label in FIGURES for year in years]
    heading += ["Vastgelegd totaal", "Besteed totaal", "Over van gepland", "Volgens plan"]
    heading += ["Toegekend", "Nog niet toegewezen", "Over van toegekend", "Stand van"]
    return [heading, *(_activity_cells(row, years, summary) for row in summary.rows), _total_cells(summary, years)]


def _activity_cells(row: ActivityRow, years: Sequence[str | None], summary: Summary) -> list[Any]:
    activity, words = row.activity, summary.facts.words
    reason = words.get("reason", {}).get(activity.status_reason, activity.status_reason)
    cells: list[Any] = [
        activity.number,
        activity.title,
        words.get("status", {}).get(activity.status, activity.status),
        reason or None,
        f"{activity.starts_on:%d-%m-%Y}",
        f"{activity.ends_on:%d-%m-%Y}",
        f"{row.last_report:%d-%m-%Y}" if row.last_report else None,
        "concept" if activity.phasing_state == "draft" else "vastgelegd",
        _cents(row.picture.total.planned_cents),
    ]
    cells += [_cents(getattr(row.picture.year(year), name)) for name, _ in FIGURES for year in years]
    return [*cells, *_totals(row.picture.total), _cents(row.plan_cents), None, None, None, None]


def _total_cells(summary: Summary, years: Sequence[str | None]) -> list[Any]:
    by_year = {row.school_year: row.figures for row in summary.years}
    total = Figures(
        planned_cents=summary.planned_cents,
        committed_cents=summary.committed_cents,
        realised_cents=summary.realised_cents,
    )
    cells: list[Any] = ["Totaal", summary.facts.name, None, None, None, None, None, None, _cents(total.planned_cents)]
    cells += [_cents(getattr(by_year[year], name)) for name, _ in FIGURES for year in years]
    cells += [*_totals(total), _cents(summary.plan.cents if summary.plan else None)]
    cells += [_cents(cents) for cents in summary.of_allocation]
    return [*cells, f"{summary.as_of:%d-%m-%Y}" if summary.as_of else None]


def _totals(total: Figures) -> list[Cents | None]:
    return [_cents(total.committed_cents), _cents(total.realised_cents), _cents(total.remaining_cents)]


def _cents(cents: int | None) -> Cents | None:
    return None if cents is None else Cents(cents)


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Cents):
        sign = "-" if value.cents < 0 else ""
        euros, rest = divmod(abs(value.cents), 100)
        return f"{sign}{euros},{rest:02d}"
    return safe(value)


def _sheet_cell(value: Any) -> float | str | None:
    if isinstance(value, Cents):
        return value.cents / 100
    return None if value is None else safe(value)


KINDS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
