from uuid import uuid4

import pytest

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("intake.urls")]
SPENDING = {"kind": "spending", "date": "2025-01-10", "amountCents": 10000, "fundingSource": "np_onderwijs"}
YEARS = ("2021-2022", "2022-2023", "2023-2024", "2024-2025")


def problem(response, status: int) -> dict:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


def rows(*amounts):
    return [{"schoolYear": year, "plannedCents": cents} for year, cents in zip(YEARS, amounts, strict=False)]


@pytest.fixture
def activity(phased):
    return phased()


@pytest.fixture
def path(activity):
    return f"/activities/{activity.id}"


def test_an_entry_answers_its_lines_and_the_activity(officer, path) -> None:
    response = officer.post(f"{path}/entries", SPENDING)
    assert response.status_code == 201
    found = response.json()
    assert found["lines"][0] | {"id": "", "act": ""} == {
        "id": "",
        "act": "",
        "activity": path.rsplit("/", 1)[1],
        "kind": "spending",
        "schoolYear": "2024-2025",
        "amountCents": 10000,
        "fundingSource": "np_onderwijs",
        "date": "2025-01-10",
        "referenceDate": None,
    }
    assert found["activity"]["realisedCents"] == 7148000 + 10000
    assert officer.get(path).json()["realisedCents"] == 7148000 + 10000


def test_an_older_entry_must_say_which_is_meant(officer, path) -> None:
    old = SPENDING | {"date": "2024-10-01"}
    found = problem(officer.post(f"{path}/entries", old), 400)
    assert [(one["field"], one["code"]) for one in found["errors"]] == [
        ("dividesCumulative", "divides-cumulative-unclear")
    ]
    divided = officer.post(f"{path}/entries", old | {"dividesCumulative": True}).json()
    assert sum(line["amountCents"] for line in divided["lines"]) == 0
    added = officer.post(f"{path}/entries", old | {"dividesCumulative": False}).json()
    assert added["activity"]["realisedCents"] == 7148000 + 10000


def test_an_amount_up_to_a_date_and_its_division(officer, path) -> None:
    body = SPENDING | {"kind": "spent_until", "date": "2025-01-13", "amountCents": 7200000}
    assert officer.post(f"{path}/entries", body).json()["activity"]["realisedCents"] == 7200000
    parts = {"parts": [{"schoolYear": "2021-2022", "amountCents": 200000}]}
    found = officer.post(f"{path}/divisions", parts).json()["activity"]
    assert [row["realisedCents"] for row in found["phasing"]] == [200000, None, None, None, 7000000]


@pytest.mark.parametrize("body", [{}, [], {"kind": "gift"}, SPENDING | {"amountCents": None}, SPENDING | {"date": "?"}])
def test_bad_entries_are_problems(officer, path, body) -> None:
    assert problem(officer.post(f"{path}/entries", body), 400)["errors"]


def test_booking_at_another_municipality_is_not_found(api, path) -> None:
    problem(api("policy_officer", "9902").post(f"{path}/entries", {}), 404)
    problem(api("council_member").post(f"{path}/entries", {}), 403)
    problem(api().post(f"{path}/entries", SPENDING), 401)


def test_phasing_wants_the_version_it_changes(officer, path) -> None:
    body = {"phasing": rows(2250000, 4125000, 3450000, 2050000), "state": "final", "reason": "staff_shortage"}
    problem(officer.post(f"{path}/phasings", body), 428)
    problem(officer.post(f"{path}/phasings", body, If_Match="een"), 400)
    response = officer.post(f"{path}/phasings", body, If_Match='"1"')
    assert response.status_code == 201 and response["ETag"] == '"2"'
    assert [row["plannedCents"] for row in response.json()["activity"]["phasing"]] == [
        2250000, 4125000, 3450000, 2050000, None,
    ]  # fmt: skip
    found = problem(officer.post(f"{path}/phasings", body, If_Match='"1"'), 412)
    assert found["version"] == 2 and found["yours"] == body and found["current"]["version"] == 2


def test_a_phasing_off_by_a_cent_cannot_be_final(officer, path) -> None:
    body = {"phasing": rows(2250000, 4125000, 3500000, 2000001), "state": "final", "reason": "staff_shortage"}
    found = problem(officer.post(f"{path}/phasings", body, If_Match='"1"'), 400)
    assert [one["code"] for one in found["errors"]] == ["sum-mismatch"]
    draft = officer.post(f"{path}/phasings", body | {"state": "draft"}, If_Match='"1"').json()["activity"]
    assert draft["phasingState"] == "draft" and draft["phasing"][-1]["plannedCents"] == -1


def test_the_rows_of_an_answer_can_be_sent_back(officer, path) -> None:
    body = {"phasing": officer.get(path).json()["phasing"], "state": "final"}
    response = officer.post(f"{path}/phasings", body, If_Match='"1"')
    assert response.status_code == 201 and response.json()["lines"] == []


def test_a_transfer_over_the_api(api, officer, path, phased) -> None:
    other = phased(title="Jongerenwerk")
    body = {
        "from": {"activity": path.rsplit("/", 1)[1], "schoolYear": "2023-2024"},
        "to": {"activity": str(other.id), "schoolYear": "2024-2025"},
        "amountCents": 100000,
        "reason": "low_demand",
    }
    problem(officer.post("/transfers", body), 403)
    problem(api("budget_holder", "9902").post("/transfers", body), 404)
    problem(api("school_coordinator", str(uuid4()), "school").post("/transfers", {}), 403)
    holder = api("budget_holder")
    problem(holder.post("/transfers", body | {"to": {"activity": str(uuid4()), "schoolYear": None}}), 404)
    problem(holder.post("/transfers", {}), 400)
    problem(holder.post("/transfers", body | {"amountCents": 10**9}), 400)
    response = holder.post("/transfers", body, Idempotency_Key="een")
    assert response.status_code == 201 and len(response.json()["lines"]) == 2
    assert holder.post("/transfers", body, Idempotency_Key="een").json() == response.json()
    assert officer.get(path).json()["totalCents"] == 11775000
    assert officer.get(f"/activities/{other.id}").json()["totalCents"] == 11975000


def test_reports_over_the_api(officer, path) -> None:
    body = {
        "date": "2025-01-14",
        "status": "decided",
        "reach": {"participants": 12, "waiting": 0, "places": None},
        "indicator": {"name": "Gezinnen", "value": 7.5, "evidence": "number"},
    }
    response = officer.post(f"{path}/reports", body)
    assert response.status_code == 201
    assert response.json()["activity"]["status"] == "decided"
    assert response.json()["activity"]["indicators"][0]["value"] == "7.5"
    listed = officer.get(f"{path}/reports").json()["results"]
    assert listed[0]["reach"] == {"participants": 12, "waiting": 0, "places": None}
    problem(officer.post(f"{path}/reports", {"date": "2025-01-14"}), 400)
    problem(officer.post(f"{path}/reports", body | {"reach": {"participants": -1}}), 400)


def test_lines_are_also_sentences_and_name_no_person(officer, path) -> None:
    officer.post(f"{path}/entries", SPENDING)
    found = officer.get(f"{path}/lines").json()["results"]
    assert len(found) == 6
    assert "een besteding van" in found[-1]["sentence"]
    assert {"actor", "actorName", "note"}.isdisjoint(found[-1])
    assert found[-1]["role"] == "policy_officer"


def test_the_basis_can_be_read(api, officer) -> None:
    found = officer.get("/municipalities").json()["results"]
    assert [(one["code"], one["allocatedCents"]) for one in found] == [("9901", 348247300)]
    assert sum(one["amountCents"] for one in officer.get("/allocations").json()["results"]) == 348247300
    programme = officer.get("/programmes").json()["results"][0]
    assert programme["periods"][0]["startsOn"] == "2021-07-01"
    assert len(officer.get("/catalogues/target_group").json()["entries"]) == 11
    problem(officer.get("/catalogues/onzin"), 404)
    assert api("school_coordinator", str(uuid4()), "school").get("/municipalities").json()["results"] == []


def test_the_export_has_the_same_figures_and_no_formulas(officer, register) -> None:
    register(title="=HYPERLINK(1)", number="@SUM", total_cents=100_05)
    text = officer.get("/activities/export.csv").content.decode("utf-8-sig")
    lines = text.split("\r\n")
    assert "'=HYPERLINK(1)" in text and "'@SUM" in text
    assert lines[0].startswith("Activiteitnummer;Titel activiteit")
    assert "100,05" in lines[1] and lines[2].startswith("Totaal;")
    workbook = officer.get("/activities/export.xlsx")
    assert workbook.content[:2] == b"PK" and "attachment" in workbook["Content-Disposition"]
    problem(officer.get("/activities/export.csv", schoolYear="?"), 400)


def test_a_choice_or_count_is_not_read_from_other_words(officer, path) -> None:
    entry = {"kind": "spending", "date": "2022-01-10", "amountCents": 1, "fundingSource": "np_onderwijs"}
    for strange in ("yes", "true", 1):
        problem(officer.post(f"{path}/entries", entry | {"dividesCumulative": strange}), 400)
    for strange in ("5", 1.5, True, -1, 10**400):
        found = problem(officer.post(f"{path}/reports", {"date": "2025-01-10", "reach": {"waiting": strange}}), 400)
        assert found["errors"][0]["field"] == "reach.waiting"


def test_the_export_may_be_asked_for_by_its_media_type(officer, register) -> None:
    register()
    for kind, media_type in (
        ("csv", "text/csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        for wanted in (media_type, "*/*", "application/json"):
            answer = officer.get_as(f"/activities/export.{kind}", wanted)
            assert answer.status_code == 200 and answer["Content-Type"].startswith(media_type)
        problem(officer.get_as(f"/activities/export.{kind}?sort=onzin", media_type), 400)
        problem(officer.get_as(f"/activities/export.{kind}", "text/html"), 406)
