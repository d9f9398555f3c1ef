"""The same sheet in every shape in which it may come, and whatever is no sheet at all."""

import csv
import io
import struct
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from tests.intake.domain.sheet_world import CLEAN, YEARS, register

from coordination.contracts.refusals import Invalid
from intake.domain import sheet_workbooks
from intake.domain.sheet_judgement import JudgedRow, RowState, judge_rows
from intake.domain.sheets import Sheet, read_sheet

TABLE = list(csv.reader(io.StringIO(CLEAN.read_text(encoding="utf-8-sig")), delimiter=";"))


def judged(content: bytes, name: str = "x.csv") -> tuple[Sheet, list[JudgedRow]]:
    sheet = read_sheet(content, name)
    rows = judge_rows([RowState(row=row) for row in sheet.rows], sheet.columns(YEARS), register(), sheet.separator)
    return sheet, rows


def values(rows: list[JudgedRow]) -> list[str]:
    return [one.values.fingerprint() for one in rows if one.outcome == "accepted"]


PLAIN = values(judged(CLEAN.read_bytes())[1])


def written(separator: str = ";", *, quoted: bool = False, end: str = "\r\n") -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if quoted or separator in text or '"' in text else text

    return end.join(separator.join(cell(text) for text in row) for row in TABLE) + end


def test_the_clean_sheet_is_the_measure() -> None:
    assert len(PLAIN) == 30


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quoted", [False, True])
def test_any_usual_separator(separator: str, quoted: bool) -> None:
    assert values(judged(written(separator, quoted=quoted).encode())[1]) == PLAIN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_usual_encoding_and_line_end(encoding: str, end: str) -> None:
    assert values(judged(written(end=end).encode(encoding))[1]) == PLAIN


@pytest.mark.parametrize("before", ["sep=;\r\n", "\r\n\r\n", "Overzicht gemeente;;;\r\nstand;31-12-2024\r\n\r\n"])
def test_lines_above_the_headings(before: str) -> None:
    assert values(judged((before + written()).encode())[1]) == PLAIN


def test_columns_in_another_order_and_by_other_names() -> None:
    names = {"Titel activiteit": "Projectnaam", "Activiteitnummer": "nr", "BRIN-nummers": "BRIN", "Status": "STATUS:"}
    order = list(range(len(TABLE[0])))[::-1]
    heading = [names.get(TABLE[0][place], TABLE[0][place]) for place in order]
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";").writerows([heading, *([row[place] for place in order] for row in TABLE[1:])])
    assert values(judged(target.getvalue().encode())[1]) == PLAIN


def test_an_open_quote_swallows_no_rows() -> None:
    broken = written().replace("Schoolmaatschappelijk werk plus", '"Schoolmaatschappelijk werk plus', 1)
    assert len(judged(broken.encode())[1]) == 30


AMOUNTS = {"Totaal budget", "Besteed t/m peildatum", *(f"Budget {year}" for year in YEARS)}
DATES = {"Startdatum", "Einddatum", "Peildatum"}


def workbook(*, formulas: bool = False, second: bool = False) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    if second:
        book.add_worksheet("Uitleg").write_string(0, 0, "Lees dit eerst")
    page = book.add_worksheet("Activiteiten")
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for number, row in enumerate(TABLE):
        for place, text in enumerate(row):
            name = TABLE[0][place]
            if number and text and name in AMOUNTS:
                amount = float(text.replace(",", "."))
                if formulas and name == "Totaal budget":
                    page.write_formula(number, place, "=SUM(O2:R2)", None, amount)
                else:
                    page.write_number(number, place, amount)
            elif number and text and name in DATES:
                page.write_datetime(number, place, datetime.strptime(text, "%d-%m-%Y"), day)  # noqa: DTZ007
            elif number and name == "Gemeentecode":
                page.write_number(number, place, float(text))
            elif number and name == "Voortzetting na juli 2025" and text in ("ja", "nee"):
                page.write_boolean(number, place, text == "ja")
            else:
                page.write_string(number, place, text)
    book.close()
    return target.getvalue()


@pytest.mark.parametrize("form", [{}, {"formulas": True}, {"second": True}])
def test_a_workbook_with_the_same_content_says_the_same(form) -> None:
    sheet, rows = judged(workbook(**form), "activiteiten.xlsx")
    assert sheet.kind == "workbook"
    assert values(rows) == PLAIN
    assert [one.row for one in rows] == list(range(2, 32))


def test_a_workbook_is_known_by_its_bytes_and_not_by_its_name() -> None:
    assert values(judged(workbook(), "activiteiten.csv")[1]) == PLAIN
    assert values(judged(CLEAN.read_bytes(), "activiteiten.xlsx")[1]) == PLAIN


def test_merged_cells_keep_their_first_text() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet()
    page.merge_range(0, 0, 0, 5, "Overzicht van de gemeente")
    for number, row in enumerate(TABLE[:3]):
        for place, text in enumerate(row):
            page.write_string(number + 1, place, text)
    page.merge_range(3, 20, 3, 22, "samengevoegd")
    book.close()
    _sheet, rows = judged(target.getvalue())
    assert [one.row for one in rows] == [3, 4] and rows[0].outcome == "accepted"


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def far_apart() -> bytes:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    return zipped(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=sheet)


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + b"\x00" * 60
DOCX = zipped(word__document_xml=b"<w:document/>")
WIDE = ";".join([*TABLE[0], *(f"kolom {n}" for n in range(280))])
HEADING = ";".join(TABLE[0])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet-empty"),
        (b" \r\n\r\n ", "sheet-empty"),
        (b"\xef\xbb\xbf", "sheet-empty"),
        (HEADING.encode(), "sheet-empty"),
        (f"{HEADING}\r\n\r\n".encode(), "sheet-empty"),
        (PDF, "not-a-sheet"),
        (PNG, "not-a-sheet"),
        (DOCX, "not-a-sheet"),
        (b"PK\x03\x04" + b"rommel" * 50, "not-a-sheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 900, "not-a-sheet"),
        (ENCRYPTED, "sheet-encrypted"),
        (WIDE.encode() + b"\r\n;;;", "too-many-columns"),
        (b"naam;leeftijd\r\nJan;3", "columns-unknown"),
        (b"Activiteitnummer;Titel activiteit\r\nMRS-001;Klas", "columns-missing"),
        (far_apart(), "sheet-too-large"),
        (b"\x00" * 4000, "not-a-sheet"),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_next_step(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_sheet(content, "x")
    (one,) = caught.value.problems
    assert (one.field, one.code) == ("file", code)
    assert one.message.endswith(".") and len(one.message) < 300


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(sheet_workbooks, "UNPACKED_LIMIT", 10 * 1024 * 1024)
    bomb = zipped(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=b" " * (11 * 1024 * 1024))
    assert len(bomb) < 20_000
    with pytest.raises(Invalid) as caught:
        read_sheet(bomb, "bom.xlsx")
    assert caught.value.problems[0].code == "sheet-too-large"


def test_too_many_rows_and_too_many_bytes_are_refused() -> None:
    content = (HEADING + "\r\n" + "x;" * 27 + "\r\n" * 1 + ("x" + ";" * 27 + "\r\n") * 50).encode()
    with pytest.raises(Invalid) as caught:
        read_sheet(content, "x.csv", row_limit=20)
    assert caught.value.problems[0].code == "too-many-rows"
    with pytest.raises(Invalid) as caught:
        read_sheet(content, "x.csv", bytes_limit=100)
    assert caught.value.problems[0].code == "file-too-large"


def test_text_of_any_script_is_kept_and_what_cannot_be_seen_is_taken_out() -> None:
    odd = "قراءة\u202e معًا \x00📚"
    content = written().replace("Schoolmaatschappelijk werk plus op de basisscholen", odd, 1).encode()
    _sheet, rows = judged(content)
    assert rows[0].values.title == "قراءة معًا 📚"
    assert "nul-bytes" in {finding.code for finding in rows[0].findings}
    assert rows[0].outcome == "accepted"
