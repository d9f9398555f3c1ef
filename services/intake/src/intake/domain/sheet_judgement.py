"""Judges the rows of a sheet against the register: accepted, quarantined or skipped, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from intake.domain.sheet_columns import Columns
from intake.domain.sheet_csv import TextRow
from intake.domain.sheet_duplicates import UPDATE, Twins
from intake.domain.sheet_findings import WHOLE_ROW, Finding, Findings, of_level
from intake.domain.sheet_register import KnownActivity, Register
from intake.domain.sheet_rows import RowReader
from intake.domain.sheet_texts import key_of
from intake.domain.sheet_values import RowValues, raw_fingerprint

Outcome = Literal["accepted", "quarantined", "skipped"]
LEAVE_OUT = "leave-out"
SAME_ACTIVITY = "same-activity"
REPLACED = "replaced"
CHANGE_REASON = "changeReason"
"""Among the corrections of a row: why it changes the plan of an activity that exists."""
_CHOSEN_REASONS = {LEAVE_OUT: "left-out", SAME_ACTIVITY: SAME_ACTIVITY, REPLACED: REPLACED}
_TOTALS = frozenset({"totaal", "totalen", "totaal generaal", "eindtotaal", "subtotaal", "total", "som"})


@dataclass(frozen=True, kw_only=True)
class RowState:
    """A row as it was sent and what a person did to it since.

    corrections are texts by field; joined is the place of the first of the cells that belong together; choice is
    leave-out, same-activity, second-activity, update or replaced. registered are the findings it had when it was taken
    over; refused is what registering it ran into.
    """

    row: TextRow
    corrections: Mapping[str, str] = field(default_factory=dict)
    joined: int | None = None
    choice: str = ""
    registered: tuple[Finding, ...] | None = None
    refused: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JudgedRow:
    """What became of one row. row is its number in a spreadsheet; reason says why it was skipped."""

    row: int
    outcome: Outcome
    reason: str = ""
    values: RowValues
    findings: tuple[Finding, ...]
    cells: Mapping[str, str]
    existing: KnownActivity | None = None
    fingerprints: frozenset[str] = frozenset()
    registered: bool = False

    @property
    def problems(self) -> list[Finding]:
        """The findings for which the row waits."""
        return of_level(self.findings, "error")

    @property
    def questions(self) -> list[Finding]:
        """The findings the user is asked to look at."""
        return of_level(self.findings, "warning")


def judge_rows(
    states: Iterable[RowState], columns: Columns, register: Register, separator: str = ";"
) -> list[JudgedRow]:
    """Judge every row of a sheet, in order. One bad row never touches another. Never raises on what a cell holds."""
    twins = Twins(register=register)
    return [_judge(state, columns, register, twins, separator or ";") for state in states]


def cells_of(state: RowState, columns: Columns, separator: str = ";") -> dict[str, str] | None:
    """The texts of a row by field, with the corrections; None when its cells do not fit the columns."""
    cells: Sequence[str] = state.row.cells
    wanted = len(columns.fields)
    surplus = len(cells) - wanted
    if surplus > 0 and state.joined is not None and 0 <= state.joined < wanted:
        first, last = state.joined, state.joined + surplus + 1
        cells = (*cells[:first], separator.join(cells[first:last]), *cells[last:])
    elif surplus and state.corrections:
        # Whoever typed the row anew said all that is in it.
        cells = ("",) * wanted
    elif surplus:
        return None
    by_field = {name: cell for name, cell in zip(columns.fields, cells, strict=True) if name}
    return by_field | dict(state.corrections)


def _judge(state: RowState, columns: Columns, register: Register, twins: Twins, separator: str) -> JudgedRow:
    if reason := _skipped(state, columns) or _CHOSEN_REASONS.get(state.choice):
        return _without_values(state, "skipped", reason)
    cells = cells_of(state, columns, separator)
    if cells is None:
        findings = Findings()
        findings.add("column-count", WHOLE_ROW, n=len(state.row.cells), m=len(columns.fields))
        return _without_values(state, "quarantined", findings=findings)
    reader = RowReader(cells, columns, register)
    if state.row.other_encoding:
        reader.findings.add("encoding-fallback", WHOLE_ROW)
    values, findings = reader.values, reader.findings
    if not reader.read_municipality():
        return _judged(state, "quarantined", values, reader.findings.all(), cells)
    reader.read()
    whole = (*sorted(reader.cells.items()),)
    raw = raw_fingerprint(columns.fields, state.row.cells) if len(state.row.cells) == len(columns.fields) else ""
    fingerprints = frozenset({values.fingerprint(), raw} - {""})
    if state.registered is not None:
        twins.meet(state.row.number, whole, values)
        return _judged(state, "accepted", values, state.registered, cells, fingerprints=fingerprints, registered=True)
    existing = twins.judge(whole, values, state.choice, findings)
    twins.meet(state.row.number, whole, values)
    if existing is not None:
        if fingerprints & existing.loaded or existing.facts == values.comparable():
            return _judged(state, "skipped", values, (), cells, reason="unchanged", existing=existing)
        if state.choice != UPDATE:
            findings.add("number-exists", "number", values.number or "", nummer=values.number)
    said = (*state.refused, *findings.all())
    outcome: Outcome = "quarantined" if of_level(said, "error") else "accepted"
    return _judged(state, outcome, values, said, cells, existing=existing, fingerprints=fingerprints)


def _skipped(state: RowState, columns: Columns) -> str:
    """Why a row holds no activity at all, or an empty text."""
    filled = [(index, cell) for index, cell in enumerate(state.row.cells) if cell.strip(" \t\r\n\u00a0\ufeff")]
    if not filled:
        return "empty-row"
    if key_of(filled[0][1]).rstrip(" :") not in _TOTALS:
        return ""
    texts = {columns.index_of("title"), columns.index_of("measureType")} - {None, filled[0][0]}
    return "" if any(index in texts for index, _ in filled) else "total-row"


def _without_values(state: RowState, outcome: Outcome, reason: str = "", findings: Findings | None = None) -> JudgedRow:
    if findings is None:
        findings = Findings()
        if reason in ("empty-row", "total-row"):
            findings.add(reason, WHOLE_ROW)
    return _judged(state, outcome, RowValues(), findings.all(), {}, reason=reason)


def _judged(
    state: RowState,
    outcome: Outcome,
    values: RowValues,
    findings: tuple[Finding, ...],
    cells: Mapping[str, str],
    *,
    reason: str = "",
    existing: KnownActivity | None = None,
    fingerprints: frozenset[str] = frozenset(),
    registered: bool = False,
) -> JudgedRow:
    return JudgedRow(
        row=state.row.number,
        outcome=outcome,
        reason=reason,
        values=values,
        findings=findings,
        cells=cells,
        existing=existing,
        fingerprints=fingerprints,
        registered=registered,
    )
