"""Sheets over the API: the shape of the answer, refusals in order, the same request twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from tests.intake.domain.sheet_world import CLEAN, MESSY

from intake.models import Activity, Upload

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("copies")]
BASE = "/intake/api/v1/uploads"


@pytest.fixture
def administrator(api):
    return api("administrator", "house", "house")


def send(api, content=None, name="activiteiten.csv", query="", **headers):
    content = MESSY.read_bytes() if content is None else content
    client = Client(raise_request_exception=False)
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return client.post(BASE + query, {"file": file}, headers=api._headers | headers)


def test_the_answer_names_every_row_once_by_its_number_in_a_spreadsheet(administrator) -> None:
    answer = send(administrator)
    assert answer.status_code == 201
    body = answer.json()
    rows = [one["row"] for name in ("accepted", "quarantined", "skipped") for one in body[name]]
    assert sorted(rows) == list(range(2, 33)) and body["rowCount"] == 31
    assert [len(body[name]) for name in ("accepted", "quarantined", "skipped")] == [16, 13, 2]
    assert body["acceptedCents"] == sum(one["totalCents"] for one in body["accepted"]) == 250_625_280
    assert body["accepted"][0] | {"findings": []} == {
        "row": 2,
        "number": "MRS-001",
        "title": "Schoolmaatschappelijk werk plus op de basisscholen",
        "municipality": "9901",
        "totalCents": 54_000_000,
        "findings": [],
        "activity": None,
    }
    wrong = body["quarantined"][0]
    assert (wrong["row"], wrong["number"]) == (3, "MRS-002")
    assert [one["code"] for one in wrong["problems"]] == ["sum-mismatch"]
    assert set(wrong["problems"][0]) >= {"field", "code", "level", "message"}
    assert all(one["level"] == "error" for row in body["quarantined"] for one in row["problems"])
    assert [(one["row"], one["reason"]) for one in body["skipped"]] == [(31, "empty-row"), (32, "total-row")]
    assert {one["code"] for one in body["findings"]} == {
        "bom-stripped",
        "encoding-fallback",
        "header-normalised",
        "unknown-column",
    }
    assert Activity.objects.count() == 0 and body["confirmedAt"] is None
    assert answer["Location"].endswith(f"{BASE}/{body['id']}")


def test_confirm_takes_the_good_rows_over_at_once(administrator) -> None:
    body = send(administrator, query="?confirm=true").json()
    assert len(body["accepted"]) == Activity.objects.count() == 16
    assert all(one["activity"] for one in body["accepted"]) and body["confirmedAt"]
    again = send(administrator, query="?confirm=true").json()
    assert [len(again[name]) for name in ("accepted", "quarantined", "skipped")] == [0, 13, 18]
    assert Activity.objects.count() == 16


def test_an_officer_of_merenstad(officer) -> None:
    body = send(officer, CLEAN.read_bytes(), query="?confirm=true").json()
    assert len(body["accepted"]) == 13 and len(body["quarantined"]) == 17
    assert {one["problems"][0]["code"] for one in body["quarantined"]} == {"other-municipality"}


def test_confirming_afterwards_and_looking_again(administrator) -> None:
    identifier = send(administrator).json()["id"]
    assert administrator.post(f"/uploads/{identifier}/confirmations", {}).status_code == 201
    assert Activity.objects.count() == 16
    body = administrator.get(f"/uploads/{identifier}").json()
    assert len(body["accepted"]) == 16 and all(one["activity"] for one in body["accepted"])
    listed = administrator.get("/uploads").json()["results"]
    assert [(one["acceptedCount"], one["takenOverCount"], one["quarantinedCount"]) for one in listed] == [(16, 16, 13)]


def test_rows_are_repaired_over_the_api(administrator) -> None:
    identifier = send(administrator).json()["id"]
    repairs = {
        "rows": [
            {"row": 4, "values": {"measureType": "Zomerschool"}},
            {"row": 6, "choice": "leave-out"},
            {"row": 25, "choice": "swap-dates"},
        ]
    }
    answer = administrator.post(f"/uploads/{identifier}/repairs", repairs)
    assert answer.status_code == 201
    assert [len(answer.json()[name]) for name in ("accepted", "quarantined", "skipped")] == [18, 10, 3]
    wrong = administrator.post(f"/uploads/{identifier}/repairs", {"rows": [{"row": 4, "values": {"nee": "x"}}]})
    assert wrong.status_code == 400 and wrong.json()["errors"][0]["code"] == "unknown-field"
    missing = administrator.post(f"/uploads/{identifier}/repairs", {"rows": [{"row": 99, "choice": "leave-out"}]})
    assert missing.status_code == 404


def test_an_unknown_school_is_proposed_over_the_api(administrator) -> None:
    identifier = send(administrator).json()["id"]
    given = {"row": 11, "code": "99ZZ", "name": "De Nieuwe School"}
    answer = administrator.post(f"/uploads/{identifier}/proposals", given)
    assert answer.status_code == 201 and answer.json()["proposals"][0]["code"] == "99ZZ"
    assert administrator.post(f"/uploads/{identifier}/proposals", given | {"row": 4}).status_code == 409


def test_uploads_are_listed_newest_first(administrator) -> None:
    made = [send(administrator).json()["id"] for _ in range(3)]
    assert [one["id"] for one in administrator.get("/uploads").json()["results"]] == made[::-1]


def test_the_same_key_is_one_upload(administrator) -> None:
    first = send(administrator, **{"Idempotency-Key": "sleutel-1"})
    second = send(administrator, **{"Idempotency-Key": "sleutel-1"})
    assert first.status_code == second.status_code == 201 and first.json()["id"] == second.json()["id"]
    assert second["Idempotency-Replayed"] == "true" and Upload.objects.count() == 1
    other = send(administrator, CLEAN.read_bytes(), **{"Idempotency-Key": "sleutel-1"})
    assert other.status_code == 409


def test_refusals_come_in_their_order(api, administrator, officer) -> None:
    identifier = send(administrator).json()["id"]
    stranger = api()
    assert send(stranger).status_code == 401
    for path in (f"/uploads/{identifier}", f"/uploads/{identifier}/confirmations", "/uploads"):
        assert stranger.get(path).status_code == 401
    assert send(api("council_member")).status_code == 403
    assert send(api("budget_holder")).status_code == 403
    own = send(officer).json()["id"]
    for who, hers in ((officer, identifier), (api("policy_officer", "9902"), own), (api("council_member"), own)):
        assert who.get(f"/uploads/{hers}").status_code == 404
        for door in ("confirmations", "repairs", "proposals"):
            answer = who.post(f"/uploads/{hers}/{door}", {"onzin": True})
            assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"
    assert [one["id"] for one in officer.get("/uploads").json()["results"]] == [own]
    assert api("policy_officer", "9902").get("/uploads").json()["results"] == []


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "leeg.csv", "sheet-empty"),
        (b"%PDF-1.7 \n", "stuk.pdf", "not-a-sheet"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 90, "plaatje.png", "not-a-sheet"),
        (b"a;b;c\r\n1;2;3", "x.csv", "columns-unknown"),
    ],
)
def test_what_is_no_sheet_is_refused_in_dutch(administrator, content, name, code) -> None:
    answer = send(administrator, content, name)
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [("file", code)]
    assert not Upload.objects.exists()


def test_too_large_is_refused_with_the_limit(administrator) -> None:
    with override_settings(VIERSPAN_UPLOAD_LIMIT=1_000_000):
        answer = send(administrator, b"x" * 1_000_001)
    error = answer.json()["errors"][0]
    assert answer.status_code == 400 and error["code"] == "file-too-large" and "kleinere" in error["message"]


def test_a_request_without_a_file(administrator) -> None:
    assert administrator.post("/uploads", {"file": "x"}).json()["errors"][0]["code"] == "required"
    client = Client(raise_request_exception=False)
    answer = client.post(BASE, {"ander": "x"}, headers=administrator._headers)
    assert answer.status_code == 400 and answer.json()["errors"][0]["field"] == "file"
    broken = client.post(
        BASE, b"--x\r\nrommel", content_type="multipart/form-data; boundary=x", headers=administrator._headers
    )
    assert broken.status_code == 400
    assert send(administrator, query="?confirm=misschien").status_code == 400


def test_new_partners_and_too_much_are_told_beforehand(administrator) -> None:
    row = "MRS-1;9901;Klas;Zomerschool;Wijkwerkplaats De Zeef;01-10-2021;31-07-2025;9000000,00;In uitvoering"
    heading = "Nummer;Gemeentecode;Titel;Soort maatregel;Partners;Startdatum;Einddatum;Totaal budget;Status"
    body = send(administrator, f"{heading}\r\n{row}".encode()).json()
    assert body["newPartners"] == ["Wijkwerkplaats De Zeef"]
    assert body["quarantined"] == [] and body["accepted"][0]["findings"] == []
    assert [one["municipality"] for one in body["overAllocation"]] == ["9901"]
    assert body["overAllocation"][0]["overAllocationCents"] > 0
    clean = send(administrator, CLEAN.read_bytes()).json()
    assert clean["overAllocation"] == [] and clean["newPartners"] == []


def test_uploads_are_described(administrator) -> None:
    paths = Client().get("/intake/api/v1/openapi.json").json()["paths"]
    assert "multipart/form-data" in paths[BASE]["post"]["requestBody"]["content"]
    assert f"{BASE}/{{upload_id}}/repairs" in paths
