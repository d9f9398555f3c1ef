"""One house per data folder: a second start says so and ends."""

import fcntl
import os
from pathlib import Path
from typing import IO


class AlreadyRunning(RuntimeError):
    """Another process runs the house of this data folder; the message tells which and where."""


class HouseLock:
    """Held for as long as the process lives; the operating system lets go of it when the process is killed."""

    def __init__(self, folder: Path) -> None:
        self._place = folder / "house.lock"
        self._file: IO[str] | None = None

    def take(self, address: str) -> None:
        """Take the lock and write down who has it. Raises AlreadyRunning."""
        handle = open(self._place, "a+")  # noqa: SIM115 - kept open for the life of the process
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            raise AlreadyRunning(handle.read().strip()) from None
        handle.truncate(0)
        handle.write(f"proces {os.getpid()} op {address}")
        handle.flush()
        self._file = handle

    def is_taken(self) -> bool:
        """Whether another process has it now."""
        if not self._place.exists():
            return False
        with open(self._place) as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False
