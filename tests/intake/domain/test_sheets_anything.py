"""Whatever bytes come, a sheet is read or refused; and whatever its cells say, every row is counted once."""

import csv
import io

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.intake.domain.sheet_world import CLEAN, MESSY, YEARS, register

from coordination.contracts.refusals import Invalid
from intake.domain.sheet_judgement import LEAVE_OUT, RowState, cells_of, judge_rows
from intake.domain.sheets import findings_on_file, read_sheet

REGISTER = register()
HEADING = next(csv.reader(io.StringIO(CLEAN.read_text(encoding="utf-8-sig")), delimiter=";"))
CLEAN_ROWS = list(csv.reader(io.StringIO(CLEAN.read_text(encoding="utf-8-sig")), delimiter=";"))[1:]
MESSY_BYTES = MESSY.read_bytes()
RELAXED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NASTY = [
    "=1+1", "-5", "€ -", "n.v.t.", "1.000,00", "99999999999999999", "0x10", "31-02-2024", "44652", "\x00", "\u202e",
    "😀", '"', '""', ";", "Ã©", "١٢٣", "1e9", "NaN", "--", "31/12/24", "90AA,90AA", "a" * 500, "totaal", "\n", "½",
]  # fmt: skip
CELLS = st.one_of(st.text(max_size=30), st.sampled_from(NASTY))


def judged_all(content: bytes) -> int:
    """How many rows there were; every one of them was judged once, as one of three."""
    sheet = read_sheet(content, "x")
    states = [RowState(row=row) for row in sheet.rows]
    columns = sheet.columns(YEARS)
    rows = judge_rows(states, columns, REGISTER, sheet.separator)
    assert [one.row for one in rows] == [row.number for row in sheet.rows]
    for one in rows:
        assert one.outcome in ("accepted", "quarantined", "skipped")
        assert (one.outcome == "quarantined") == bool(one.problems)
        assert (one.outcome == "skipped") == bool(one.reason)
        if one.outcome == "accepted":
            values = one.values
            assert values.title and values.measure_type and values.number and values.municipality
            assert values.starts_on <= values.ends_on and values.total_cents >= 0
            known = [cents for cents in values.phasing.values() if cents is not None]
            assert sum(known) <= values.total_cents
        assert all(said.message and said.fields for said in one.findings)
    findings_on_file(sheet.notes, columns)
    return len(rows)


@RELAXED
@given(st.binary(max_size=3000))
@example(b"PK\x03\x04")
@example(b"\xff\xfe")
@example(b"\xfe\xff\x00")
@example(b"sep=")
@example(b'"')
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        judged_all(content)
    except Invalid as refusal:
        assert [one.field for one in refusal.problems] == ["file"]


@RELAXED
@given(st.data())
def test_a_real_sheet_with_damaged_bytes_is_read_or_refused(data) -> None:
    content = bytearray(MESSY_BYTES)
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        judged_all(bytes(content))
    except Invalid as refusal:
        assert [one.field for one in refusal.problems] == ["file"]


@RELAXED
@given(st.lists(st.tuples(st.sampled_from(CLEAN_ROWS), st.lists(st.tuples(st.integers(0, 26), CELLS), max_size=4))))
def test_any_cells_are_judged_and_counted_once(rows) -> None:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";")
    writer.writerow(HEADING)
    for row, changes in rows:
        cells = list(row)
        for place, text in changes:
            cells[place] = text
        writer.writerow(cells)
    content = target.getvalue().encode("utf-8", "replace")
    try:
        found = judged_all(content)
    except Invalid as refusal:
        assert refusal.problems[0].code == "sheet-empty" and not rows
    else:
        broken = any("\n" in text or "\r" in text or '"' in text for _row, changes in rows for _, text in changes)
        assert found == len(rows) or broken


@RELAXED
@given(
    st.dictionaries(
        st.sampled_from(["title", "totalCents", "startsOn", "schools", "phasing.2021-2022", "status"]), CELLS
    ),
    st.one_of(st.none(), st.integers(0, 40)),
    st.sampled_from(["", LEAVE_OUT, "same-activity", "second-activity", "update", "onzin"]),
)
def test_any_repair_is_judged(corrections, joined, choice) -> None:
    sheet = read_sheet(MESSY_BYTES, "x")
    states = [
        RowState(row=row, corrections=corrections, joined=joined, choice=choice if row.number % 2 else "")
        for row in sheet.rows
    ]
    rows = judge_rows(states, sheet.columns(YEARS), REGISTER, sheet.separator)
    assert len(rows) == 31
    assert all((one.outcome == "quarantined") == bool(one.problems) for one in rows)
    cells_of(states[20], sheet.columns(YEARS))
