"""A whole house in a process of its own, as make run starts it: for journeys, kills and benchmarks."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from coordination.testing import processes

PROGRAM = str(Path(sys.executable).parent / "vierspan")


class House(ABC):
    """A house that answers at an address, in whatever form."""

    address: str

    @property
    @abstractmethod
    def password(self) -> str:
        """The password all example accounts share."""

    @abstractmethod
    def token(self, account: str) -> str:
        """An API token for an account."""

    def call(self, token: str, path: str, body: dict | None = None) -> dict:
        """What its API answers to a question, or to something posted. Raises HTTPError when it refuses."""
        request = urllib.request.Request(
            self.address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@dataclass(frozen=True)
class RunningHouse(House):
    """The embedded form, with its data in a folder."""

    address: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def password(self) -> str:
        """The password all example accounts share."""
        return (self.folder / "secrets" / "example-password").read_text().strip()

    def token(self, account: str) -> str:
        """An API token for an account, made beside the running house."""
        made = beside(self.folder, "token", "create", "--account", account)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip().splitlines()[-1]

    def stop(self) -> int:
        """Stop it as an operator would, and give its exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(60)


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a command of the house on a data folder."""
    kept = {key: value for key, value in os.environ.items() if key not in ("EXAMPLE", "PORT", "HOST")}
    return kept | {"VIERSPAN_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "vierspan.settings"} | more


def beside(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the house on a data folder to its end; more goes into its environment."""
    return subprocess.run(
        [PROGRAM, *words], env=surroundings(folder, **more), capture_output=True, text=True, check=False, timeout=120
    )


def begin_house(folder: Path, example: str) -> RunningHouse:
    """Start a house in a folder, with an example world (full, register or none), and do not wait for it.

    What it says goes into output.txt in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = processes.free_port()
    env = surroundings(folder, EXAMPLE=example, PORT=str(port), HOST="127.0.0.1")
    with open(folder / "output.txt", "w") as output:
        process = subprocess.Popen(processes.tied(PROGRAM, "serve"), env=env, stdout=output, stderr=output)
    return RunningHouse(address=f"http://127.0.0.1:{port}", folder=folder, process=process)


def start_house(folder: Path, example: str) -> RunningHouse:
    """Start a house in a folder and wait until it is ready. Raises NotReady when it never is."""
    house = begin_house(folder, example)
    try:
        processes.wait_until_ready(house.address, house.process, folder / "output.txt")
    except processes.NotReady:
        house.kill()
        raise
    return house
