"""One process that comes back when it ends by itself, as compose's restart: unless-stopped does."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.local.leftovers import end_family

from coordination.testing import processes

PROGRAMS = Path(sys.executable).parent
FIRST_WAIT, LONGEST_WAIT = 0.1, 30.0
# Who lives this long did start; the next end is waited for as if it were the first.
LIVED = 10.0
KILLED_AFTER = 20.0


class Process:
    """A program with its environment and a log file of its own."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.command = tuple(command)
        self.log = log
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._wanted = False
        self._started_at = 0.0
        self._again_at = 0.0
        self._wait = FIRST_WAIT
        self._lock = threading.RLock()

    @property
    def pid(self) -> int | None:
        """Its number while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> None:
        """Start it, unless it runs."""
        with self._lock:
            self._wanted = True
            if self.pid is None:
                self._begin()

    def run(self) -> int:
        """Run it to its end; gives its status."""
        with self._lock:
            self._begin()
            assert self._process is not None
        return self._process.wait()

    def look(self) -> str:
        """Start it again when it ended by itself and has waited long enough; gives what there is to tell."""
        with self._lock:
            if not self._wanted or self._process is None or self.pid is not None:
                return ""
            now = time.monotonic()
            if not self._again_at:
                if now - self._started_at > LIVED:
                    self._wait = FIRST_WAIT
                self._again_at = now + self._wait
                self._wait = min(self._wait * 2, LONGEST_WAIT)
                return f"{self.name} is beëindigd met status {self._process.returncode} en wordt opnieuw gestart."
            if now >= self._again_at:
                self._begin()
            return ""

    def kill(self) -> None:
        """kill -9; it comes back."""
        with self._lock:
            if (pid := self.pid) is not None:
                os.kill(pid, signal.SIGKILL)

    def ask_to_stop(self) -> None:
        """SIGTERM, once: a second one would hit a process that has put its handlers away; it stays away."""
        with self._lock:
            asked, self._wanted = not self._wanted, False
            if not asked and self.pid is not None and self._process is not None:
                self._process.terminate()

    def stop(self) -> int | None:
        """Ask it to stop and wait for that; gives its status, or None when it did not run."""
        self.ask_to_stop()
        if self._process is None:
            return None
        try:
            return self._process.wait(KILLED_AFTER)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def restart(self) -> None:
        """Stop it in order and start it again."""
        self.stop()
        self.start()

    def _begin(self) -> None:
        if self._process is not None:
            end_family(self._process.pid)
        program = PROGRAMS / self.command[0]
        words = [str(program) if program.exists() else self.command[0], *self.command[1:]]
        with self.log.open("ab") as written:
            self._process = subprocess.Popen(
                processes.tied(*words),
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
                start_new_session=True,
            )
        self._started_at, self._again_at = time.monotonic(), 0.0
