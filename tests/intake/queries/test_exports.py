import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from coordination.contracts.identifiers import new_id
from coordination.testing import actors
from intake.queries.activities import grid
from intake.queries.exports import as_csv, as_xlsx, safe

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(text) -> None:
    assert safe(text) == f"'{text}"


def test_plain_text_stays_as_it_is() -> None:
    assert safe("Ouders & school = samen") == "Ouders & school = samen"


def test_both_files_hold_the_figures_of_the_grid(phased, register) -> None:
    phased()
    register(title="=cmd|' /C calc'!A0", total_cents=1_05)
    found = grid(actor=actors.officer())
    rows = list(csv.reader(io.StringIO(as_csv(actor=actors.officer()).decode("utf-8-sig")), delimiter=";"))
    sheet = (
        CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(actor=actors.officer()))).get_sheet_by_index(0).to_python()
    )
    assert len(rows) == len(sheet) == len(found.rows) + 2
    assert rows[0] == sheet[0]
    column = rows[0].index("Totaal gepland")
    for number, one in enumerate(found.rows, start=1):
        planned = one.total.planned
        assert rows[number][column] == f"{planned // 100},{planned % 100:02d}"
        assert sheet[number][column] == planned / 100
    unknown = rows[0].index("Vastgelegd totaal")
    assert rows[1][unknown] == "" == sheet[1][unknown]
    assert rows[2][1].startswith("'=") and sheet[2][1].startswith("'=")
    assert rows[-1][column] == "118751,05"


def test_a_stranger_gets_headings_and_an_empty_total(phased) -> None:
    phased()
    rows = as_csv(actor=actors.coordinator(new_id())).decode("utf-8-sig").splitlines()
    assert len(rows) == 2 and rows[1].startswith("Totaal;")
