"""What servers written in Java have in common here: the java program, files fetched by Maven, a process that ends."""

import fcntl
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST_JAVA = 17
KILLED_AFTER = 20.0

Refusal = Callable[[str], Exception]


def java(refusal: Refusal) -> str:
    """The java program. Raises what refusal makes of the words when it is absent or too old."""
    program = shutil.which("java")
    if program is None:
        raise refusal("Java 17 or newer is missing: install openjdk-17-jre-headless or a newer one")
    answer = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', answer.stderr)
    if not found or int(found[1]) < OLDEST_JAVA:
        raise refusal(f"Java 17 or newer is needed, and this one is {found[1] if found else 'unknown'}")
    return program


def fetch(pom: Path, into: Path, *options: str, instead: str, refusal: Refusal) -> None:
    """Let Maven put what a pom names into a folder. Raises what refusal makes of the words; instead is another way."""
    maven = shutil.which("mvn")
    if maven is None:
        raise refusal(f"Maven is missing: install maven, or {instead}")
    answer = subprocess.run(
        [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", *options, f"-DoutputDirectory={into}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise refusal(f"Maven could not fetch what {pom.name} names:\n{(answer.stdout + answer.stderr)[-2000:]}")


@contextmanager
def one_at_a_time(kept: Path) -> Iterator[None]:
    """Inside, no other process of this machine fetches into the same folder."""
    kept.mkdir(exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Server:
    """A process that can be ended in good order, or killed, and started again."""

    process: subprocess.Popen[bytes] | None = None

    def is_running(self) -> bool:
        """Whether its process lives."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """End it in good order, or kill it when that takes too long."""
        if self.process is None:
            return
        if self.is_running():
            self.process.terminate()
        try:
            self.process.wait(KILLED_AFTER)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            if self.is_running():
                os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
