from uuid import uuid4

import pytest

from intake.models import Activity

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.urls("intake.urls")]
NEW = {
    "title": "Voorleesmaatjes aan huis",
    "measureType": "home_reading_support",
    "startsOn": "2021-11-01",
    "endsOn": "2025-07-31",
    "totalCents": 11875000,
}
NAMED = {
    "id", "number", "municipality", "title", "measureType", "status", "startsOn", "endsOn", "totalCents", "phasing",
    "version",
}  # fmt: skip


def problem(response, status: int) -> dict:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status and found["title"] and found["detail"]
    return found


def codes(response) -> list[str]:
    return [one["code"] for one in problem(response, 400)["errors"]]


def test_registering_answers_the_activity(officer) -> None:
    response = officer.post("/activities", NEW)
    assert response.status_code == 201
    found = response.json()
    assert set(found) >= NAMED
    assert found["number"] == "MRS-001" and found["municipality"] == "9901"
    assert found["owner"] == str(officer.account_id)
    assert response["Location"].endswith(f"/intake/api/v1/activities/{found['id']}")
    assert response["API-Version"]
    assert [row["schoolYear"] for row in found["phasing"]] == [
        "2021-2022", "2022-2023", "2023-2024", "2024-2025", None,
    ]  # fmt: skip
    assert [row["plannedCents"] for row in found["phasing"]] == [None, None, None, None, 11875000]


def test_who_may_not_hears_that_before_what_is_wrong_with_the_body(api) -> None:
    for role in ("council_member", "budget_holder"):
        problem(api(role).post("/activities", "{geen json"), 403)
        problem(api(role).post("/activities", NEW | {"totalCents": "x"}), 403)
    problem(api("council_member").post("/transfers", "{geen json"), 403)
    problem(api("budget_holder").post("/transfers", "{geen json"), 400)


@pytest.mark.parametrize("body", [{"owner": 5}, {"title": "\u200b \u202e"}, {"title": 5}, {"startsOn": "01-11-2021"}])
def test_values_that_only_look_right_are_refused(officer, body) -> None:
    found = problem(officer.post("/activities", NEW | body), 400)
    assert [one["field"] for one in found["errors"]] == list(body)


def test_what_is_wrong_is_said_per_field(officer) -> None:
    body = NEW | {"title": "", "measureType": None, "totalCents": -1, "endsOn": "2026-01-01"}
    found = problem(officer.post("/activities", body), 400)
    assert {one["field"] for one in found["errors"]} == {"title", "measureType", "totalCents", "endsOn"}
    assert codes(officer.post("/activities", {"title": "Alleen een titel"}))


@pytest.mark.parametrize(
    "body",
    [
        "geen json",
        "[]",
        '"tekst"',
        "null",
        NEW | {"totalCents": "veel"},
        NEW | {"totalCents": 1.5},
        NEW | {"totalCents": 10**30},
        NEW | {"startsOn": "31-12-2024"},
        NEW | {"title": {"nl": "x"}},
        NEW | {"title": "a\u0000b"},
        NEW | {"owner": "ik"},
        NEW | {"schools": ["90AA"]},
        NEW | {"partners": [{}]},
        NEW | {"phasing": [{"schoolYear": "2021-2023", "plannedCents": 1}]},
        NEW | {"phasing": [{"schoolYear": "2021-2022", "plannedCents": 1}] * 2},
        NEW | {"hobby": "lezen"},
        NEW | {"sectors": "po"},
    ],
)
def test_bad_input_is_a_problem_and_never_a_fault(officer, body) -> None:
    problem(officer.post("/activities", body), 400)
    assert not Activity.objects.exists()


def test_refusals_come_in_order(api, officer) -> None:
    found = officer.post("/activities", NEW).json()
    path = f"/activities/{found['id']}"
    wrong = {"totalCents": "veel"}
    problem(api().patch(path, wrong), 401)
    problem(api("policy_officer", "9902").patch(path, wrong, If_Match='"9"'), 404)
    problem(api("school_coordinator", str(uuid4()), "school").patch(path, wrong), 404)
    problem(api("council_member").patch(path, wrong), 403)
    problem(officer.patch(path, wrong), 428)
    late = problem(officer.patch(path, wrong, If_Match='"9"'), 412)
    assert late["yours"] == wrong and late["current"]["title"] == NEW["title"] and late["version"] == 1
    problem(officer.patch(path, wrong, If_Match='"1"'), 400)
    officer.post("/activities", NEW | {"number": "MRS-050"})
    problem(officer.patch(path, {"number": "MRS-050"}, If_Match='"1"'), 409)


def test_registering_for_elsewhere_is_not_found(api, officer) -> None:
    problem(officer.post("/activities", NEW | {"municipality": "9902"}), 404)
    problem(api("school_coordinator", str(uuid4()), "school").post("/activities", NEW), 403)
    problem(api("budget_holder").post("/activities", NEW | {"municipality": "9901"}), 403)
    administrator = api("administrator", "house", "house")
    assert codes(administrator.post("/activities", NEW)) == ["required"]
    assert administrator.post("/activities", NEW | {"municipality": "9904"}).json()["number"] == "SCB-001"


def test_a_change_sets_what_is_named(officer) -> None:
    path = f"/activities/{officer.post('/activities', NEW).json()['id']}"
    response = officer.patch(path, {"title": "Voorlezen", "totalCents": 12000000}, If_Match='"1"')
    assert response.status_code == 200 and response["ETag"] == '"2"'
    assert (response.json()["title"], response.json()["totalCents"]) == ("Voorlezen", 12000000)
    assert response.json()["measureType"] == NEW["measureType"]
    assert response.json()["phasing"][-1]["plannedCents"] == 12000000


def test_the_same_request_twice_is_one_activity(officer) -> None:
    one = officer.post("/activities", NEW, Idempotency_Key="abc")
    two = officer.post("/activities", NEW, Idempotency_Key="abc")
    assert one.json() == two.json() and two.status_code == 201
    assert Activity.objects.count() == 1
    problem(officer.post("/activities", NEW | {"title": "Iets anders"}, Idempotency_Key="abc"), 409)


def test_the_list_shows_ones_own_and_filters(api, officer) -> None:
    officer.post("/activities", NEW)
    officer.post("/activities", NEW | {"title": "Huiswerkcafé", "measureType": "homework_support",
                                       "startsOn": "2024-09-01", "partners": ["Bibliotheek Rivierkade"]})  # fmt: skip
    api("policy_officer", "9902").post("/activities", NEW)
    titles = lambda **query: [one["title"] for one in officer.get("/activities", **query).json()["results"]]  # noqa: E731
    assert len(titles()) == 2
    assert titles(q="HUISWERKCAFÉ") == titles(q="rivierkade") == titles(measureType="homework_support")
    assert titles(schoolYear="2021-2022") == ["Voorleesmaatjes aan huis"]
    assert len(titles(status="draft,running")) == 2 and titles(status="stopped") == []
    assert titles(municipality="9902") == []
    assert titles(sort="-title")[0] == "Voorleesmaatjes aan huis"
    assert codes(officer.get("/activities", schoolYear="vorig jaar")) == ["filter-invalid"]
    problem(officer.get("/activities", q="a\0b"), 400)
    assert officer.get("/activities").json()["next"] is None
    assert len(api("administrator", "house", "house").get("/activities").json()["results"]) == 3


def test_unknown_paths_are_problems_too(officer) -> None:
    found = officer.post("/activities", NEW).json()
    for path in (
        "/nergens",
        "/activities/",
        f"/activities/{found['id']}/",
        "/activities/geen-id",
        f"/activities/{uuid4()}",
    ):
        problem(officer.get(path), 404)


def test_withdrawing_takes_it_out_of_the_list(officer) -> None:
    path = f"/activities/{officer.post('/activities', NEW).json()['id']}"
    problem(officer.post(f"{path}/withdrawals", {"reason": "registered_twice"}), 428)
    response = officer.post(f"{path}/withdrawals", {"reason": "registered_twice"}, If_Match='"1"')
    assert response.status_code == 201 and response.json()["withdrawn"] is True
    assert officer.get("/activities").json()["results"] == []
    assert officer.get(path).json()["totalCents"] == 0


def test_the_document_of_the_api_is_public(api) -> None:
    response = api().get("/openapi.json")
    assert response.status_code == 200
    assert "/intake/api/v1/activities/{activity_id}/entries" in response.json()["paths"]
