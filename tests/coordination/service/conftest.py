"""Reporting in the service form: a PostgreSQL cluster, a Redis, and its processes as an operator starts them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordination.testing.postgresql import Cluster
from coordination.testing.redis import RedisServer

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
PATIENCE = 60.0
OWN = ("DJANGO", "VIERSPAN", "KAFKA", "OIDC", "HOST", "PORT")


class ServiceForm:
    """The surroundings of one service, and its processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster().start()
        self.redis = RedisServer().start()
        for name in ("identity", "reporting"):
            self.secret(f"{name}-database-password", f"password of {name}")
        self.cluster.run_script(
            ROOT / "infra/postgres/create-databases.sh", SECRETS=str(folder), DATABASES="identity reporting"
        )
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith(OWN)} | {
            "DJANGO_SETTINGS_MODULE": "service_form_settings",
            "FORM": "reporting.settings_service",
            "LOG_FILE": str(folder / "log.sqlite3"),
            "PYTHONPATH": str(HERE),
            "PORT": str(self.port),
            "VIERSPAN_DATA": str(folder / "data"),
            "VIERSPAN_URL": self.address,
            "VIERSPAN_DATABASE_HOST": "127.0.0.1",
            "VIERSPAN_DATABASE_PORT": str(self.cluster.port),
            "VIERSPAN_DATABASE_PASSWORD_FILE": str(folder / "reporting-database-password"),
            "VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE": str(folder / "identity-database-password"),
            "VIERSPAN_SECRET_KEY_FILE": self.secret("secret-key", "for tests only " * 5),
            "VIERSPAN_REDIS_URL": self.redis.url,
            "VIERSPAN_LOG": "coordination.events.embedded.log.EmbeddedLog",
            "OIDC_ISSUER": "http://127.0.0.1:1/realms/vierspan",
            "OIDC_CLIENT_SECRET_FILE": self.secret("oidc-client-secret", "for tests only"),
        }
        self.running: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        """Where the web process answers."""
        return f"http://127.0.0.1:{self.port}"

    def secret(self, name: str, content: str) -> str:
        """Write a secret to a file; gives its place."""
        (self.folder / name).write_text(content)
        return str(self.folder / name)

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the service to its end."""
        return self._python(["-m", "reporting", *words], environment)

    def script(self, name: str, *words: str) -> str:
        """Run one of the scripts beside this file; gives what it printed last."""
        answer = self._python([str(HERE / name), *words], {})
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.strip().splitlines()[-1]

    def start(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start one of its processes."""
        with open(self.folder / f"{words[0]}.log", "ab") as written:
            process = subprocess.Popen(
                [sys.executable, "-m", "reporting", *words],
                env=self.environment | environment,
                stdout=written,
                stderr=written,
            )
        self.running.append(process)
        return process

    def status(self, path: str) -> int:
        """What an address answers; 0 when nobody does."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            return answer.code
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return 0

    def wait_for(self, path: str, wanted: int = 200) -> None:
        """Wait until an address answers so."""
        until = time.monotonic() + PATIENCE
        while (found := self.status(path)) != wanted:
            assert time.monotonic() < until, (path, found, self.said())
            time.sleep(0.1)

    def said(self) -> str:
        """What its processes wrote."""
        return "\n".join(place.read_text(errors="replace")[-3000:] for place in sorted(self.folder.glob("*.log")))

    def end(self) -> None:
        """End everything that still runs."""
        for process in self.running:
            if process.poll() is None:
                process.kill()
            process.wait()
        self.redis.stop()
        self.cluster.remove()

    def _python(self, words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        surroundings = {key: value for key, value in (self.environment | environment).items() if value}
        return subprocess.run(
            [sys.executable, *words], env=surroundings, capture_output=True, text=True, check=False, timeout=120
        )


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory) -> Iterator[ServiceForm]:
    """PostgreSQL with empty databases, and Redis."""
    made = ServiceForm(tmp_path_factory.mktemp("service-form"))
    yield made
    made.end()


@pytest.fixture(scope="session")
def service_form(surroundings: ServiceForm) -> ServiceForm:
    """The same, with all tables made."""
    answer = surroundings.run("migrate")
    assert answer.returncode == 0, answer.stderr
    return surroundings
