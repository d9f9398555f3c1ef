"""The rows and columns of the grid: which figure stands where, what it says, and where a click leads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from coordination.contracts.money import amount_in_column
from intake.domain.figures import Figures
from intake.models import Activity
from intake.queries.activities import Grid, Row

SHOWN = {
    "planned": ("planned",),
    "committed": ("committed",),
    "realised": ("realised",),
    "all": ("planned", "committed", "realised"),
}
UNDIVIDED = "undivided"


def word_of(figure: str) -> str:
    """The Dutch word of a figure."""
    return {
        "planned": _("gepland"),
        "committed": _("vastgelegd"),
        "realised": _("besteed"),
        "remaining": _("over"),
        "total": _("gepland"),
    }.get(figure, figure)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure: its text, whether that is an amount, and the page a click opens, empty when there is none."""

    key: str
    label: str
    text: str
    known: bool
    href: str = ""
    hint: str = ""
    word: str = ""
    edits: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column in one row; several cells when all three figures are shown."""

    label: str
    cells: Sequence[Cell]
    css: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One activity in the grid."""

    activity: Activity
    measure: str
    reason: str
    columns: Sequence[Column]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The heading of a column."""

    title: str
    under: str = ""


def headings(found: Grid, show: str, until: str) -> list[Heading]:
    """The headings of the columns with amounts; until is the reference date in words, or nothing."""
    under = "" if show == "all" else word_of(show)
    spent = _("tot %(day)s") % {"day": until} if until else ""
    sums = [
        Heading(title=_("Totaal"), under=_("gepland")),
        Heading(title=_("Vastgelegd")),
        Heading(title=_("Besteed"), under=spent),
    ]
    if show == "all":
        sums = [Heading(title=_("Totaal"), under=_("besteed %(until)s") % {"until": spent} if spent else "")]
    return [
        *(Heading(title=year, under=under) for year in found.school_years),
        Heading(title=_("Niet verdeeld"), under=under),
        *sums,
        Heading(title=_("Over"), under=_("van gepland")),
    ]


def lines(found: Grid, *, show: str, words: dict[str, dict[str, str]], may_edit: bool) -> list[Line]:
    """All activities of the grid as lines."""
    return [
        Line(
            activity=row.activity,
            measure=words["measure_type"].get(row.activity.measure_type, row.activity.measure_type),
            reason=words["reason"].get(row.activity.status_reason, row.activity.status_reason),
            columns=_columns(row, found.school_years, SHOWN[show], may_edit=may_edit),
        )
        for row in found.rows
    ]


def totals(found: Grid, show: str, asked: Mapping[str, str]) -> list[Column]:
    """The columns of the row of totals: sums over what is known, with how many are not.

    asked is the filter of the grid, kept in the address behind each sum.
    """
    columns = []
    for year in [*found.school_years, None]:
        figures = found.total.by_year.get(year, Figures())
        cells = [
            Cell(
                key=f"total-{year or UNDIVIDED}-{name}",
                label=_("%(word)s %(year)s, alle activiteiten")
                % {"word": word_of(name), "year": year or _("niet verdeeld")},
                text=_text(getattr(figures, name), year, getattr(found.total.total, name)),
                known=_is_amount(getattr(figures, name), year),
                href=_total_address(asked, name, year or UNDIVIDED),
                hint=_("waarom dit bedrag?"),
                word=word_of(name) if show == "all" else "",
            )
            for name in SHOWN[show]
        ]
        columns.append(Column(label=year or _("Niet verdeeld"), cells=cells))
    return columns + _sums(lambda name: _sum_cell(found, name, asked, several=show == "all"), several=show == "all")


def _sum_cell(found: Grid, name: str, asked: Mapping[str, str], *, several: bool) -> Cell:
    cents, missing = getattr(found.total.total, name), found.missing(name)
    return Cell(
        key=f"total-{name}",
        label=_("%(word)s, alle activiteiten") % {"word": word_of(name)},
        text=amount_in_column(cents),
        known=cents is not None,
        href=_total_address(asked, name),
        hint=_("waarom dit bedrag?"),
        word=word_of(name) if several and name != "remaining" else "",
        note=_("%(count)s onbekend") % {"count": missing} if missing and cents is not None else "",
    )


def _sums(cell_of: Callable[[str], Cell], *, several: bool) -> list[Column]:
    """The columns of the whole: planned, committed, realised and remaining, or the first three in one column."""
    if several:
        together = Column(label=_("Totaal"), cells=[cell_of(name) for name in SHOWN["all"]], css="vs-strong")
        return [together, Column(label=_total_label("remaining"), cells=[cell_of("remaining")])]
    return [
        Column(label=_total_label(name), cells=[cell_of(name)], css="vs-strong intake-grid__total" if planned else "")
        for name, planned in (("planned", True), ("committed", False), ("realised", False), ("remaining", False))
    ]


def _columns(row: Row, school_years: Sequence[str], shown: Sequence[str], *, may_edit: bool) -> list[Column]:
    columns = []
    for year in [*school_years, None]:
        figures = row.figures(year)
        cells = [_year_cell(row, year, name, figures, several=len(shown) > 1, may_edit=may_edit) for name in shown]
        nothing = year is None and not any(getattr(figures, name) for name in shown)
        columns.append(Column(label=year or _("Niet verdeeld"), cells=cells, css="vs-hide-small" if nothing else ""))
    several = len(shown) > 1
    return columns + _sums(lambda name: _total_cell(row, name, several=several), several=several)


def _year_cell(row: Row, year: str | None, name: str, figures: Figures, *, several: bool, may_edit: bool) -> Cell:
    activity = row.activity
    cents = getattr(figures, name)
    edits = may_edit and name == "planned"
    place = year or _("niet verdeeld")
    question = _("wijzigen") if edits else _("waarom dit bedrag?")
    if edits:
        href = f"/intake/activities/{activity.id}/phasing?{urlencode({'schoolYear': year or ''})}"
    else:
        href = why_address(activity.id, name, year or UNDIVIDED)
    return Cell(
        key=f"{activity.id}-{year or UNDIVIDED}-{name}",
        label=f"{activity.title}, {word_of(name)} {place}",
        text=_text(cents, year, getattr(row.total, name)),
        known=_is_amount(cents, year),
        href=href,
        hint=f"{word_of(name)} {place}: {question}",
        word=word_of(name) if several else "",
        edits=edits,
    )


def _total_cell(row: Row, name: str, *, several: bool) -> Cell:
    cents = getattr(row.total, name)
    question = _("waarom dit bedrag?")
    return Cell(
        key=f"{row.activity.id}-{name}",
        label=f"{row.activity.title}, {word_of(name)}",
        text=amount_in_column(cents),
        known=cents is not None,
        href=why_address(row.activity.id, "total" if name == "planned" else name),
        hint=f"{word_of(name)}: {question}",
        word=word_of(name) if several and name != "remaining" else "",
    )


def _text(cents: int | None, year: str | None, total: int | None) -> str:
    """An amount or the word onbekend; of a known total of which nothing is left to divide, the word niets."""
    return _("niets") if not cents and year is None and total is not None else amount_in_column(cents)


def _is_amount(cents: int | None, year: str | None) -> bool:
    return bool(cents) if year is None else cents is not None


def _total_label(name: str) -> str:
    return {
        "planned": _("Totaal gepland"),
        "committed": _("Vastgelegd"),
        "realised": _("Besteed"),
        "remaining": _("Over"),
    }[name]


def _total_address(asked: Mapping[str, str], figure: str, school_year: str = "") -> str:
    wanted = {"figure": figure} | ({"schoolYear": school_year} if school_year else {})
    return f"/intake/lines?{urlencode(wanted | dict(asked) | wanted)}"


def why_address(activity_id: UUID, figure: str, school_year: str = "") -> str:
    """The page that says why a figure is what it is."""
    wanted = {"figure": figure} | ({"schoolYear": school_year} if school_year else {})
    return f"/intake/activities/{activity_id}/lines?{urlencode(wanted)}"
