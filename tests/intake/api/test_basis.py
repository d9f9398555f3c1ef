"""Municipalities and allocations over the API: laid by the administrator of the house, read by who works there."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
NEW = {"code": "0363", "name": "Waterstad", "numberPrefix": "wtr"}
GRANT = {"municipality": "9901", "component": "lump_sum", "amountCents": 100, "grantedOn": "2021-07-01"}


@pytest.fixture
def administrator(api):
    return api("administrator", "house", "house")


def codes(answer) -> set[str]:
    return {one["code"] for one in answer.json()["errors"]}


def test_a_municipality_comes_and_what_it_received(administrator):
    made = administrator.post("/municipalities", NEW)
    assert made.status_code == 201
    assert made.json()["numberPrefix"] == "WTR"
    assert made.json()["allocatedCents"] is None
    granted = administrator.post("/allocations", {**GRANT, "municipality": "0363", "pupils": 3})
    assert (granted.status_code, granted.json()["pupils"]) == (201, 3)
    found = {one["code"]: one for one in administrator.get("/municipalities").json()["results"]}
    assert found["0363"]["allocatedCents"] == 100


def test_a_code_that_is_taken_changes_nothing(administrator):
    assert administrator.post("/municipalities", {**NEW, "code": "9901"}).status_code == 409
    names = [one["name"] for one in administrator.get("/municipalities").json()["results"]]
    assert names == ["Merenstad", "Dijkermond", "Heidehoek", "Sint Columba"]


def test_the_same_key_twice_is_one_act(administrator):
    one, two = (administrator.post("/allocations", GRANT, Idempotency_Key="a") for _ in range(2))
    assert one.json()["id"] == two.json()["id"]
    other = administrator.post("/allocations", {**GRANT, "amountCents": 5}, Idempotency_Key="a")
    assert other.status_code == 409


def test_all_that_is_wrong_is_said_at_once(administrator):
    answer = administrator.post("/municipalities", {"zone": "Mars/Olympus"})
    assert answer.status_code == 400
    assert codes(answer) == {"required", "code-invalid", "zone-unknown"}
    answer = administrator.post("/allocations", {"municipality": "0000", "programme": "x"})
    assert answer.status_code == 400
    assert codes(answer) == {
        "required",
        "component-unknown",
        "date-invalid",
        "municipality-unknown",
        "programme-unknown",
    }
    assert administrator.post("/allocations", {**GRANT, "pupils": -1}).status_code == 400


@pytest.mark.parametrize("path", ["/municipalities", "/allocations"])
def test_nobody_else_lays_the_basis_not_even_with_nonsense(api, path):
    assert api().post(path, {}).status_code == 401
    for role in ("policy_officer", "budget_holder", "council_member"):
        assert api(role).post(path, {"nonsense": 1}).status_code == 403
