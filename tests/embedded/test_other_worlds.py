"""A house without example data, one with the register only, and starts that cannot be."""

import json

import pytest
from tests.embedded.conftest import ask, fetch

from coordination.testing.running_house import beside


def test_an_empty_house_gives_a_link_for_its_first_administrator(house_in):
    house = house_in("none")
    said = (house.folder / "output.txt").read_text()
    assert "voorbeeld" not in said.lower() and "wachtwoord" not in said.lower()
    link = next(word for word in said.split() if word.startswith(house.address) and word != house.address)
    status, _headers, text = fetch(link)
    assert status == 200 and "<form" in text
    assert fetch(link + "x")[0] in (404, 410)
    another = beside(house.folder, "admin", "link")
    assert another.returncode == 0 and "/" in another.stdout
    refused = beside(house.folder, "example")
    assert refused.returncode == 1 and "echt huis" in refused.stderr
    assert not (house.folder / "secrets" / "example-password").exists()
    assert json.loads((house.folder / "world.json").read_text()) == {"kind": "none"}
    assert house.stop() == 0


def test_a_register_house_has_schools_and_money_but_no_activities_until_the_example_is_asked_for(house_in):
    house = house_in("register")
    token = house.token("beheer@vierspan.example")
    assert ask(house, token, "/intake/api/v1/activities")["results"] == []
    summary = ask(house, token, "/reporting/api/v1/municipalities/9901/summary")
    assert summary["allocatedCents"] > 0 and not summary["plannedCents"]
    answer = beside(house.folder, "example", "full")
    assert answer.returncode == 0, answer.stderr
    assert len(ask(house, token, "/intake/api/v1/activities?limit=100")["results"]) == 30
    assert house.stop() == 0


@pytest.mark.parametrize(("environment", "word"), [({"EXAMPLE": "soms"}, "EXAMPLE"), ({"PORT": "achtduizend"}, "PORT")])
def test_a_setting_that_cannot_be_is_named(tmp_path, environment, word):
    answer = beside(tmp_path, "serve", **environment)
    assert answer.returncode == 2
    assert word in answer.stderr and "Traceback" not in answer.stderr


@pytest.mark.parametrize("words", [("doctor",), ("admin", "link"), ("token", "create", "--account", "a@b.example")])
def test_beside_a_folder_where_no_house_was_a_command_says_so(tmp_path, words):
    answer = beside(tmp_path, *words)
    assert answer.returncode == 1
    assert "nooit een huis gestart" in answer.stderr and "Traceback" not in answer.stderr


def test_a_port_in_use_ends_the_start_with_an_error(tmp_path, house_in):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = beside(tmp_path, "serve", EXAMPLE="none", PORT=str(taken.getsockname()[1]))
    assert answer.returncode not in (0, 2)
    assert "address already in use" in answer.stderr
