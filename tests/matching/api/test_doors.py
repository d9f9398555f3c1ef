"""The other doors of matching's API: suggestions, needs, places, roles and the register."""

import pytest

from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import NamedPartner
from matching.models import Partner, PartnerRole, School

pytestmark = pytest.mark.django_db(databases="__all__")
NAME = "Stichting Welzijn Polderlicht"


def test_suggestions_have_reasons_and_facts_and_no_score(world, school):
    world.activity()
    world.activity(number="MRS-002", sectors=("vo",), school_types=("vmbo",))
    client = school()
    found = client.get("/suggestions", school=str(world.schools["90AA"])).json()
    first, second = found["results"]
    assert found["next"] is None
    assert (first["fits"], second["fits"]) == (True, False)
    assert first["reasons"][0] == {
        "about": "sector",
        "sign": "fits",
        "sentence": "Voor het basisonderwijs; voor leerlingen met mentale problemen.",
    }
    assert first["places"]["code"] == "no_limit"
    assert first["moneyUntil"] == {"code": "until", "value": "31 juli 2025", "explanation": ""}
    assert first["afterwards"]["code"] == "uncertain"
    assert first["participation"] is None
    assert not [key for key in first if "score" in key.lower() or "percent" in key.lower()]
    assert [one["number"] for one in client.get("/suggestions", fits="true").json()["results"]] == ["MRS-001"]


def test_suggestions_of_a_school_are_its_own_and_its_municipalitys(world, api, school, officer, problem):
    world.activity()
    key = str(world.schools["90AA"])
    problem(api().get("/suggestions", school=key), 401)
    for stranger in (school("90AB"), api("policy_officer", "9902"), api("council_member")):
        problem(stranger.get("/suggestions", school=key), 404)
    problem(school().get("/suggestions", school=str(new_id())), 404)
    problem(school().get("/suggestions", fits="misschien"), 400)
    problem(officer.get("/suggestions"), 400)
    assert len(officer.get("/suggestions", school=key).json()["results"]) == 1


def test_needs_are_set_against_a_version(world, api, school, officer, problem):
    path = f"/schools/{world.schools['90AA']}/needs"
    client = school()
    empty = client.get(path)
    assert empty.json() | {"school": ""} == {"school": "", "targetGroups": [], "statedOn": None, "version": 0}
    wanted = {"targetGroups": ["parents"]}
    problem(api().patch(path, wanted), 401)
    problem(school("90AB").patch(path, wanted), 404)
    problem(officer.patch(path, wanted), 403)
    problem(client.patch(path, wanted), 428)
    problem(client.patch(path, wanted, If_Match="x"), 400)
    problem(client.patch(path, {"targetGroups": ["onzin"]}, If_Match='"0"'), 400)
    done = client.patch(path, wanted, If_Match=empty["ETag"])
    assert (done.status_code, done.json()["version"], done["ETag"]) == (200, 1, '"1"')
    old = problem(client.patch(path, {"targetGroups": ["mental_problems"]}, If_Match='"0"'), 412)
    assert "parents" in str(old) and "mental_problems" in str(old)


def test_places_are_set_against_a_version(world, api, school, officer, problem):
    path = f"/activities/{world.activity()}/places"
    first = officer.get(path)
    assert first.json()["places"] is None
    problem(api().patch(path, {"places": 3}), 401)
    for stranger in (school(), api("policy_officer", "9902"), api("council_member")):
        problem(stranger.get(path), 404)
        problem(stranger.patch(path, {"places": 3}), 404)
    problem(api("budget_holder").patch(path, {"places": 3}), 403)
    problem(officer.patch(path, {"places": 3}), 428)
    old = problem(officer.patch(path, {"places": "x"}, If_Match='"99"'), 412)
    assert (old["yours"], old["current"]["places"], old["version"]) == ({"places": "x"}, None, 1)
    for wrong in (-1, 100_001, "x", "5", True, 1.5, 10**400):
        problem(officer.patch(path, {"places": wrong}, If_Match=first["ETag"]), 400)
    problem(officer.patch(path, {}, If_Match=first["ETag"]), 400)
    done = officer.patch(path, {"places": 60}, If_Match=first["ETag"])
    assert (done.status_code, done.json()["places"]) == (200, 60)
    problem(officer.patch(path, {"places": 61}, If_Match=first["ETag"]), 412)
    again = officer.patch(path, {"places": None}, If_Match=done["ETag"])
    assert again.json()["places"] is None


def test_a_partner_answers_for_its_role(world, api, partner, officer, problem):
    world.activity(partners=(NamedPartner(partner_id=world.partners[NAME], name=NAME),))
    path = f"/partner-roles/{PartnerRole.objects.get().pk}/decisions"
    client = partner()
    (role,) = client.get("/partner-roles").json()["results"]
    assert (role["state"], role["partnerName"], role["activityNumber"]) == ("named", NAME, "MRS-001")
    problem(api().post(path, {"decision": "confirm"}), 401)
    for stranger in (partner("Stichting Boekenboot"), api("policy_officer", "9902")):
        problem(stranger.post(path, {"decision": "confirm"}), 404)
        assert stranger.get("/partner-roles").json()["results"] == []
    problem(officer.post(path, {"decision": "confirm"}), 403)
    problem(officer.post(path, {"decision": "onzin"}), 403)
    problem(client.post(path, {"decision": "onzin"}), 400)
    problem(client.post(path, {"decision": "decline"}), 400)
    assert client.post(path, {"decision": "decline", "reason": "no_capacity"}).json()["reason"] == "no_capacity"
    assert client.post(path, {"decision": "confirm"}).json()["state"] == "confirmed"


def test_the_register_of_schools(world, api, school, officer, problem):
    given = {"code": "94AA", "name": "De Meent", "schoolTypes": ["basisschool"], "municipality": "9901"}
    problem(api().post("/schools", given), 401)
    problem(school().post("/schools", given), 403)
    problem(api("policy_officer", "9902").post("/schools", given), 403)
    problem(api("policy_officer", "9902").post("/schools", {"municipality": "9901"}), 403)
    made = officer.post("/schools", given)
    assert made.status_code == 201
    assert (made.json()["locationCode"], made.json()["schoolTypes"]) == ("94AA00", ["basisschool"])
    assert officer.post("/schools", given).json()["id"] == made.json()["id"]
    wrong = problem(officer.post("/schools", {**given, "code": "?", "schoolTypes": ["club"]}), 400)
    assert {one["field"] for one in wrong["errors"]} == {"code", "schoolTypes"}
    problem(officer.post("/schools", {**given, "code": "91BA"}), 409)
    path = f"/schools/{made.json()['id']}"
    assert officer.get(path).json()["name"] == "De Meent"
    problem(api("policy_officer", "9902").get(path), 404)
    assert [one["name"] for one in officer.get("/schools", q="meent").json()["results"]] == ["De Meent"]
    assert {one["municipality"] for one in officer.get("/schools").json()["results"]} == {"9901"}
    assert [one["brin"] for one in school().get("/schools").json()["results"]] == ["90AA"]
    assert School.objects.count() == 20


def test_the_register_of_partners(world, api, partner, officer, problem):
    given = {"name": "Nieuwe Club", "municipality": "9901", "partnerType": "youth_work"}
    problem(api().post("/partners", given), 401)
    problem(api("policy_officer", "9902").post("/partners", given), 403)
    made = officer.post("/partners", given)
    assert (made.status_code, made.json()["partnerType"]) == (201, "youth_work")
    assert officer.post("/partners", {**given, "name": "nieuwe CLUB"}).json()["id"] == made.json()["id"]
    problem(officer.post("/partners", {**given, "partnerType": "circus"}), 400)
    problem(officer.post("/partners", {**given, "name": "\u202e"}), 400)
    problem(api("policy_officer", "9903").get(f"/partners/{made.json()['id']}"), 404)
    assert [one["name"] for one in partner().get("/partners").json()["results"]] == [NAME]
    assert Partner.objects.count() == 31


def test_the_document_is_public_and_unknown_paths_are_problems(api, officer, problem):
    document = api().get("/openapi.json")
    assert document.status_code == 200
    assert "/matching/api/v1/participations" in str(document.json()["paths"].keys())
    problem(officer.get("/onzin"), 404)
    problem(officer.get("/participations/"), 404)
