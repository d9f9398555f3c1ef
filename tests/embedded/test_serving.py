"""The house with the full example world: ready only with everything in, kept over a stop, clear to who starts it."""

import os
import re
import sqlite3
import stat
import time
from contextlib import closing

import pytest
from tests.embedded.conftest import fetch, figures

from coordination.testing.running_house import beside, start_house

TOTAL = 467363930


@pytest.fixture(scope="module")
def house(house_in):
    """One house for all tests of this module; the last of them stop and start it."""
    return house_in("full")


def test_when_it_says_ready_every_figure_is_in(house):
    found = figures(house)
    assert sum(len(one["activities"]) for one in found.values()) == 30
    assert sum(total for one in found.values() for total, _phasing in one["activities"].values()) == TOTAL
    assert sum(one["summary"]["plannedCents"] for one in found.values()) == TOTAL
    assert all(len(one["summary"]["activities"]) == len(one["activities"]) for one in found.values())


def test_the_start_prints_the_address_the_accounts_and_their_password(house):
    said = (house.folder / "output.txt").read_text()
    assert house.address in said
    assert "raad@merenstad.example" in said and house.password in said
    assert "bijgewerkt" not in said, "a first start has nothing to lose and makes no copy"
    assert not (house.folder / "backups").exists()


def test_secrets_and_data_are_for_their_owner_only(house):
    assert stat.S_IMODE((house.folder / "secrets").stat().st_mode) == 0o700
    kept = [*(house.folder / "secrets").iterdir(), *house.folder.glob("*.sqlite3"), house.folder / "world.json"]
    assert len(kept) > 6
    assert {stat.S_IMODE(place.stat().st_mode) for place in kept} == {0o600}


def test_a_second_start_on_the_same_folder_says_so_and_ends(house):
    answer = beside(house.folder, "serve", PORT="1")
    assert answer.returncode == 1
    assert "draait al een huis" in answer.stderr and house.address in answer.stderr
    assert fetch(f"{house.address}/-/health/live")[0] == 200


def test_commands_beside_the_running_house(house):
    before = figures(house)
    doctor = beside(house.folder, "doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert "Huis draait: ja" in doctor.stdout and "Alles in orde." in doctor.stdout
    link = beside(house.folder, "admin", "link")
    assert link.returncode == 1 and "al een beheerder" in link.stderr
    nobody = beside(house.folder, "token", "create", "--account", "niemand@merenstad.example")
    assert nobody.returncode == 1 and "geen account" in nobody.stderr
    token = beside(house.folder, "token", "create", "--account", "beleid@merenstad.example").stdout.splitlines()[-1]
    assert fetch(f"{house.address}/intake/api/v1/activities", token)[0] == 200
    again = beside(house.folder, "example")
    assert again.returncode == 0, again.stderr
    assert figures(house) == before


def test_a_token_that_expired_is_refused_with_a_problem(house):
    answer = beside(house.folder, "token", "create", "--account", "beleid@merenstad.example", "--days", "-1")
    status, headers, text = fetch(f"{house.address}/intake/api/v1/activities", answer.stdout.splitlines()[-1])
    assert status == 401
    assert headers["content-type"].startswith("application/problem+json")
    assert "Traceback" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/inloggen",
        "/intake/activities",
        "/matching/",
        "/reporting/council/9901",
        "/bestaat-niet",
        "/intake/activities/00000000-0000-0000-0000-000000000000",
        "/intake/api/v1/bestaat-niet",
        "/%00",
    ],
)
def test_every_answer_carries_the_content_policy_and_no_trace(house, path):
    status, headers, text = fetch(house.address + path)
    assert status < 500
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "Traceback" not in text and "site-packages" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", text)


def test_another_host_name_is_refused(house):
    status, _headers, text = fetch(f"{house.address}/inloggen", Host="kwaad.example")
    assert status == 400
    assert "Traceback" not in text


def test_no_static_file_is_missing_from_a_page(house):
    _status, _headers, text = fetch(f"{house.address}/inloggen")
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)
    assert files
    for place in files:
        assert fetch(house.address + place)[0] == 200, place


def test_told_to_stop_it_ends_well_and_starts_again_with_all_that_was_there(house, house_in):
    before = figures(house)
    assert house.stop() == 0
    began = time.monotonic()
    again = house_in("full", house.folder)
    print(f"ready again after {time.monotonic() - began:.1f} s")
    assert figures(again) == before
    assert again.stop() == 0


def test_a_start_that_must_migrate_makes_a_copy_first(house, house_in):
    identity = house.folder / "identity.sqlite3"
    with closing(sqlite3.connect(identity)) as connection:
        connection.executescript("DROP TABLE django_session; DELETE FROM django_migrations WHERE app = 'sessions';")
        accounts = connection.execute("SELECT count(*) FROM identity_account").fetchone()[0]
    again = house_in("full", house.folder)
    (copy,) = (house.folder / "backups").iterdir()
    assert str(copy) in (house.folder / "output.txt").read_text()
    assert {place.name for place in copy.iterdir()} == {
        *(f"{name}.sqlite3" for name in ("identity", "intake", "matching", "reporting", "log")),
        "world.json",
    }
    with closing(sqlite3.connect(copy / "identity.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM identity_account").fetchone()[0] == accounts
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_session'").fetchall()
    assert fetch(f"{again.address}/inloggen")[0] == 200
    assert again.stop() == 0


def test_killed_it_leaves_no_lock_behind(house, house_in):
    again = house_in("full", house.folder)
    again.kill()
    assert "Huis draait: nee" in beside(house.folder, "doctor").stdout
    assert start_house(house.folder, "full").stop() == 0
    assert os.path.exists(house.folder / "house.lock")
