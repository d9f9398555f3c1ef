"""A real OpenID provider on this machine without Docker: Keycloak with the realm of Vierspan and its example accounts.

From the root: python -m infra.provider.local.server --house http://127.0.0.1:8080. It prints what services need, runs
in the foreground and ends with everything it started on Ctrl-C or SIGTERM. Tests use running().
"""

import argparse
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infra.java import Server
from infra.kafka.local.node import free_ports
from infra.provider.local.dist import NoProvider, distribution, java

REALM = Path(__file__).parents[1] / "vierspan-realm.json"
SERVICES = ("matching", "reporting")
CLIENT = "vierspan"
ADMINISTRATOR = "administrator"
PATIENCE = 240.0
# Nothing here is a secret worth guarding, and hashing every example password as one costs half a minute at each start.
CHEAP_HASHING = " and hashAlgorithm(pbkdf2-sha512) and hashIterations(1000)"


def subject_of(address: str) -> str:
    """What the provider calls the example account with this e-mail address: its sub, the same at every start."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{address}"))


def redirects(house: str) -> list[str]:
    """Where people may be sent back to after signing in, at the address of a house."""
    return [f"{house}/inloggen/terug", *(f"{house}/{service}/inloggen/terug" for service in SERVICES)]


class Provider(Server):
    """One Keycloak with a folder of its own. Stopped or killed, it starts again at the same address, as if new."""

    def __init__(
        self,
        folder: Path,
        *,
        house: str = "http://127.0.0.1:8080",
        logout: str = "",
        port: int = 0,
        client_secret: str = "",
        password: str = "",
    ) -> None:
        self.folder = folder.resolve()
        self.house, self.logout = house, logout or f"{house}/uitloggen/melding"
        free, self.management_port = free_ports(2)
        self.port = port or free
        self.client_secret = client_secret or secrets.token_urlsafe(24)
        self.password = password or secrets.token_urlsafe(9)
        self.administrator_password = secrets.token_urlsafe(16)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def issuer(self) -> str:
        """What OIDC_ISSUER of the services must be."""
        return f"{self.address}/realms/vierspan"

    @property
    def log_file(self) -> Path:
        """What the process writes."""
        return self.folder / "keycloak.log"

    def begin(self) -> None:
        """Start the process; wait_until_ready tells when it is there. Raises NoProvider."""
        if self.is_running():
            return
        self._lay_out(distribution())
        with self.log_file.open("ab") as output:
            self.process = subprocess.Popen(
                [*self._java(), *self._options()],
                env=os.environ | self._surroundings(),
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                start_new_session=True,
            )

    def start(self) -> None:
        """Start it and wait until it answers. Raises NoProvider."""
        self.begin()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until the realm can be used. Raises NoProvider when it ends or takes too long."""
        until = time.monotonic() + PATIENCE
        while not _answers(f"http://127.0.0.1:{self.management_port}/health/ready"):
            if not self.is_running() or time.monotonic() > until:
                raise NoProvider(f"Keycloak does not answer:\n{self.log_file.read_text(errors='replace')[-3000:]}")
            time.sleep(0.2)

    def admit(self, house: str, *, logout: str = "") -> None:
        """Let a running provider send people back to one more house, and tell that one from now on who signed out."""
        self.house, self.logout = house, logout or f"{house}/uitloggen/melding"
        client = self.ask("GET", f"clients?clientId={CLIENT}")[0]
        client["redirectUris"] = sorted({*client["redirectUris"], *redirects(house)})
        client["baseUrl"] = f"{house}/"
        known = client["attributes"]["post.logout.redirect.uris"]
        client["attributes"] |= {
            "post.logout.redirect.uris": "##".join(sorted({*known.split("##"), f"{house}/uitgelogd"})),
            "backchannel.logout.url": self.logout,
        }
        self.ask("PUT", f"clients/{client['id']}", client)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What the provider answers its administrator about the realm. Raises HTTPError when it refuses."""
        request = urllib.request.Request(
            f"{self.address}/admin/realms/vierspan/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._administrator()}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def _administrator(self) -> str:
        form = {
            "grant_type": "password",
            "client_id": "admin-cli",
            "username": ADMINISTRATOR,
            "password": self.administrator_password,
        }
        address = f"{self.address}/realms/master/protocol/openid-connect/token"
        with urllib.request.urlopen(address, urllib.parse.urlencode(form).encode(), timeout=30) as answer:
            return json.load(answer)["access_token"]

    def _lay_out(self, made: Path) -> None:
        """A home of its own, so that several run at once: what never changes is linked, the realm is a copy."""
        realms = self.folder / "data" / "import"
        realms.mkdir(parents=True, exist_ok=True)
        shutil.copy(REALM, realms / REALM.name)
        for name in ("lib", "conf", "providers", "themes"):
            if not (self.folder / name).exists():
                (self.folder / name).symlink_to(made / name)

    def _java(self) -> list[str]:
        opened = ("java.util", "java.util.concurrent", "java.security")
        return [
            *(java(), "-Xms64m", "-Xmx400m", "-XX:MaxMetaspaceSize=256m", "-XX:+UseSerialGC", "-XX:-UsePerfData"),
            *("-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-Duser.language=en"),
            *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in opened),
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
            "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            *(f"-Dkc.home.dir={self.folder}", f"-Djboss.server.config.dir={self.folder}/conf"),
            *("-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-Dpicocli.disable.closures=true"),
            *("-cp", str(self.folder / "lib" / "quarkus-run.jar"), "io.quarkus.bootstrap.runner.QuarkusEntryPoint"),
        ]

    def _options(self) -> list[str]:
        return [
            *("start", "--optimized", "--import-realm", "--cache=local", "--http-enabled=true"),
            *("--http-host=127.0.0.1", f"--http-port={self.port}", f"--http-management-port={self.management_port}"),
            f"--hostname={self.address}",
        ]

    def _surroundings(self) -> dict[str, str]:
        return {
            "VIERSPAN_URL": self.house,
            "VIERSPAN_LOGOUT_URL": self.logout,
            "OIDC_CLIENT_SECRET": self.client_secret,
            "EXAMPLE_PASSWORD": self.password,
            "EXAMPLE_PASSWORD_HASHING": CHEAP_HASHING,
            "KC_BOOTSTRAP_ADMIN_USERNAME": ADMINISTRATOR,
            "KC_BOOTSTRAP_ADMIN_PASSWORD": self.administrator_password,
        }


@contextmanager
def running(
    *,
    house: str = "http://127.0.0.1:8080",
    logout: str = "",
    folder: Path | None = None,
    port: int = 0,
    client_secret: str = "",
    password: str = "",
) -> Iterator[Provider]:
    """A provider that runs inside the with; without a folder its files go with it. Raises NoProvider.

    house is the address of Vierspan as a browser sees it, logout where the provider tells that somebody signed out.
    Accounts and keys are in memory: a new start has the example accounts, with the same sub, and new keys.
    """
    place = folder or Path(tempfile.mkdtemp(prefix="vierspan-provider-"))
    place.mkdir(parents=True, exist_ok=True)
    provider = Provider(place, house=house, logout=logout, port=port, client_secret=client_secret, password=password)
    try:
        provider.start()
        yield provider
    finally:
        provider.stop()
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=3) as answer:
            return answer.status == 200
    except OSError:
        return False


def main() -> int:
    """Run a provider in the foreground until told to stop; gives the exit status."""
    parser = argparse.ArgumentParser(prog="infra.provider.local.server", description=__doc__.splitlines()[0])
    parser.add_argument("--house", default="http://127.0.0.1:8080", help="the address of Vierspan in a browser")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where its files stay; without it they go with the provider")
    options = parser.parse_args()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        with running(house=options.house, port=options.port, folder=options.folder) as provider:
            secret = provider.folder / "client-secret"
            secret.touch(mode=0o600)
            secret.write_text(provider.client_secret)
            print(f"Keycloak runs, in {provider.folder}. For services:", flush=True)
            print(f"export OIDC_ISSUER={provider.issuer} OIDC_CLIENT_SECRET_FILE={secret}", flush=True)
            print(f"The example accounts share the password {provider.password}", flush=True)
            print(f"{provider.address}/admin: {ADMINISTRATOR}, {provider.administrator_password}", flush=True)
            while not stopping.wait(0.5):
                if not provider.is_running():
                    raise NoProvider(f"Keycloak ended by itself; see {provider.log_file}")
    except NoProvider as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
