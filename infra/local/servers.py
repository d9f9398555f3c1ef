"""What the services stand on, as real servers of this machine: PostgreSQL, Redis, Kafka, a provider to sign in at."""

import os
import pwd
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from infra.kafka.local import jars
from infra.kafka.local.broker import Cluster as Brokers
from infra.kafka.local.jars import NoBroker
from infra.local.ports import Ports
from infra.local.words import NoHouse
from infra.provider.local import dist
from infra.provider.local.dist import NoProvider
from infra.provider.local.server import Provider

from coordination.service.environment import kept_secret
from coordination.testing import needs, postgresql
from coordination.testing.postgresql import Cluster as Databases
from coordination.testing.redis import RedisServer

PACKAGES = {
    "postgresql": "postgresql",
    "redis": "redis-server",
    "nginx": "nginx-light",
    "envsubst": "gettext-base",
    "local-kafka": "openjdk-17-jre-headless en maven",
    "provider": "openjdk-17-jre-headless en maven",
}
CREATE = Path(__file__).parents[1] / "postgres" / "create-databases.sh"
LONGEST_SOCKET = 80
CONNECTIONS = {"max_connections": "400"}


@dataclass(frozen=True, kw_only=True)
class Borrowed:
    """Brokers and a provider that run already and go on running; prefix keeps the topics of this house apart."""

    brokers: str
    provider: Provider
    prefix: str


class Servers:
    """The servers of one house, each with a folder of its own below the house's."""

    def __init__(
        self, folder: Path, ports: Ports, *, address: str, provider_port: int, hasty: bool, borrowed: Borrowed | None
    ) -> None:
        """Take what each needs from the folder. hasty is for tests: a machine that stops may lose everything.

        Raises NoHouse when a program is missing, or PostgreSQL cannot work in this folder.
        """
        _refuse_without_programs()
        self.folder = folder
        self.secrets = folder / "secrets"
        for name in ("postgresql", "provider"):
            (folder / name).mkdir(exist_ok=True)
        _refuse_where_postgresql_cannot_be(folder / "postgresql")
        self.databases = Databases(
            folder / "postgresql",
            port=ports.of("postgresql"),
            settings=(postgresql.SETTINGS if hasty else postgresql.KEPT) | CONNECTIONS,
        )
        self.redis = RedisServer(port=ports.of("redis"), password=kept_secret(folder, "redis-password"))
        self._own_brokers = None if borrowed else Brokers(folder / "kafka")
        self.brokers = borrowed.brokers if borrowed else self._own_brokers.address
        self.prefix = borrowed.prefix if borrowed else ""
        self._borrowed_provider = borrowed is not None
        self.provider = (
            borrowed.provider
            if borrowed
            else Provider(
                folder / "provider",
                house=address,
                port=provider_port,
                client_secret=kept_secret(folder, "oidc-client-secret"),
                password=kept_secret(folder, "example-password", size=9),
            )
        )
        self.address = address

    def not_fetched(self) -> list[str]:
        """Those that Maven must bring first."""
        kept = {"Kafka": jars.KEPT, "de aanmeldserver": dist.KEPT}
        return [name for name, place in kept.items() if not any(place.glob("*-*"))]

    def begin(self) -> None:
        """Start databases, Redis and the provider, and return once the first two are there. Raises NoHouse."""
        with ThreadPoolExecutor(3) as pool:
            self._told(list(pool.map(_attempt, (self._begin_databases, self.redis.start, self._begin_provider))))

    def wait_for_brokers(self) -> None:
        """Start the brokers, and return once they answer. Raises NoHouse."""
        if self._own_brokers is not None:
            self._told([_attempt(self._own_brokers.start)])

    def wait_for_provider(self) -> None:
        """Return once people can sign in. Raises NoHouse."""
        self._told([_attempt(self.provider.wait_until_ready)])

    def pids(self) -> dict[str, int]:
        """The processes of this house that run."""
        nodes = self._own_brokers.nodes if self._own_brokers is not None else ()
        found = {node.folder.name: node.process.pid for node in nodes if node.process is not None}
        if self.provider.process is not None and not self._borrowed_provider:
            found["provider"] = self.provider.process.pid
        return found | {"postgresql": self.databases.pid, "redis": self.redis.pid}

    def ended(self) -> list[str]:
        """Those that ended by themselves."""
        return [name for name, pid in self.pids().items() if not _lives(pid)]

    def stop(self) -> None:
        """End all of them in good order."""
        ends = [self.databases.stop, self.redis.stop]
        if self._own_brokers is not None:
            ends.append(self._own_brokers.stop)
        if not self._borrowed_provider:
            ends.append(self.provider.stop)
        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(end) for end in ends]:
                done.result()

    def _begin_provider(self) -> None:
        if self._borrowed_provider:
            self.provider.admit(self.address)
        else:
            self.provider.begin()

    def _begin_databases(self) -> None:
        self.databases.start()
        self.databases.run_script(CREATE, SECRETS=str(self.secrets))

    @staticmethod
    def _told(faults: list[str]) -> None:
        if said := [fault for fault in faults if fault]:
            raise NoHouse("\n".join(said))


def _refuse_without_programs() -> None:
    missing = {name: package for name, package in PACKAGES.items() if needs.find(name) is None}
    if missing:
        packages = ", ".join(dict.fromkeys(missing.values()))
        raise NoHouse(f"Er ontbreken programma's: {', '.join(missing)}. Op Debian staan ze in de pakketten {packages}.")


def _attempt(work: Callable[[], object]) -> str:
    try:
        work()
    except (NoBroker, NoProvider, RuntimeError, OSError) as fault:
        return str(fault)
    return ""


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _refuse_where_postgresql_cannot_be(folder: Path) -> None:
    if len(str(folder)) > LONGEST_SOCKET:
        raise NoHouse(f"De naam van de map {folder} is te lang voor PostgreSQL: kies een kortere met VIERSPAN_DATA.")
    if os.geteuid() != 0:
        return
    # PostgreSQL refuses to run as root; whoever runs it instead must be able to get to its folder.
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    for above in folder.parents:
        if not above.stat().st_mode & 0o001:
            raise NoHouse(
                f"PostgreSQL draait als {user}, en die mag niet in de map {above}. "
                f"Kies een andere map met VIERSPAN_DATA, of geef toegang: chmod o+x {above}"
            )
