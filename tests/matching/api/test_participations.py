"""Joining over the API: shapes, the order of refusals, requests sent twice, and what others never see."""

from html import escape

import pytest

from coordination.contracts.identifiers import new_id
from coordination.contracts.intake import NamedPartner
from matching.commands.offers import set_places
from matching.commands.register import register_school
from matching.models import OutboxEntry, Participation

pytestmark = pytest.mark.django_db(databases="__all__")
KEYS = {
    "id",
    "activity",
    "activityNumber",
    "activityTitle",
    "school",
    "schoolName",
    "municipality",
    "state",
    "origin",
    "confirmed",
    "pupils",
    "pupilsHidden",
    "reason",
    "position",
    "version",
    "changedAt",
}


@pytest.fixture
def activity(world):
    return world.activity()


def body(world, activity, brin="90AA", **other):
    return {"activity": str(activity), "school": str(world.schools[brin]), "pupils": 12, **other}


def fields(found):
    return [(one["field"], one["code"]) for one in found["errors"]]


def test_a_school_asks_and_the_officer_answers(world, school, officer, activity):
    asked = school().post("/participations", body(world, activity, note="Past dit?"))
    assert asked.status_code == 201
    found = asked.json()
    assert set(found) == KEYS
    assert (found["state"], found["pupils"], found["origin"], found["municipality"]) == (
        "requested",
        12,
        "school",
        "9901",
    )
    assert found["changedAt"].endswith("Z") or found["changedAt"].endswith("+00:00")
    decided = officer.post(f"/participations/{found['id']}/decisions", {"decision": "accept"})
    assert (decided.status_code, decided.json()["state"]) == (200, "joined")
    listed = school().get("/participations").json()
    assert (listed["next"], [one["state"] for one in listed["results"]]) == (None, ["joined"])


def test_an_officer_records_a_school_and_it_confirms(world, school, officer, activity):
    recorded = officer.post("/participations", body(world, activity, pupils=None))
    assert recorded.status_code == 201
    assert (recorded.json()["origin"], recorded.json()["pupils"]) == ("municipality", None)
    path = f"/participations/{recorded.json()['id']}/confirmations"
    confirmed = school().post(path, {"pupils": 9})
    assert (confirmed.json()["confirmed"], confirmed.json()["pupils"]) == (True, 9)


def test_a_withdrawal_moves_the_next_one_up(world, school, officer, activity):
    set_places(actor=world.officer(), activity=activity, places=12)
    first = school().post("/participations", body(world, activity)).json()
    officer.post(f"/participations/{first['id']}/decisions", {"decision": "accept"})
    second = school("90AB").post("/participations", body(world, activity, "90AB")).json()
    assert (second["state"], second["position"]) == ("waiting", 1)
    gone = school().post(f"/participations/{first['id']}/withdrawals", {"reason": "changed_need"})
    assert gone.json()["state"] == "withdrawn"
    assert school("90AB").get(f"/participations/{second['id']}").json()["state"] == "joined"


def test_the_same_key_is_one_act_and_another_body_is_refused(world, school, activity, problem):
    client = school()
    first = client.post("/participations", body(world, activity), Idempotency_Key="k1")
    second = client.post("/participations", body(world, activity), Idempotency_Key="k1")
    assert (first.status_code, second.status_code, first.json()) == (201, 201, second.json())
    problem(client.post("/participations", body(world, activity, pupils=3), Idempotency_Key="k1"), 409)
    assert OutboxEntry.objects.filter(topic="matching.participations").count() == 1


def test_refusals_come_in_their_order(world, api, school, officer, activity, problem):
    mine = school().post("/participations", body(world, activity)).json()["id"]
    nonsense = {"decision": "burn"}
    path = f"/participations/{mine}/decisions"
    problem(api().post(path, nonsense), 401)
    problem(api("policy_officer", "9902").post(path, nonsense), 404)
    problem(school("90AB").post(path, nonsense), 404)
    problem(school().post(path, nonsense), 403)
    problem(api("budget_holder").post(path, nonsense), 403)
    assert fields(problem(officer.post(path, nonsense), 400)) == [("decision", "unknown-decision")]
    assert fields(problem(officer.post(path, {"decision": "decline"}), 400)) == [("reason", "reason-missing")]
    officer.post(path, {"decision": "decline", "reason": "overlap"})
    problem(officer.post(path, {"decision": "accept"}), 409)
    problem(officer.post(f"/participations/{new_id()}/decisions", nonsense), 404)


def test_a_code_names_a_school_while_it_has_one_location(world, school, officer, activity, problem):
    given = body(world, activity)
    assert school().post("/participations", given | {"school": "90aa"}).json()["schoolName"] == "De Lisdoddekring"
    assert school().get("/suggestions", school="90AA00").status_code == 200
    register_school(
        actor=world.officer(), code="90AA01", name="De Dependance", school_types=["basisschool"], municipality="9901"
    )
    for client in (school(), officer):
        assert fields(problem(client.post("/participations", given | {"school": "90AA"}), 400)) == [
            ("school", "location-needed")
        ]
    assert fields(problem(school().get("/suggestions", school="90AA"), 400)) == [("school", "location-needed")]
    problem(school("90AB").get("/suggestions", school="90AA"), 404)
    assert school().get("/suggestions", school="90AA00").status_code == 200
    for strange in ("99ZZ", "onzin", "90AA02"):
        problem(school().get("/suggestions", school=strange), 404)
        problem(school().post("/participations", given | {"school": strange}), 404)


@pytest.mark.parametrize("pupils", [0, -1, 5001, 10**12, "veel", 2.5, None])
def test_bad_numbers_are_told_by_field(world, school, activity, problem, pupils):
    found = problem(school().post("/participations", body(world, activity, pupils=pupils)), 400)
    assert [one["field"] for one in found["errors"]] == ["pupils"]
    assert not Participation.objects.exists()


@pytest.mark.parametrize("note", [3, ["x"], "x" * 501])
def test_a_bad_note_is_told_by_field(world, school, activity, problem, note):
    found = problem(school().post("/participations", body(world, activity, note=note)), 400)
    assert [one["field"] for one in found["errors"]] == ["note"]


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"', "null", '{"activity": "x", "school": 3, "pupils": 1}'])
def test_what_is_no_request_is_400(school, problem, content):
    problem(school().post("/participations", content), 400)


def test_what_is_not_ones_own_is_not_there(world, api, school, partner, activity, problem):
    mine = school().post("/participations", body(world, activity, note="alleen voor ons")).json()["id"]
    elsewhere = world.activity(municipality="9902", number="DKM-1")
    strangers = (api("policy_officer", "9902"), school("90AB"), school("91BA"), partner())
    for stranger in strangers:
        problem(stranger.get(f"/participations/{mine}"), 404)
        assert stranger.get("/participations").json()["results"] == []
        assert stranger.get("/participations", municipality="9901").json()["results"] == []
        for pupils in (12, "veel"):
            problem(stranger.post("/participations", body(world, activity, pupils=pupils)), 404)
        for act in ("confirmations", "withdrawals"):
            problem(stranger.post(f"/participations/{mine}/{act}", {}), 404)
    problem(school().post("/participations", body(world, elsewhere)), 404)
    problem(school().post("/participations", body(world, new_id())), 404)
    assert escape("alleen voor ons") not in api("policy_officer").get("/participations").content.decode()


def test_few_pupils_are_hidden_from_the_council_and_not_from_the_partner(world, api, school, partner):
    name = "Stichting Welzijn Polderlicht"
    activity = world.activity(partners=(NamedPartner(partner_id=world.partners[name], name=name),))
    school().post("/participations", body(world, activity, pupils=3))

    def seen_by(client):
        (one,) = client.get("/participations").json()["results"]
        return one["pupils"], one["pupilsHidden"]

    assert seen_by(api("council_member")) == (None, True)
    assert seen_by(partner()) == (3, False)
    assert seen_by(api("policy_officer")) == (3, False)


def test_lists_filter_sort_and_refuse_a_filter_that_is_none(world, school, officer, activity, problem):
    school().post("/participations", body(world, activity))
    world.activity(number="MRS-002", schools=(world.schools["90AB"],))
    everything = officer.get("/participations", sort="-changedAt").json()["results"]
    assert [one["state"] for one in everything] == ["joined", "requested"]
    assert [one["schoolName"] for one in officer.get("/participations", state="requested").json()["results"]] == [
        "De Lisdoddekring"
    ]
    assert officer.get("/participations", school=str(world.schools["90AB"])).json()["results"][0]["state"] == "joined"
    problem(officer.get("/participations", state="onzin"), 400)
    problem(officer.get("/participations", activity="x"), 400)
    first = officer.get("/participations", limit="1").json()
    if first["next"]:
        assert len(first["results"]) == 1
