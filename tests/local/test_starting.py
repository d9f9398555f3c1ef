"""What a start of the service form without Docker says when something is in its way, and what it clears up."""

import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from infra.local import LocalHouse, NoHouse, leftovers
from infra.local.process import Process

pytestmark = pytest.mark.needs("postgresql", "redis", "local-kafka", "provider", "nginx", "envsubst")


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vierspan-") as place:
        yield Path(place)


def test_a_second_start_in_the_same_folder_says_who_has_it(folder):
    first = LocalHouse(folder)
    with pytest.raises(NoHouse, match=rf"draait al een huis \(proces {os.getpid()}\)"):
        LocalHouse(folder)
    first.close()
    LocalHouse(folder).close()


def test_a_port_that_others_know_is_never_replaced_by_another(folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(NoHouse, match=f"Poort {port} is bezet.*PORT"):
            LocalHouse(folder, asked={"PORT": port})
    for asked in (port, 0):
        house = LocalHouse(folder, asked={"PORT": asked}, usual={"PORT": 1})
        assert house.address == f"http://127.0.0.1:{port}"
        house.close()


def test_a_folder_stays_the_house_it_was(folder):
    LocalHouse(folder, example="none").close()
    told = []
    again = LocalHouse(folder, example="full", tell=told.append)
    again.close()
    assert again.example == "none" and "EXAMPLE=full verandert dat niet" in told[0]


def test_secrets_are_for_their_owner_only_and_stay_the_same(folder):
    house = LocalHouse(folder)
    kept = {place.name: place.read_text() for place in (folder / "secrets").iterdir()}
    assert {"secret-key", "example-password", "intake-database-password", "redis-password"} <= set(kept)
    assert stat.S_IMODE((folder / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE(place.stat().st_mode) for place in (folder / "secrets").iterdir()} == {0o600}
    house.close()
    LocalHouse(folder).close()
    assert kept == {place.name: place.read_text() for place in (folder / "secrets").iterdir()}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")
def test_a_folder_that_postgresql_cannot_enter_is_named(folder):
    folder.chmod(0o700)
    with pytest.raises(NoHouse, match=f"mag niet in de map {folder}.*chmod"):
        LocalHouse(folder / "house")


def test_what_a_killed_start_left_behind_is_ended_and_strangers_are_not(folder):
    ours = subprocess.Popen(["sleep", "60"], start_new_session=True)
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    # The head of a family that was killed, and a child of it that goes on.
    family = subprocess.Popen(["sh", "-c", "sleep 60 & echo $!; wait"], start_new_session=True, stdout=subprocess.PIPE)
    child = int(family.stdout.readline())
    leftovers.note(folder, {"ours": ours.pid, "stranger": stranger.pid, "family": family.pid})
    place = leftovers.place_of(folder)
    place.write_text(place.read_text().replace(f"{stranger.pid}\t", f"{stranger.pid}\t1"))
    family.kill()
    family.wait()
    assert leftovers.end(folder) == ["family", "ours"]
    assert ours.wait(5) == -signal.SIGTERM
    assert stranger.poll() is None
    until = time.monotonic() + 10
    while _lives(child):
        assert time.monotonic() < until
        time.sleep(0.05)
    stranger.kill()
    stranger.wait()
    assert leftovers.end(folder) == []


def test_a_process_that_ends_comes_back_later_each_time_and_stays_away_when_asked(folder):
    log = folder / "log"
    process = Process("ends", ["sh", "-c", "echo began"], os.environ, log)
    process.start()
    said, until = [], _in(5)
    while log.read_text().count("began") < 4:
        assert not until(), log.read_text()
        said += filter(None, [process.look()])
    assert said[:3] == ["ends is beëindigd met status 0 en wordt opnieuw gestart."] * 3
    stays = Process("stays", [sys.executable, "-c", "import time; time.sleep(60)"], os.environ, log)
    stays.start()
    first = stays.pid
    stays.kill()
    while stays.pid in (None, first):
        stays.look()
    assert stays.stop() == -signal.SIGTERM
    assert stays.look() == "" and stays.pid is None
    process.stop()


def _in(seconds: float):
    import time

    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def _lives(pid: int) -> bool:
    """Whether a process is there and did not end yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
