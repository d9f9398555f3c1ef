"""What the houses of the fault tests stand on: a PostgreSQL server, a Redis, a broker, and databases to copy from."""

import copy
import itertools
import json
import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from coordination.testing.postgresql import Cluster
from coordination.testing.redis import RedisServer

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PROGRAMS = Path(sys.executable).parent
SERVICES = ("intake", "matching", "reporting")
DATABASES = ("identity", *SERVICES)
OWN = ("DJANGO", "VIERSPAN", "KAFKA", "OIDC", "METRICS", "HOST", "PORT")


@dataclass(frozen=True)
class Place:
    """The databases and the topics of one house."""

    prefix: str
    databases: dict[str, str] = field(default_factory=lambda: {name: name for name in DATABASES})


class Grounds:
    """The servers of a run, and one set of filled databases that each house gets a copy of."""

    def __init__(self, folder: Path, *, cluster: Cluster, redis: RedisServer, kafka: str, replication: int = 1) -> None:
        self.folder = folder
        self.cluster, self.redis, self.kafka = cluster, redis, kafka
        self.replication = replication
        self._houses = itertools.count(1)
        for name in DATABASES:
            self._secret(f"{name}-database-password", f"password of {name}")
        self._secret("secret-key", "for tests only " * 5)
        self._secret("oidc-client-secret", "for tests only")
        cluster.run_script(ROOT / "infra/postgres/create-databases.sh", SECRETS=str(folder))
        self.token = self._fill()

    def on(self, kafka: str, *, replication: int = 1) -> "Grounds":
        """The same servers and databases with other brokers."""
        other = copy.copy(self)
        other.kafka, other.replication = kafka, replication
        return other

    def place(self) -> Place:
        """Databases as they were filled, and a prefix nobody has."""
        number = next(self._houses)
        made = Place(
            prefix=f"faults-{uuid.uuid4().hex[:8]}.",
            databases={name: f"{name}_{os.getpid()}_{number}" for name in DATABASES},
        )
        for name, own in made.databases.items():
            self.cluster.run(f'CREATE DATABASE "{own}" OWNER {name} TEMPLATE {name} STRATEGY file_copy')
        return made

    def clear(self, place: Place) -> None:
        """Throw the databases of a house away."""
        for own in place.databases.values():
            self.cluster.run(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')

    def environment(self, service: str, place: Place, **more: str) -> dict[str, str]:
        """The surroundings of a process of a service, as compose would give them."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(OWN)}
        return kept | {
            "DJANGO_SETTINGS_MODULE": f"{service}.settings_service",
            "HOST": "127.0.0.1",
            "VIERSPAN_URL": "http://127.0.0.1",
            "VIERSPAN_DATA": str(self.folder / "data"),
            "VIERSPAN_DATABASE_HOST": "127.0.0.1",
            "VIERSPAN_DATABASE_PORT": str(self.cluster.port),
            "VIERSPAN_DATABASE_NAME": place.databases[service],
            "VIERSPAN_DATABASE_PASSWORD_FILE": str(self.folder / f"{service}-database-password"),
            "VIERSPAN_DATABASE_IDLE_SECONDS": "4",
            "VIERSPAN_IDENTITY_DATABASE_NAME": place.databases["identity"],
            "VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE": str(self.folder / "identity-database-password"),
            "VIERSPAN_SECRET_KEY_FILE": str(self.folder / "secret-key"),
            "VIERSPAN_REDIS_URL": self.redis.url,
            "KAFKA_BOOTSTRAP_SERVERS": self.kafka,
            "KAFKA_PREFIX": place.prefix,
            "KAFKA_PARTITIONS": "3",
            "KAFKA_REPLICATION": str(self.replication),
            "KAFKA_SESSION_SECONDS": "3",
            "OIDC_ISSUER": "http://127.0.0.1:1/realms/vierspan",
            "OIDC_CLIENT_SECRET_FILE": str(self.folder / "oidc-client-secret"),
            **more,
        }

    def run(self, service: str, place: Place, *words: str, **more: str) -> str:
        """Run a command of a service to its end; gives what it printed. Raises AssertionError when it fails."""
        return self._run([str(PROGRAMS / service), *words], self.environment(service, place, **more))

    def python(self, service: str, place: Place, words: list[str], given: object) -> str:
        """Run a script under the settings of a service with something as JSON on its input; gives its last line."""
        return self._run(words, self.environment(service, place), json.dumps(given)).strip().splitlines()[-1]

    def _fill(self) -> str:
        place = Place(prefix="unused.")

        def tables(service: str) -> None:
            self.run(service, place, "migrate")

        def content(service: str) -> str:
            words = [sys.executable, str(HERE / "prepare.py"), service]
            return self._run(words, self.environment(service, place))

        # Each migrates identity as well, so the first goes ahead alone.
        tables("intake")
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(tables, ("matching", "reporting")))
            token, _ = pool.map(content, ("intake", "matching"))
        return token.strip().splitlines()[-1]

    def _secret(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content)

    @staticmethod
    def _run(words: list[str], environment: dict[str, str], given: str = "") -> str:
        answer = subprocess.run(
            words, env=environment, input=given, capture_output=True, text=True, check=False, timeout=120
        )
        assert answer.returncode == 0, f"{words}: {answer.returncode}\n{answer.stdout}\n{answer.stderr}"
        return answer.stdout
