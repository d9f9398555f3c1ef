"""The messy example sheet: every finding it must give, and no other."""

import pytest
from tests.intake.domain.sheet_world import CLEAN, MESSY, YEARS, register

from intake.domain.sheet_judgement import JudgedRow, RowState, judge_rows
from intake.domain.sheets import findings_on_file, read_sheet

INFO = {
    4: "thousands-separator",
    8: "whitespace-trimmed",
    15: "thousands-separator",
    16: "currency-symbol dash-as-zero thousands-separator",
    20: "list-separator",
    26: "brin-normalised school-outside-municipality",
}
WARNED = {
    6: "w not-applicable-as-zero, i not-applicable-as-empty",
    7: "w date-two-digit-year, i date-format",
    12: "w encoding-fallback",
    13: "w mojibake-suspected",
    14: "w decimal-dot",
    17: "w total-derived",
    25: "w value-synonym",
    27: "w spent-exceeds-budget",
}
WAITING = {
    2: "e sum-mismatch",
    3: "e measure-type-missing",
    5: "e duplicate-exact, i thousands-separator",
    9: "e amount-negative",
    10: "e brin-unknown",
    11: "e year-outside-programme",
    19: "e duplicate-near, i code-normalised, i whitespace-trimmed",
    21: "e column-count",
    22: "e date-invalid, w date-excel-serial",
    23: "e formula-in-cell",
    24: "e end-before-start",
    28: "e currency-not-euro",
    29: "e required-not-applicable",
}
SKIPPED = {30: "i empty-row", 31: "i total-row"}
MESSAGES = {
    2: "De bedragen per schooljaar tellen op tot € 452.000,00, het totaal is € 462.000,00. Verschil: € 10.000,00.",
    3: "Kies een soort maatregel.",
    5: "Deze rij is gelijk aan rij 5 en is niet nog een keer verwerkt.",
    6: "n.v.t. is verwerkt als 0 euro. Is het bedrag onbekend? Maak het vak dan leeg.",
    7: "31/12/24 is gelezen als 31 december 2024. Klopt dat?",
    9: "Een bedrag kan niet negatief zijn. Wilt u geld naar een ander jaar schuiven? Gebruik dan Fasering wijzigen.",
    10: "We kennen geen school met BRIN 99ZZ. Controleer de code of laat deze school weg.",
    11: "31-07-2026 valt buiten de looptijd van het programma (1 juli 2021 tot en met 31 juli 2025).",
    12: "Deze rij had een andere tekencodering. Controleer leestekens en letters met accenten.",
    13: "De tekst bevat vreemde tekens. Bedoelt u: één-op-één?",
    14: "61300.00 is gelezen als € 61.300,00. Klopt dat?",
    17: "Het totaal was leeg en is berekend uit de schooljaren: € 176.000,00.",
    19: "Deze activiteit lijkt sterk op rij 19. Is het dezelfde activiteit?",
    21: "Deze rij heeft 29 kolommen in plaats van 28. Staat er een puntkomma in een tekst?",
    22: "31-06-2025 is geen bestaande datum.",
    23: "In dit vak staat een formule. Plak het bedrag als waarde.",
    24: "De einddatum ligt voor de startdatum. Zijn de datums verwisseld?",
    25: "sport, cultuur & techniek is verwerkt als Activiteiten op het gebied van sport, cultuur en techniek. "
    "Klopt dat? loopt is verwerkt als In uitvoering. Klopt dat?",
    27: "Er is meer besteed dan begroot: € 4.520,00.",
    28: "Dit bedrag staat niet in euro. Vul het bedrag in euro in; de oorspronkelijke munt kan in de toelichting.",
    29: "Titel activiteit is verplicht en kan niet n.v.t. zijn.",
}
CORRECTED = {
    2: {"values": {"phasing.2024-2025": "120000,00"}},
    3: {"values": {"measureType": "Activiteiten op het gebied van sport, cultuur en techniek"}},
    9: {},
    10: {},
    11: {},
    21: {"joined": 3, "values": {"title": "Coaching van pedagogisch medewerkers in de voorschool"}},
    22: {},
    23: {},
    24: {},
    28: {},
    29: {},
}


def judged(corrected: bool = False) -> dict[int, JudgedRow]:
    sheet = read_sheet(MESSY.read_bytes(), MESSY.name)
    clean = cells_by_number()
    states = []
    for row in sheet.rows:
        state = RowState(row=row)
        record = row.number - 1
        if corrected and record in CORRECTED:
            given = CORRECTED[record] or {"values": clean[row.cells[0]]}
            state = RowState(row=row, corrections=given.get("values", {}), joined=given.get("joined"))
        states.append(state)
    rows = judge_rows(states, sheet.columns(YEARS), register(), sheet.separator)
    return {one.row - 1: one for one in rows}


def cells_by_number() -> dict[str, dict[str, str]]:
    """The clean sheet's cells by field, per activity number; an extra year's column is empty."""
    sheet = read_sheet(CLEAN.read_bytes(), CLEAN.name)
    fields = sheet.columns(YEARS).fields
    return {row.cells[0]: dict(zip(fields, row.cells, strict=True)) | {"phasing.2025-2026": ""} for row in sheet.rows}


def codes(one: JudgedRow) -> set[str]:
    return {f"{finding.level[0]} {finding.code}" for finding in one.findings}


def test_every_record_gives_exactly_the_findings_it_must() -> None:
    expected = {record: set() for record in range(1, 32)}
    expected |= {record: {f"i {code}" for code in said.split()} for record, said in INFO.items()}
    for table in (WARNED, WAITING, SKIPPED):
        expected |= {record: set(said.split(", ")) for record, said in table.items()}
    assert {record: codes(one) for record, one in judged().items()} == expected


def test_sixteen_are_good_thirteen_wait_and_two_are_skipped() -> None:
    rows = judged()
    outcomes = {
        outcome: {record for record, one in rows.items() if one.outcome == outcome}
        for outcome in ("accepted", "quarantined", "skipped")
    }
    assert outcomes == {
        "accepted": {1, 18, *INFO, *WARNED},
        "quarantined": set(WAITING),
        "skipped": set(SKIPPED),
    }
    assert sum(rows[record].values.total_cents for record in outcomes["accepted"]) == 250_625_280


@pytest.mark.parametrize("record", sorted(MESSAGES))
def test_what_a_person_reads_is_word_for_word(record: int) -> None:
    assert judged()[record].findings[0].message.replace("\u00a0", " ") == MESSAGES[record]


def test_what_is_said_about_the_file() -> None:
    sheet = read_sheet(MESSY.read_bytes(), MESSY.name)
    found = {
        (one.level[0], one.code): one.cells or one.fields for one in findings_on_file(sheet.notes, sheet.columns(YEARS))
    }
    assert set(found) == {
        ("i", "bom-stripped"),
        ("w", "encoding-fallback"),
        ("i", "header-normalised"),
        ("w", "unknown-column"),
    }
    assert found[("w", "unknown-column")] == ("Budget 2025-2026",)
    assert len(found[("i", "header-normalised")]) == 4


def test_values_are_read_as_they_were_meant() -> None:
    rows = {record: one.values for record, one in judged().items()}
    assert (rows[4].total_cents, rows[4].spent_until_cents) == (29_800_000, 28_164_075)
    assert rows[6].phasing["2021-2022"] == 0 and rows[6].interventions == ()
    assert (str(rows[7].starts_on), str(rows[7].ends_on)) == ("2021-11-01", "2025-07-31")
    assert str(rows[7].reference_date) == "2024-12-31"
    assert rows[12].title == "Vaste jeugdprofessional – coördinatie op school"
    assert rows[13].title.startswith("Leerlingtutoren rekenen, Ã©Ã©n")
    assert rows[14].total_cents == 6_130_000 and rows[15].total_cents == 13_200_000
    assert rows[16].total_cents == 8_840_000 and 0 in rows[16].phasing.values()
    assert rows[17].total_cents == 17_600_000
    assert rows[20].partners == ("Theatergroep Podiumbus", "Muziekschool Drie Noten")
    assert len(rows[20].schools) == 3 and set(rows[20].sectors) == {"po", "so"}
    assert str(rows[22].starts_on) == "2022-04-01"
    assert len(rows[26].schools) == 1


@pytest.mark.parametrize("record", sorted(CORRECTED))
def test_a_corrected_row_equals_the_clean_one(record: int) -> None:
    sheet = read_sheet(CLEAN.read_bytes(), CLEAN.name)
    clean = {
        one.values.number: one.values.fingerprint()
        for one in judge_rows([RowState(row=row) for row in sheet.rows], sheet.columns(YEARS), register(), ";")
    }
    one = judged(corrected=True)[record]
    assert one.outcome == "accepted", one.findings
    assert one.values.fingerprint() == clean[one.values.number]


def test_the_clean_sheet_gives_no_problem() -> None:
    sheet = read_sheet(CLEAN.read_bytes(), CLEAN.name)
    rows = judge_rows([RowState(row=row) for row in sheet.rows], sheet.columns(YEARS), register(), ";")
    assert [one.outcome for one in rows] == ["accepted"] * 30
    assert sum(one.values.total_cents for one in rows) == 467_363_930
    assert not any(finding.level != "info" for one in rows for finding in one.findings)
