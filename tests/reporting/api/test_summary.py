"""The summary over the API: exactly the fields others rely on, for who may read them."""

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client

from coordination.testing import actors
from coordination.testing.clock import today_is
from intake.commands.entries import record_entry

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("reporting.urls")]
BASE = "/reporting/api/v1/municipalities"
NAMED = {
    "asOf", "lastChangeAt", "referenceDate", "allocatedCents", "plannedCents", "unassignedCents", "committedCents",
    "realisedCents", "remainingCents", "bySchoolYear", "activities",
}  # fmt: skip
CSV_ROWS = 13


def get(path: str, headers: dict[str, str] | None = None, **query):
    return Client(raise_request_exception=False).get(BASE + path, query, headers=headers or {})


def problem(response, status: int) -> dict:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


def test_the_example_municipality(world, bearer) -> None:
    found = get("/9901/summary", bearer("council_member")).json()
    assert set(found) >= NAMED
    assert found["allocatedCents"] == 348247300
    assert found["plannedCents"] == 335960000
    assert found["unassignedCents"] == 12287300
    assert found["committedCents"] is None
    assert found["realisedCents"] == 273605765
    assert found["remainingCents"] == 74641535
    assert found["asOf"] == "2024-12-31" and found["referenceDate"] == "2024-12-31"
    assert found["lastChangeAt"].endswith("Z")
    assert len(found["activities"]) == 13
    years = found["bySchoolYear"]
    assert [row["schoolYear"] for row in years] == ["2021-2022", "2022-2023", "2023-2024", "2024-2025", None]
    assert [row["plannedCents"] for row in years] == [43525000, 113095000, 102140000, 77200000, None]
    assert [row["realisedCents"] for row in years] == [None, None, None, None, 273605765]
    assert [row["nationalPercentage"] for row in years] == [17, 32, 27, 25, None]
    assert found["plan"]["cents"] == 290926667 and found["plan"]["verdict"] == "slightly_behind"


def test_rows_add_up_to_totals(world, bearer) -> None:
    for code in ("9901", "9902", "9903", "9904"):
        found = get(f"/{code}/summary", bearer("council_member", code)).json()
        for name in ("plannedCents", "realisedCents", "committedCents"):
            known = [row[name] for row in found["bySchoolYear"] if row[name] is not None]
            assert found[name] == (sum(known) if known else None)
            theirs = [one[name] for one in found["activities"] if one[name] is not None]
            assert found[name] == (sum(theirs) if theirs else None)
        for one in found["activities"]:
            assert one["totalCents"] == sum(row["plannedCents"] or 0 for row in one["phasing"])
            assert one["phasing"][-1]["schoolYear"] is None


@pytest.mark.parametrize("path", ["summary", "changes", "schools", "export.csv", "export.xlsx", "snapshots"])
def test_another_municipality_is_not_there(register, bearer, path: str) -> None:
    problem(get(f"/9901/{path}"), 401)
    problem(get(f"/9902/{path}", bearer("council_member")), 404)
    problem(get(f"/0000/{path}", bearer("administrator", "house", "house")), 404)
    problem(get(f"/9901/{path}", bearer("school_coordinator", "9901", "school")), 404)
    assert get(f"/9901/{path}", bearer("council_member")).status_code == 200
    assert get(f"/9903/{path}", bearer("administrator", "house", "house")).status_code == 200


def test_not_yours_comes_before_what_is_wrong_with_the_question(register, bearer) -> None:
    for path in ("summary", "changes", "export.csv"):
        name = "since" if path == "changes" else "knownOn"
        problem(get(f"/9902/{path}", bearer("council_member"), **{name: "morgen"}), 404)
        problem(get(f"/9901/{path}", bearer("council_member"), **{name: ""}), 400)
        found = problem(get(f"/9901/{path}", bearer("council_member"), **{name: "morgen"}), 400)
        assert found["errors"][0] == {
            "field": name,
            "code": "not-a-date",
            "message": "Schrijf de datum als 2025-01-14.",
        }


def test_one_sees_only_ones_own_municipality_in_the_list(register, bearer) -> None:
    def codes(headers):
        return [one["code"] for one in get("", headers).json()["results"]]

    assert codes(bearer("council_member", "9904")) == ["9904"]
    assert codes(bearer("administrator", "house", "house")) == ["9902", "9903", "9901", "9904"]
    assert codes(bearer("partner", "9901", "partner")) == []


def test_nothing_spent_and_nothing_known_are_not_the_same(register, bearer) -> None:
    found = get("/9901/summary", bearer("council_member")).json()
    assert found["plannedCents"] == found["committedCents"] == found["realisedCents"] == 0
    assert found["asOf"] is None and found["plan"] is None
    assert found["unassignedCents"] == found["remainingCents"] == found["allocatedCents"] == 348247300
    assert found["activities"] == []


def test_what_was_received_is_unknown_until_somebody_says(world, bearer) -> None:
    headers = bearer("council_member")
    found = get("/9901/summary", headers, knownOn="2020-01-01").json()
    assert found["allocatedCents"] is found["unassignedCents"] is found["remainingCents"] is None
    assert found["plannedCents"] == 0
    file = get("/9901/export.csv", headers, knownOn="2020-01-01").content.decode("utf-8-sig")
    (total,) = csv.DictReader(io.StringIO(file), delimiter=";")
    assert not any(total[name] for name in total if name.startswith(("Toegekend", "Nog niet toegewezen")))


def test_the_files_hold_the_same_figures(world, bearer) -> None:
    import python_calamine

    headers = bearer("council_member")
    found = get("/9901/summary", headers).json()
    answer = get("/9901/export.csv", headers)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == CSV_ROWS + 1
    total = rows[-1]

    def cents(text: str) -> int | None:
        return int(text.replace(",", "")) if text else None

    assert cents(total["Totaal gepland"]) == found["plannedCents"]
    assert cents(total["Besteed totaal"]) == found["realisedCents"]
    assert cents(total["Vastgelegd totaal"]) == found["committedCents"]
    assert cents(total["Toegekend"]) == found["allocatedCents"]
    assert cents(total["Nog niet toegewezen"]) == found["unassignedCents"]
    assert cents(total["Over van toegekend"]) == found["remainingCents"]
    for row, one in zip(rows, found["activities"], strict=False):
        assert row["Activiteitnummer"] == one["number"]
        for label, name in (
            ("Gepland", "plannedCents"),
            ("Vastgelegd", "committedCents"),
            ("Besteed", "realisedCents"),
        ):
            for year in one["phasing"]:
                column = f"{label} {year['schoolYear'] or 'nog niet verdeeld'}"
                assert cents(row[column]) == year[name]
    book = python_calamine.load_workbook(io.BytesIO(get("/9901/export.xlsx", headers).content))
    heading, *cells = book.get_sheet_by_index(0).to_python()
    assert heading == list(rows[0])
    last = dict(zip(heading, cells[-1], strict=True))
    assert round(last["Totaal gepland"] * 100) == found["plannedCents"]
    assert round(last["Besteed totaal"] * 100) == found["realisedCents"]
    assert last["Vastgelegd totaal"] == ""


def test_a_title_that_looks_like_a_formula_is_text_in_the_files(register, bearer) -> None:
    from datetime import date

    import python_calamine

    from coordination.testing import actors
    from intake.commands.activities import register_activity

    register_activity(
        actor=actors.officer(),
        municipality="9901",
        title='=HYPERLINK("https://x.example")',
        measure_type="home_reading_support",
        starts_on=date(2021, 11, 1),
        ends_on=date(2025, 7, 31),
        total_cents=100,
    )
    register.deliver()
    headers = bearer("council_member")
    text = get("/9901/export.csv", headers).content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    book = python_calamine.load_workbook(io.BytesIO(get("/9901/export.xlsx", headers).content))
    assert book.get_sheet_by_index(0).to_python()[1][1].startswith("'=")


def test_the_document_describes_every_address(register) -> None:
    document = json.loads(Client().get("/reporting/api/v1/openapi.json").content)
    assert f"{BASE}/{{code}}/summary" in document["paths"]
    assert problem(Client().get("/reporting/api/v1/nergens"), 404)


def test_what_is_still_to_come_does_not_say_that_reporting_is_complete(world, bearer, activity) -> None:
    with today_is("2025-01-14"):
        record_entry(
            actor=actors.officer(),
            activity_id=activity("MRS-001").id,
            kind="spending",
            dated_on=date(2025, 7, 31),
            amount_cents=100,
            funding_source="np_onderwijs",
        )
        world.deliver()
        found = get("/9901/summary", bearer("council_member")).json()
    assert found["realisedCents"] == 273605765 + 100
    assert found["asOf"] == "2024-12-31"
    assert not [one["number"] for one in found["activities"] if one["stale"]]
    assert {one["lastReportOn"] for one in found["activities"] if one["number"] == "MRS-001"} == {"2024-12-31"}
