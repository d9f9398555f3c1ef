"""Processes of tests and benchmarks: a free port, the wait until ready, and an end together with their starter."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
PATIENCE = 240.0


class NotReady(AssertionError):
    """A process ended by itself or did not answer in time; the message holds what it said."""


def free_port() -> int:
    """A port of this machine nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def tied(*command: str) -> list[str]:
    """The command as one that the system ends when its starter dies, so that a killed run leaves nothing behind."""
    return [sys.executable, __file__, str(os.getpid()), *command]


def wait_until_ready(address: str, process: subprocess.Popen[bytes], said: Path, patience: float = PATIENCE) -> None:
    """Wait until /-/health/ready of an address answers 200.

    Raises NotReady, with the text of the file said, when the process ends or the seconds of patience are over.
    """
    until = time.monotonic() + patience
    while not answers(address):
        if process.poll() is not None or time.monotonic() > until:
            raise NotReady(f"exit status {process.poll()}\n{said.read_text()}")
        time.sleep(0.1)


def answers(address: str) -> bool:
    """Whether a house or a service at an address says it is ready."""
    try:
        with urllib.request.urlopen(f"{address}/-/health/ready", timeout=3) as answer:
            return answer.status == 200
    except OSError:
        return False


def _become(starter: int, command: Sequence[str]) -> None:
    """Turn this process into the command, tied to its starter as far as the system knows how."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != starter:
            sys.exit("whoever asked for this is gone")
    os.execvp(command[0], command)


if __name__ == "__main__":
    _become(int(sys.argv[1]), sys.argv[2:])
