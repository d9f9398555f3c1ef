"""A process told to end while it still begins ends at once, wherever in its beginning that meets it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

# The signal comes while something is thrown away, where Python swallows every exception.
TOLD_WHERE_NOTHING_CAN_BE_RAISED = """
import os, signal, weakref
class Thing: pass
thing = Thing()
kept = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.SIGTERM))
del thing
from intake.settings import *
"""
WITHIN = 10


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "told_to_end.py").write_text(TOLD_WHERE_NOTHING_CAN_BE_RAISED)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "VIERSPAN"))}
    return kept | {"PYTHONPATH": str(tmp_path), "VIERSPAN_DATA": str(tmp_path / "data"), "PORT": "0"}


@pytest.mark.parametrize("command", ["serve", "relay", "consume"])
def test_also_where_no_exception_gets_through(command: str, environment: dict[str, str]):
    answer = subprocess.run(
        [sys.executable, "-m", "intake", command],
        env=environment | {"DJANGO_SETTINGS_MODULE": "told_to_end"},
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0


@pytest.mark.parametrize("command", ["serve", "relay", "consume"])
def test_at_any_moment(command: str, environment: dict[str, str]):
    for moment in (0.0, 0.2, 0.4, 0.7, 1.0, 1.5, 2.0, 3.0):
        process = subprocess.Popen(
            [sys.executable, "-m", "intake", command],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        time.sleep(moment)
        process.terminate()
        try:
            _, said = process.communicate(timeout=WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            pytest.fail(f"told to end after {moment} s, {command} did not within {WITHIN} s")
        # The first tenths of a second are Python's own, which ends by the signal.
        assert process.returncode in (0, -signal.SIGTERM), said.decode()[-2000:]
