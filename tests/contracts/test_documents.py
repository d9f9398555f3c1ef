"""What the OpenAPI documents say of answers is true: real answers of every door in them fit."""

import json
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from jsonschema import Draft7Validator, FormatChecker

from coordination.contracts.identifiers import new_id
from coordination.identity import accounts
from coordination.testing.clock import today_is

pytestmark = pytest.mark.django_db(databases="__all__")
ENTRY = {"kind": "spending", "date": "2025-01-10", "amountCents": 5, "fundingSource": "np_onderwijs"}


@pytest.fixture
def world(db, house):
    """The example world."""
    from intake.commands.example import load_basis, load_sheet
    from matching.commands.example import load_register

    with today_is("2025-01-14"):
        load_basis()
        load_register()
        house.deliver()
        assert load_sheet()
        house.deliver()
        yield house


@pytest.fixture
def api(world) -> Client:
    """The administrator of the house, who may do everything."""
    account = accounts.create_account(email=f"{new_id()}@test.example", name="Test")
    accounts.add_membership(account=account, role="administrator", kind="house", key="house")
    return Client(headers={"Authorization": f"Bearer {accounts.issue_token(account)}"})


def plain(described):
    """A description of OpenAPI 3.0 as JSON Schema: what is nullable may be null."""
    if isinstance(described, list):
        return [plain(one) for one in described]
    if not isinstance(described, dict):
        return described
    found = {name: plain(inner) for name, inner in described.items() if name != "nullable"}
    return {"anyOf": [found, {"type": "null"}]} if described.get("nullable") is True else found


def check(answer, template: str) -> dict:
    """The answer fits what its service's document says about this method, path and status."""
    service = template.split("/")[1]
    document = Client().get(f"/{service}/api/v1/openapi.json").json()
    method = answer.request["REQUEST_METHOD"].lower()
    said = document["paths"][template][method]["responses"][str(answer.status_code)]
    assert "API-Version" in said["headers"]
    schema = plain(said["content"]["application/json"]["schema"])
    assert schema["required"], "an answer that is described by nothing fits anything"
    body = answer.json()
    faults = [fault.message for fault in Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(body)]
    assert not faults, faults[:5]
    return body


def get(api: Client, path: str, template: str = "") -> dict:
    return check(api.get(path), template or path.split("?", maxsplit=1)[0])


def post(api: Client, path: str, body, template: str = "", **headers) -> dict:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = api.post(path, json.dumps(body), content_type="application/json", headers=named)
    assert answer.status_code in (200, 201), answer.content
    return check(answer, template or path)


def test_intakes_answers_fit_its_document(api) -> None:
    base = "/intake/api/v1"
    one = f"{base}/activities/{{activity_id}}"
    first, second = get(api, f"{base}/activities?pageSize=2")["results"]
    path = f"{base}/activities/{first['id']}"
    assert get(api, path, one) == first
    new = {key: first[key] for key in ("municipality", "title", "measureType", "startsOn", "endsOn", "totalCents")}
    made = post(api, f"{base}/activities", new)
    post(api, f"{path}/entries", ENTRY | {"dividesCumulative": False, "date": "2024-01-10"}, f"{one}/entries")
    post(api, f"{path}/divisions", {"parts": [{"schoolYear": "2021-2022", "amountCents": 5}]}, f"{one}/divisions")
    phasing = {"phasing": [{"schoolYear": "2021-2022", "plannedCents": 5}], "state": "draft"}
    post(api, f"{base}/activities/{made['id']}/phasings", phasing, f"{one}/phasings", If_Match='"1"')
    post(api, f"{path}/reports", {"date": "2025-01-10", "reach": {"waiting": 3}}, f"{one}/reports")
    assert get(api, f"{path}/reports", f"{one}/reports")["results"]
    assert get(api, f"{path}/lines", f"{one}/lines")["results"]
    moved = {
        "from": {"activity": made["id"], "schoolYear": "2021-2022"},
        "to": {"activity": second["id"], "schoolYear": "2022-2023"},
        "amountCents": 1,
        "reason": "staff_shortage",
    }
    post(api, f"{base}/transfers", moved)
    sheet = files("intake.domain").joinpath("example", "example-activities.csv").read_bytes()
    changed = SimpleUploadedFile("lijst.csv", sheet.replace(b"MRS-005", b"MRS-905"), content_type="text/csv")
    sent = check(api.post(f"{base}/uploads", {"file": changed}), f"{base}/uploads")
    get(api, f"{base}/uploads/{sent['id']}", f"{base}/uploads/{{upload_id}}")
    assert get(api, f"{base}/uploads")["results"]


def test_matchings_answers_fit_its_document(api) -> None:
    base = "/matching/api/v1"
    school = get(api, f"{base}/schools")["results"][0]["id"]
    get(api, f"{base}/schools/{school}", f"{base}/schools/{{school_id}}")
    get(api, f"{base}/schools/{school}/needs", f"{base}/schools/{{school_id}}/needs")
    found = get(api, f"{base}/suggestions?school={school}")["results"]
    free = next(one["activity"] for one in found if one["participation"] is None)
    get(api, f"{base}/activities/{free}/places", f"{base}/activities/{{activity_id}}/places")
    asked = post(api, f"{base}/participations", {"activity": free, "school": school, "pupils": 3})
    one = f"{base}/participations/{{participation_id}}"
    post(api, f"{base}/participations/{asked['id']}/decisions", {"decision": "accept"}, f"{one}/decisions")
    get(api, f"{base}/participations/{asked['id']}", one)
    assert get(api, f"{base}/participations")["results"]
    partner = get(api, f"{base}/partners")["results"][0]["id"]
    get(api, f"{base}/partners/{partner}", f"{base}/partners/{{partner_id}}")
    role = get(api, f"{base}/partner-roles")["results"][0]["id"]
    place = f"{base}/partner-roles/{{role_id}}/decisions"
    post(api, f"{base}/partner-roles/{role}/decisions", {"decision": "confirm"}, place)


def test_reportings_answers_fit_its_document(api) -> None:
    base = "/reporting/api/v1/municipalities"
    assert len(get(api, base)["results"]) == 4
    for part in ("summary", "changes", "schools", "snapshots"):
        get(api, f"{base}/9901/{part}", f"{base}/{{code}}/{part}")
    get(api, f"{base}/9901/summary?knownOn=2020-01-01", f"{base}/{{code}}/summary")
    taken = check(api.post(f"{base}/9901/snapshots"), f"{base}/{{code}}/snapshots")
    get(api, f"{base}/9901/snapshots/{taken['id']}", f"{base}/{{code}}/snapshots/{{snapshot_id}}")


@pytest.mark.parametrize("act", ["phasings", "withdrawals"])
def test_a_post_that_sets_says_what_it_answers_to_an_old_version(act: str) -> None:
    document = Client().get("/intake/api/v1/openapi.json").json()
    said = document["paths"][f"/intake/api/v1/activities/{{activity_id}}/{act}"]["post"]
    assert set(said["responses"]) >= {"201", "400", "401", "403", "404", "409", "412", "428"}
    assert {"If-Match", "Idempotency-Key"} <= {one["name"] for one in said["parameters"]}
