"""Processes of the two services of the fault tests on a private PostgreSQL cluster."""

import os
import subprocess
import sys
import time
from pathlib import Path

from coordination.testing.postgresql import Cluster

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATIENCE = 90.0


class Processes:
    """Relays and consumers, and what their databases hold."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.cluster = cluster
        self.running: list[subprocess.Popen[bytes]] = []
        self.written = folder / "processes.log"
        self.environment = {
            **os.environ,
            "VIERSPAN_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "postgres_fault_settings",
            "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
            "DATABASE_PORT": str(cluster.port),
            "PASSWORD": cluster.password,
        }
        secrets = folder / "secrets"
        secrets.mkdir(exist_ok=True)
        for name in ("matching", "echo"):
            (secrets / f"{name}-database-password").write_text(cluster.password)
            if cluster.run(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
                cluster.run(f"DROP DATABASE {name} WITH (FORCE)")
        script = ROOT / "infra/postgres/create-databases.sh"
        cluster.run_script(script, SECRETS=str(secrets), DATABASES="matching echo")

    def speak(self, activities: int, places: int) -> None:
        """Make the tables and say things, all unsent yet."""
        words = [sys.executable, str(HERE / "speak.py"), str(activities), str(places)]
        subprocess.run(words, env=self.environment, check=True)

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a management command."""
        with open(self.written, "ab") as written:
            process = subprocess.Popen(
                [sys.executable, "-m", "django", *command],
                env=self.environment | environment,
                stdout=subprocess.DEVNULL,
                stderr=written,
            )
        self.running.append(process)
        return process

    def end(self) -> None:
        """End those still running."""
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.wait()

    def count(self, database: str, table: str, where: str = "true") -> int:
        """How many rows."""
        return int(self.cluster.run(f"SELECT count(*) FROM {table} WHERE {where}", database)[0][0])

    def wait_for(self, database: str, table: str, at_least: int, where: str = "true") -> None:
        """Wait until a table holds so many rows."""
        until = time.monotonic() + PATIENCE
        while (there := self.count(database, table, where)) < at_least:
            assert time.monotonic() < until, f"{table}: {there} of {at_least}\n{self.said()}"
            time.sleep(0.02)

    def sender(self) -> int | None:
        """The position in running of the process that has the turn, or None when nobody has."""
        rows = self.cluster.run(
            "SELECT a.client_port FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
            "WHERE l.locktype = 'advisory' AND l.granted",
            "matching",
        )
        if not rows:
            return None
        port = int(rows[0][0])
        return next((place for place, one in enumerate(self.running) if port in ports_of(one.pid)), None)

    def said(self) -> str:
        """What the processes wrote on their error output."""
        return self.written.read_text(errors="replace")[-4000:]


def ports_of(pid: int) -> set[int]:
    """The local ports of the connections of a process."""
    try:
        held = {os.readlink(one) for one in Path(f"/proc/{pid}/fd").iterdir()}
    except FileNotFoundError:
        return set()
    ports = set()
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        if f"socket:[{words[9]}]" in held:
            ports.add(int(words[1].rsplit(":", 1)[1], 16))
    return ports
