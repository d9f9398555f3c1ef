"""A private PostgreSQL cluster from the installed programs, in a folder of its own, reached by its socket or a port."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from coordination.testing import needs, processes

SUPERUSER = "vierspan_tests"
PATIENCE = 60.0
# As PostgreSQL comes: what it confirmed is on the disk.
KEPT = {
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "logging_collector": "off",
}
# A test wants speed and may lose everything when the machine stops, yet nothing when only the server does.
SETTINGS = KEPT | {"fsync": "off", "full_page_writes": "off"}


class Cluster:
    """One PostgreSQL server. Started as root it runs as an unprivileged user, since it refuses to run as root."""

    def __init__(self, folder: Path | None = None, *, port: int = 0, settings: Mapping[str, str] = SETTINGS) -> None:
        found = needs.postgresql()
        if found is None:
            raise RuntimeError("PostgreSQL's programs are not installed")
        self._programs = Path(found)
        self._user = _unprivileged() if os.geteuid() == 0 else None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="vierspan-pg-"))
        self.port = port or processes.free_port()
        self._settings = settings
        self.password = secrets.token_urlsafe(12)
        self._process: subprocess.Popen[bytes] | None = None
        if self._user:
            shutil.chown(self.folder, self._user, pwd.getpwnam(self._user).pw_gid)

    @property
    def pid(self) -> int:
        """The process of the running server."""
        assert self._process is not None, "not started"
        return self._process.pid

    def start(self) -> "Cluster":
        """Make the cluster when it is not there yet, start it, and return once it answers."""
        data = self.folder / "data"
        if not data.exists():
            self._initialise(data)
        words = [str(self._programs / "postgres"), "-D", str(data), "-p", str(self.port), "-k", str(self.folder)]
        for name, value in self._settings.items():
            words += ["-c", f"{name}={value}"]
        with open(self.folder / "server.log", "ab") as written:
            self._process = subprocess.Popen(words, stdout=written, stderr=written, **self._as_user())
        self._wait_until_it_answers()
        return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server and wait for it: SIGINT ends it at once and in order, SIGQUIT as a crash does."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def remove(self) -> None:
        """Stop the server and throw its folder away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, statement: str, database: str = "postgres") -> list[tuple[str, ...]]:
        """Run one statement as superuser, and give its rows as text."""
        answer = subprocess.run(
            [
                self._programs / "psql",
                *self._address(),
                "-d",
                database,
                "-qAt",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                statement,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode:
            raise RuntimeError(answer.stderr)
        return [tuple(line.split("|")) for line in answer.stdout.splitlines()]

    def run_script(self, script: Path, **environment: str) -> None:
        """Run a shell script that calls psql as superuser, as an operator would."""
        surroundings = {
            **os.environ,
            "PATH": f"{self._programs}:{os.environ['PATH']}",
            "PGHOST": str(self.folder),
            "PGPORT": str(self.port),
            "PGUSER": SUPERUSER,
            "PGDATABASE": "postgres",
        }
        answer = subprocess.run(
            ["sh", str(script)], env=surroundings | environment, capture_output=True, text=True, check=False
        )
        if answer.returncode:
            raise RuntimeError(answer.stderr)

    def _initialise(self, data: Path) -> None:
        # Whoever comes by the socket reached the folder, so it is ours; by the port a password is asked.
        words = ["-D", str(data), "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        words += ["--auth-local=trust", "--auth-host=scram-sha-256"]
        answer = subprocess.run(
            [self._programs / "initdb", *words], capture_output=True, text=True, check=False, **self._as_user()
        )
        if answer.returncode:
            raise RuntimeError(answer.stderr)

    def _as_user(self) -> dict:
        if self._user is None:
            return {"cwd": self.folder}
        return {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": [], "cwd": self.folder}

    def _address(self) -> list[str]:
        return ["-h", str(self.folder), "-p", str(self.port), "-U", SUPERUSER]

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + PATIENCE
        words = [str(self._programs / "pg_isready"), "-q", *self._address(), "-d", "postgres"]
        while subprocess.run(words, check=False).returncode:
            if self._process is None or self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "server.log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)


def _unprivileged() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
