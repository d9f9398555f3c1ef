"""One house in the service form on this machine: its servers, the processes of docker-compose.yml, and their keeper."""

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from infra.local import compose, leftovers
from infra.local.ports import Ports
from infra.local.process import PROGRAMS, Process
from infra.local.servers import Borrowed, Servers
from infra.local.words import NoHouse, tail

from coordination.service.environment import kept_secret
from coordination.testing import processes
from coordination.testing.running_house import House
from vierspan import world

ROOT = Path(__file__).parents[2]
PROXY = "proxy"
LOOK_EVERY = 0.2
PATIENCE = 240.0
NO_PORTS = {"PORT": 0, "PROVIDER_PORT": 0}
# Containers each have an address of their own, so the file need not say these.
HERE_ALONE = ("HOST", "PORT", "PORT_SHARED", "VIERSPAN_DATABASE_PORT", "KAFKA_PREFIX", "PROXY_FOLDER")
# What a shell of a developer says about other forms and other tests has no place in these processes.
FOREIGN = ("DJANGO", "VIERSPAN", "KAFKA_", "OIDC", "PROXY", "METRICS", "EXAMPLE", "HOST", "PORT", "PG")


class LocalHouse(House):
    """A house in a folder. The folder keeps everything, so that a next start finds it again."""

    def __init__(
        self,
        folder: Path,
        *,
        example: str = "full",
        asked: Mapping[str, int] = NO_PORTS,
        usual: Mapping[str, int] = NO_PORTS,
        hasty: bool = False,
        borrowed: Borrowed | None = None,
        tell: Callable[[str], None] = lambda _line: None,
    ) -> None:
        """Prepare a house in a folder, without starting it. Raises NoHouse when something is in the way.

        asked are the ports PORT and PROVIDER_PORT must have, usual those they get the first time; 0 is any free one.
        hasty is for tests: it is quicker, and may lose everything when the machine stops; so are borrowed servers.
        """
        self.folder = folder.resolve()
        self.logs = self.folder / "logs"
        for place in (self.folder, self.logs):
            place.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711)
        self._tell = tell
        self._lock = leftovers.HouseLock(self.folder)
        self._lock.take()
        try:
            self._prepare(example, asked, usual, hasty=hasty, borrowed=borrowed)
        except BaseException:
            self.close()
            raise

    def _prepare(
        self,
        example: str,
        asked: Mapping[str, int],
        usual: Mapping[str, int],
        *,
        hasty: bool,
        borrowed: Borrowed | None,
    ) -> None:
        ended = leftovers.end(self.folder)
        if ended:
            self._tell(f"Een eerdere start is niet netjes geëindigd; {', '.join(ended)} daarvan zijn nu beëindigd.")
        self.example = world.settle(self.folder, example).kind
        if self.example != example:
            self._tell(f"Deze map is al een huis van soort {self.example}; EXAMPLE={example} verandert dat niet.")
        self.ports = Ports(self.folder / "ports.json")
        port, provider_port = (
            self.ports.known_outside(variable, asked.get(variable, 0), usual.get(variable, 0)) for variable in NO_PORTS
        )
        self.address = address = f"http://127.0.0.1:{port}"
        self._file = compose.read({"VIERSPAN_URL": address, "VIERSPAN_TODAY": self._today, "EXAMPLE": self.example})
        if borrowed is not None:
            (self.folder / "secrets").mkdir(mode=0o700, exist_ok=True)
            (self.folder / "secrets" / "oidc-client-secret").write_text(borrowed.provider.client_secret)
            (self.folder / "secrets" / "example-password").write_text(borrowed.provider.password)
        for name in self._file.secrets:
            kept_secret(self.folder, name, size=9 if name == "example-password" else 32)
        self.servers = Servers(
            self.folder,
            self.ports,
            address=address,
            provider_port=provider_port,
            hasty=hasty,
            borrowed=borrowed,
        )
        self.processes = {
            name: self._process(program, name)
            for program in self._file.programs.values()
            if (program.ours or program.name == PROXY) and not program.once
            for name in program.names
        }
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)

    @property
    def password(self) -> str:
        """The password all example accounts share."""
        return (self.folder / "secrets" / "example-password").read_text().strip()

    def start(self) -> None:
        """Start everything and return once the house is ready to be used. Raises NoHouse, with nothing left running."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        if new := self.servers.not_fetched():
            self._tell(f"Maven haalt {' en '.join(new)} op; dat gebeurt één keer en duurt een paar minuten.")
        self._tell("PostgreSQL, Redis, Kafka en de aanmeldserver starten.")
        with ThreadPoolExecutor(3) as pool:
            pool.submit(self.servers.begin).result()
            broker = pool.submit(self.servers.wait_for_brokers)
            tables = pool.submit(self._run_once, "migrate-intake", "migrate-matching", "migrate-reporting")
            for each in (broker, tables):
                each.result()
        self._run_once("topics")
        self._note()
        self._tell("De diensten starten.")
        for process in self.processes.values():
            process.start()
        self._keeper.start()
        self._note()
        self._tell("De voorbeeldwereld wordt geladen." if self.example != "none" else "Het programma wordt geladen.")
        self._run_once("example")
        self.servers.wait_for_provider()
        self._wait_until_ready()

    def stop(self) -> int:
        """Stop everything as an operator would; 0 when each of our own processes ended well."""
        for process in self.processes.values():
            process.ask_to_stop()
        statuses = {name: process.stop() for name, process in self.processes.items()}
        # Not before: the system ends a process with the thread that started it, and the keeper started some again.
        self._stopping.set()
        if self._keeper.is_alive():
            self._keeper.join(10)
        self.servers.stop()
        leftovers.forget(self.folder)
        self.close()
        bad = {name: status for name, status in statuses.items() if status}
        for name, status in bad.items():
            self._tell(f"{name} eindigde met status {status}; zie {self.processes[name].log}")
        return 1 if bad else 0

    def close(self) -> None:
        """Let another start have the folder."""
        self._lock.let_go()

    def kill(self, name: str) -> None:
        """kill -9 of one process; it comes back by itself."""
        self.processes[name].kill()

    def restart(self, name: str) -> None:
        """Stop one process in order and start it again."""
        self.processes[name].restart()

    def token(self, account: str) -> str:
        """An API token for an account of the example."""
        return self.run("vierspan", "token", "create", "--account", account).strip().splitlines()[-1]

    def run(self, *words: str) -> str:
        """Run a command of ours as an operator does beside the house; gives what it printed. Raises NoHouse."""
        beside = "example" if words[0] == "vierspan" else f"{words[0]}-relay"
        environment = self._environment(self._file.programs[beside], beside)
        answer = subprocess.run(
            processes.tied(str(PROGRAMS / words[0]), *words[1:]),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        if answer.returncode:
            raise NoHouse(f"{' '.join(words)} eindigde met status {answer.returncode}:\n{answer.stdout}{answer.stderr}")
        return answer.stdout

    def ended(self) -> list[str]:
        """Servers that ended by themselves; processes of ours come back, a server does not."""
        return self.servers.ended()

    @property
    def _today(self) -> str:
        return "" if self.example == "none" else str(world.EXAMPLE_TODAY)

    def _run_once(self, *names: str) -> None:
        for name in names:
            process = self._process(self._file.programs[name], name)
            if status := process.run():
                raise NoHouse(f"{name} eindigde met status {status}; zie {process.log}:\n{tail(process.log)}")

    def _process(self, program: compose.Program, name: str) -> Process:
        command = [word.replace("/vierspan/", f"{ROOT}/infra/") for word in program.command]
        return Process(name, command, self._environment(program, name), self.logs / f"{name}.log")

    def _environment(self, program: compose.Program, called: str) -> dict[str, str]:
        """That of the file, with the places of this machine where the file names those of containers."""
        here = self._places(program, called)
        given = {
            name: here.get(name, value.replace(compose.SECRETS, f"{self.servers.secrets}/"))
            for name, value in program.environment.items()
        }
        own = {name: here[name] for name in HERE_ALONE if name in here}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        return kept | {"PATH": f"{PROGRAMS}:{kept.get('PATH', '')}:/usr/sbin"} | given | own

    def _places(self, program: compose.Program, called: str) -> Mapping[str, str]:
        web = {service: f"http://127.0.0.1:{self.ports.of(f'{service}-web')}" for service in compose.OURS[:3]}
        places = {
            "VIERSPAN_URL": self.address,
            "VIERSPAN_HOSTS": "",
            "VIERSPAN_PROXIES": "127.0.0.1",
            "VIERSPAN_DATA": str(self.folder / "data"),
            "VIERSPAN_DATABASE_HOST": "127.0.0.1",
            "VIERSPAN_DATABASE_PORT": str(self.servers.databases.port),
            "VIERSPAN_REDIS_URL": self.servers.redis.url,
            "KAFKA_BOOTSTRAP_SERVERS": self.servers.brokers,
            "KAFKA_PREFIX": self.servers.prefix,
            "OIDC_ISSUER": self.servers.provider.issuer,
            "OIDC_DISCOVERY_URL": f"{self.servers.provider.issuer}/.well-known/openid-configuration",
            "PROXY_TLS": "off",
            "PROXY_FOLDER": str(self.folder / "proxy"),
            "PROXY_LISTEN": self.address.removeprefix("http://"),
            "PROXY_RESOLVER": "127.0.0.1",
            **{f"PROXY_{service.upper()}": address for service, address in web.items()},
            "PROXY_PROVIDER": self.servers.provider.address,
        }
        if program.name.endswith("-web"):
            shared = "1" if program.replicas > 1 else ""
            places |= {"HOST": "127.0.0.1", "PORT": str(self.ports.of(program.name)), "PORT_SHARED": shared}
        if "METRICS_PORT" in program.environment:
            places["METRICS_PORT"] = str(self.ports.of(f"{called}-metrics"))
        return places

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        waiting = [self.address, *(f"http://127.0.0.1:{self.ports.of(f'{s}-web')}" for s in compose.OURS[:3])]
        while waiting := [address for address in waiting if not processes.answers(address)]:
            if time.monotonic() > until:
                raise NoHouse(f"Niet alles werd gereed; zie de bestanden in {self.logs}")
            time.sleep(0.1)

    def _note(self) -> None:
        own = {name: pid for name, process in self.processes.items() if (pid := process.pid) is not None}
        leftovers.note(self.folder, self.servers.pids() | own)

    def _keep(self) -> None:
        known: dict[str, int | None] = {}
        while not self._stopping.wait(LOOK_EVERY):
            for process in self.processes.values():
                if said := process.look():
                    self._tell(said)
            now = {name: process.pid for name, process in self.processes.items()}
            if now != known:
                known = now
                self._note()


@contextmanager
def running(folder: Path, example: str = "full") -> Iterator[LocalHouse]:
    """A house that runs inside the with, on free ports, in a hurry. Raises NoHouse."""
    house = LocalHouse(folder, example=example, hasty=True)
    house.start()
    try:
        yield house
    finally:
        house.stop()
