"""Processes that are started again when they end by themselves, as compose does with restart: unless-stopped."""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from coordination.testing.processes import tied

LOOK_EVERY = 0.05
FIRST_WAIT = 0.1
LONGEST_WAIT = 5.0
BEGUN_AFTER = 1.5


@dataclass
class Kept:
    """One process of the house by its name, whichever number the system gave it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    written: Path
    process: subprocess.Popen[bytes] | None = None
    ends: list[int] = field(default_factory=list)
    wanted: bool = True
    ran_since: float = 0.0
    again_at: float = 0.0

    @property
    def pid(self) -> int:
        """The number of the running process. Raises AssertionError while there is none."""
        assert self.process is not None and self.process.poll() is None, f"{self.name} does not run"
        return self.process.pid

    @property
    def runs(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None

    @property
    def has_begun(self) -> bool:
        """Whether it runs, and did so long enough to have come to code of our own."""
        return self.runs and time.monotonic() - self.ran_since > BEGUN_AFTER

    def said(self) -> str:
        """The last of what it wrote."""
        return self.written.read_text(errors="replace")[-3000:] if self.written.exists() else ""


class Keeper:
    """Starts processes, and starts those that end again; each a little later when it keeps ending."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.RLock()
        self._ending = threading.Event()
        self._restarts = 0
        self.kept: dict[str, Kept] = {}
        # The system ends a tied process together with the thread that started it, so this one starts them all.
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def keep(self, name: str, command: list[str], environment: dict[str, str]) -> Kept:
        """Start a process and keep it running."""
        one = Kept(name=name, command=command, environment=environment, written=self._folder / f"{name}.log")
        with self._guard:
            assert name not in self.kept or not self.kept[name].runs, f"{name} runs already"
            self.kept[name] = one
        while not one.runs and not one.ends:
            time.sleep(0.01)
        return one

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Send a process a signal; it is started again when it ends by that."""
        os.kill(self.kept[name].pid, how)

    def stop(self, *names: str, within: float = 10.0) -> dict[str, int | None]:
        """Ask processes to end, all at once, and give their exit statuses; None for one that did not in time."""
        chosen = [self.kept[name] for name in names or tuple(self.kept)]
        # One that has hardly begun does not know yet how to end well.
        while any(one.wanted and not one.has_begun for one in chosen):
            time.sleep(LOOK_EVERY)
        with self._guard:
            for one in chosen:
                one.wanted = False
                if one.process is not None and one.runs:
                    one.process.terminate()
        until = time.monotonic() + within
        statuses: dict[str, int | None] = {}
        for one in chosen:
            try:
                assert one.process is not None
                statuses[one.name] = one.process.wait(max(0.01, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                statuses[one.name] = None
        return statuses

    def end(self) -> None:
        """End everything at once, and for good."""
        with self._guard:
            self._ending.set()
            for one in self.kept.values():
                one.wanted = False
                if one.process is not None and one.runs:
                    one.process.kill()
                    one.process.wait()
        self._thread.join(5)

    def restarts(self) -> int:
        """How often something had to be started again."""
        return self._restarts

    def said(self) -> str:
        """The last of what each process wrote."""
        return "\n".join(f"--- {name}\n{one.said()}" for name, one in sorted(self.kept.items()))

    def _look(self) -> None:
        while not self._ending.wait(LOOK_EVERY):
            with self._guard:
                for one in self.kept.values():
                    if one.wanted and not self._ending.is_set():
                        self._look_at(one)

    def _look_at(self, one: Kept) -> None:
        now = time.monotonic()
        if one.process is not None:
            status = one.process.poll()
            if status is None:
                return
            one.ends.append(status)
            self._restarts += 1
            one.process = None
            # One that ran well for a while begins anew at once.
            quick = len(one.ends) if now - one.ran_since < 10 else 0
            one.again_at = now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(quick, 6))
        if now < one.again_at:
            return
        with open(one.written, "ab") as written:
            one.process = subprocess.Popen(
                tied(*one.command), env=one.environment, stdout=written, stderr=written, stdin=subprocess.DEVNULL
            )
        one.ran_since = now
