"""Which processes a house started, written down for people and for the next start after one that was killed."""

import fcntl
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from infra.local.words import NoHouse

PATIENCE = 20.0


class HouseLock:
    """Held while a house runs; the system lets go of it when its process is killed."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / "house.lock"
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take it. Raises NoHouse when another process has it."""
        handle = self._place.open("a+")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            who = handle.read().strip()
            raise NoHouse(f"In de map {self._place.parent} draait al een huis ({who}). Er is niets gestart.") from None
        handle.truncate(0)
        handle.write(f"proces {os.getpid()}")
        handle.flush()
        self._file = handle

    def let_go(self) -> None:
        """Give it back."""
        if self._file is not None:
            self._file.close()
            self._file = None


def note(folder: Path, pids: Mapping[str, int]) -> None:
    """Write down which processes run, a line each: name, process, and the moment it began as the system counts."""
    lines = [f"{name}\t{pid}\t{_began(pid)}\n" for name, pid in sorted(pids.items())]
    temporary = place_of(folder).with_suffix(".new")
    temporary.write_text("".join(lines))
    temporary.replace(place_of(folder))


def forget(folder: Path) -> None:
    """Nothing runs any more."""
    place_of(folder).unlink(missing_ok=True)


def place_of(folder: Path) -> Path:
    """The list of processes."""
    return folder / "processes.txt"


def end(folder: Path) -> list[str]:
    """End what a start that was killed left behind; gives the names. Raises NoHouse when one does not end."""
    place = place_of(folder)
    if not place.exists():
        return []
    left = {}
    for line in place.read_text().splitlines():
        name, pid, began = line.split("\t")
        # A number may have gone to a stranger since; the moment it began tells.
        if began and _began(int(pid)) == began:
            os.kill(int(pid), signal.SIGINT if name == "postgresql" else signal.SIGTERM)
            left[name] = int(pid)
        elif not _began(int(pid)) and end_family(int(pid)):
            left[name] = int(pid)
    until = time.monotonic() + PATIENCE
    while alive := [name for name, pid in left.items() if _began(pid)]:
        if time.monotonic() > until:
            raise NoHouse(f"Van een eerdere start draaien nog {', '.join(alive)}; zie {place}")
        time.sleep(0.1)
    place.unlink()
    return list(left)


def end_family(pid: int) -> bool:
    """End what a process left behind when it was killed, such as the workers of a proxy; whether there was any."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _began(pid: int) -> str:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]
