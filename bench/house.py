"""A house with the full example world for the benchmarks: a process of its own, gone afterwards."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = str(Path(sys.executable).parent / "vierspan")
PATIENCE = 300


@dataclass(frozen=True)
class House:
    """Where it answers, and where its data is."""

    address: str
    folder: Path

    @property
    def password(self) -> str:
        """The password of all example accounts."""
        return (self.folder / "secrets" / "example-password").read_text().strip()

    def token(self, account: str) -> str:
        """An API token of an example account."""
        command = [PROGRAM, "token", "create", "--account", account]
        surroundings = os.environ | {"VIERSPAN_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "vierspan.settings"}
        answer = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
        return answer.stdout.strip().splitlines()[-1]

    def call(self, token: str, path: str, body: dict | None = None) -> dict:
        """Ask its API, or post something to it."""
        request = urllib.request.Request(
            self.address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def running_house() -> Iterator[House]:
    """Start it, wait until it is ready, and stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="vierspan-bench-") as folder:
        surroundings = os.environ | {"VIERSPAN_DATA": folder, "PORT": str(port), "HOST": "127.0.0.1", "EXAMPLE": "full"}
        surroundings["DJANGO_SETTINGS_MODULE"] = "vierspan.settings"
        process = subprocess.Popen([PROGRAM, "serve"], env=surroundings, stdout=subprocess.DEVNULL)
        house = House(address=f"http://127.0.0.1:{port}", folder=Path(folder))
        try:
            _wait_until_ready(house, process)
            yield house
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _wait_until_ready(house: House, process: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit("the house ended by itself")
        try:
            with urllib.request.urlopen(f"{house.address}/-/health/ready", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the house did not become ready")
