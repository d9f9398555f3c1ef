"""Each service starts and answers alone: only the library and itself can be imported, the other services cannot."""

import os
import signal
import subprocess
import sys
import sysconfig
import urllib.request
from pathlib import Path

import pytest

from coordination.testing import processes

ROOT = Path(__file__).parents[2]
SERVICES = ("intake", "matching", "reporting")

DOORS = {
    "intake": ["/", "/intake/uploads", "/intake/first-steps"],
    "matching": ["/matching/", "/matching/organisations"],
    "reporting": ["/reporting/"],
}

PROGRAM = """
import importlib.util, os, sys
service, others, doors = sys.argv[1], sys.argv[2].split(","), sys.argv[3].split(",")
os.environ["DJANGO_SETTINGS_MODULE"] = f"{service}.settings"
import django; django.setup()
for other in others:
    assert importlib.util.find_spec(other) is None, other
importlib.import_module(f"{service}.asgi"), importlib.import_module(f"{service}.subscriptions")
from coordination.service import cli
assert cli.main(service, ["migrate"]) == 0
assert cli.main(service, ["relay", "--once"]) == 0
assert cli.main(service, ["consume", "--once"]) == 0
from coordination.service import static_files
assert static_files.gather()
assert not static_files.gather()
from django.test import Client
from coordination.identity import accounts
account = accounts.create_account(email="beheer@vierspan.example", name="Beheer")
accounts.add_membership(account=account, role="administrator", kind="house", key="house", name="Vierspan")
browser = Client(SERVER_NAME="localhost")
browser.force_login(account, backend="coordination.identity.backends.Accounts")
for door in doors:
    answer = browser.get(door)
    assert answer.status_code in (200, 302), (door, answer.status_code)
    if answer.status_code == 200:
        assert "<h1" in answer.content.decode(), door
assert browser.get(f"/{service}/api/v1/openapi.json").status_code == 200
for other in others:
    assert browser.get(f"/{other}/api/v1/openapi.json").status_code == 404, other
assert not {name.split(".")[0] for name in sys.modules} & set(others)
print("alone")
"""


@pytest.fixture
def surroundings(tmp_path: Path):
    """The environment of a process in which one service can be imported and no other."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "PYTHON", "VIRTUAL"))}

    def of(service: str) -> dict[str, str]:
        # Path entries given through PYTHONPATH run no .pth files, so the editable installs of the others are not there.
        path = [sysconfig.get_path("purelib"), str(ROOT / "platform/src"), str(ROOT / "services" / service / "src")]
        return kept | {"PYTHONPATH": os.pathsep.join(path), "VIERSPAN_DATA": str(tmp_path / "data")}

    return of


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_alone_sees_no_other_and_opens_its_doors(service: str, tmp_path: Path, surroundings):
    python = os.path.realpath(sys.executable)
    others = [*(name for name in SERVICES if name != service), "vierspan"]
    answer = subprocess.run(
        [python, "-c", PROGRAM, service, ",".join(others), ",".join(DOORS[service])],
        cwd=tmp_path,
        env=surroundings(service),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-3000:]
    assert answer.stdout.strip().endswith("alone")

    port = processes.free_port()
    said = tmp_path / "output.txt"
    with open(said, "w") as output:
        process = subprocess.Popen(
            processes.tied(python, "-m", service, "serve"),
            cwd=tmp_path,
            env=surroundings(service) | {"PORT": str(port)},
            stdout=output,
            stderr=output,
        )
    try:
        processes.wait_until_ready(f"http://127.0.0.1:{port}", process, said)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/inloggen", timeout=30) as page:
            assert page.status == 200
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
