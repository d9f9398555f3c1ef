"""Journeys go through a real house: the process that make run starts, and a real browser."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PR_SET_PDEATHSIG = 1
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@dataclass(frozen=True)
class RunningHouse:
    """A house that answers at an address, and the one password of its example accounts."""

    address: str
    folder: Path
    process: subprocess.Popen

    @property
    def password(self) -> str:
        """The password all example accounts share."""
        return (self.folder / "secrets" / "example-password").read_text().strip()

    def token(self, account: str) -> str:
        """An API token for an account, made beside the running house."""
        answer = subprocess.run(
            [str(Path(sys.executable).parent / "vierspan"), "token", "create", "--account", account],
            env=os.environ | {"VIERSPAN_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "vierspan.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
        return answer.stdout.strip().splitlines()[-1]


def free_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end_with_parent() -> None:
    """Asks the system to end this child when the test run that started it dies, so that no house is left behind."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/-/health/ready", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def start_house(folder: Path, example: str) -> RunningHouse:
    """Start a house in a folder and wait until it is ready."""
    port = free_port()
    surroundings = os.environ | {
        "VIERSPAN_DATA": str(folder),
        "EXAMPLE": example,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "vierspan.settings",
    }
    surroundings.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    folder.mkdir(parents=True, exist_ok=True)
    output = open(folder / "output.txt", "w")  # noqa: SIM115 - belongs to the process
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "vierspan"), "serve"],
        env=surroundings,
        stdout=output,
        stderr=output,
        preexec_fn=end_with_parent,
    )
    house = RunningHouse(address=f"http://127.0.0.1:{port}", folder=folder, process=process)
    until = time.monotonic() + 180
    while not _ready(house.address):
        said = (folder / "output.txt").read_text()
        assert process.poll() is None, said
        assert time.monotonic() < until, said
        time.sleep(0.2)
    return house


def stop_house(house: RunningHouse) -> int:
    """Stop it as an operator would, and give its exit status."""
    house.process.send_signal(signal.SIGTERM)
    return house.process.wait(30)


@pytest.fixture(scope="session")
def full_house(tmp_path_factory) -> Iterator[RunningHouse]:
    """The whole example world, shared by the journeys of a run."""
    house = start_house(tmp_path_factory.mktemp("full"), "full")
    yield house
    assert stop_house(house) == 0


@pytest.fixture(scope="session")
def register_house(tmp_path_factory) -> Iterator[RunningHouse]:
    """The example world without activities."""
    house = start_house(tmp_path_factory.mktemp("register"), "register")
    yield house
    assert stop_house(house) == 0


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """The system's own Chromium."""
    place = next((name for name in CHROMIUM if Path(name).exists()), CHROMIUM[0])
    return {
        "executable_path": place,
        "headless": True,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-sync",
        ],
    }


@pytest.fixture
def sign_in(browser):
    """Open a browser window of one's own, signed in as an account of a house."""
    contexts = []

    def enter(house: RunningHouse, account: str, **options):
        context = browser.new_context(locale="nl-NL", **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto(f"{house.address}/inloggen")
        page.get_by_label("E-mailadres").fill(account)
        page.get_by_label("Wachtwoord").fill(house.password)
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_url(lambda url: "/inloggen" not in url)
        return page

    yield enter
    for context in contexts:
        context.close()
