"""The service form as an operator keeps it: its doctors find nothing wrong, and who is killed comes back."""

import time
import urllib.error

import pytest
from tests.journeys.conftest import SERVICE_FORM

pytestmark = [pytest.mark.browser, SERVICE_FORM, pytest.mark.parametrize("full_house", ["service"], indirect=True)]
SUMMARY = "/reporting/api/v1/municipalities/9904/summary"


def test_the_doctor_of_each_service_finds_nothing_wrong(full_house):
    for service in ("intake", "matching", "reporting"):
        said = full_house.run(service, "doctor")
        assert "Alles in orde." in said, said


def test_a_command_is_heard_although_all_who_carry_it_are_killed(full_house):
    token = full_house.token("beleid@columba.example")
    before = full_house.call(token, SUMMARY)["realisedCents"]
    activity = full_house.call(token, "/intake/api/v1/activities?q=digitale")["results"][0]
    for name in ("intake-relay", "reporting-consume", "reporting-web"):
        full_house.kill(name)
    entry = {"kind": "spending", "date": "2025-01-13", "amountCents": 4321, "fundingSource": "np_onderwijs"}
    full_house.call(token, f"/intake/api/v1/activities/{activity['id']}/entries", entry)
    until = time.monotonic() + 90
    while _realised(full_house, token) != before + 4321:
        assert time.monotonic() < until, "the news did not come through"
        time.sleep(0.2)
    full_house.restart("intake-web")
    while _realised(full_house, token, "/intake/api/v1/activities") is None:
        assert time.monotonic() < until, "intake did not come back"
        time.sleep(0.2)


def _realised(house, token: str, path: str = SUMMARY) -> int | None:
    try:
        return house.call(token, path).get("realisedCents", 0)
    except urllib.error.HTTPError:
        return None  # its process is on its way back
