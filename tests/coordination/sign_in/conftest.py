"""Three services in the service form behind the proxy, with a real provider, PostgreSQL and Redis: only their web."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path

import pytest

from coordination.testing import processes
from coordination.testing.postgresql import Cluster
from coordination.testing.proxy import Proxy
from coordination.testing.redis import RedisServer

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
SERVICES = ("intake", "matching", "reporting")
OWN = ("DJANGO", "VIERSPAN", "KAFKA", "OIDC", "METRICS", "HOST", "PORT")


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Shows a redirect instead of following it."""

    def redirect_request(self, *_arguments):
        """Nowhere."""


class Services:
    """The web processes of all services at one address, and the means to look into them."""

    def __init__(self, folder: Path, provider) -> None:
        self.folder, self.provider = folder, provider
        self.cluster = Cluster().start()
        self.redis = RedisServer().start()
        self.ports = {service: processes.free_port() for service in SERVICES}
        behind = {service: f"http://127.0.0.1:{port}" for service, port in self.ports.items()}
        self.proxy = Proxy(folder, root=ROOT, secure=False, **behind)
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.people: subprocess.Popen[str] | None = None
        for name in ("identity", *SERVICES):
            self.secret(f"{name}-database-password", f"password of {name}")
        self.secret("secret-key", "for tests only " * 5)
        self.secret("client-secret", provider.client_secret)
        self.cluster.run_script(ROOT / "infra/postgres/create-databases.sh", SECRETS=str(folder))

    @property
    def address(self) -> str:
        """Where a browser finds the house."""
        return self.proxy.address

    @property
    def password(self) -> str:
        """The password all example accounts share at the provider."""
        return self.provider.password

    def secret(self, name: str, content: str) -> str:
        """Write a secret to a file; gives its place."""
        (self.folder / name).write_text(content)
        return str(self.folder / name)

    def environment(self, service: str, **more: str) -> dict[str, str]:
        """The surroundings of a process of a service."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(OWN)}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "service_form_settings",
            "FORM": f"{service}.settings_service",
            "LOG_FILE": str(self.folder / "log.sqlite3"),
            "PYTHONPATH": str(HERE.parent / "service"),
            "PORT": str(self.ports[service]),
            "VIERSPAN_URL": self.address,
            "VIERSPAN_DATA": str(self.folder / "data"),
            "VIERSPAN_DATABASE_HOST": "127.0.0.1",
            "VIERSPAN_DATABASE_PORT": str(self.cluster.port),
            "VIERSPAN_DATABASE_PASSWORD_FILE": str(self.folder / f"{service}-database-password"),
            "VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE": str(self.folder / "identity-database-password"),
            "VIERSPAN_SECRET_KEY_FILE": str(self.folder / "secret-key"),
            "VIERSPAN_REDIS_URL": self.redis.url,
            "VIERSPAN_LOG": "coordination.events.embedded.log.EmbeddedLog",
            "OIDC_ISSUER": self.provider.issuer,
            "OIDC_CLIENT_SECRET_FILE": str(self.folder / "client-secret"),
            **more,
        }

    def start(self) -> None:
        """Make the tables, and start proxy and services."""
        self.run("intake", "-m", "intake", "migrate")
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda service: self.run(service, "-m", service, "migrate"), SERVICES[1:]))
        self.proxy.start()
        self.provider.admit(self.address)
        for service in SERVICES:
            self.serve(service)
        for service in SERVICES:
            self.wait_for(service)

    def serve(self, service: str, *, name: str = "", **more: str) -> None:
        """Start a web process of a service; name tells it from another of the same."""
        called = name or service
        with open(self.folder / f"{called}.log", "ab") as written:
            self.running[called] = subprocess.Popen(
                processes.tied(sys.executable, "-m", service, "serve"),
                env=self.environment(service, **more),
                stdout=written,
                stderr=written,
            )

    def wait_for(self, called: str, port: int = 0) -> None:
        """Wait until a web process is ready."""
        address = f"http://127.0.0.1:{port or self.ports[called]}"
        processes.wait_until_ready(address, self.running[called], self.folder / f"{called}.log")

    def run(self, service: str, *words: str, **more: str) -> str:
        """Run Python with these words under the settings of a service; gives what it printed."""
        answer = subprocess.run(
            [sys.executable, *words],
            env=self.environment(service, **more),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout.strip()

    def script(self, *words: str) -> str:
        """Do one of the things people.py can do; gives what came of it."""
        if self.people is None:
            self.people = subprocess.Popen(
                processes.tied(sys.executable, str(HERE / "people.py")),
                env=self.environment("intake"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.people.stdin and self.people.stdout
        self.people.stdin.write(json.dumps(words) + "\n")
        self.people.stdin.flush()
        return json.loads(self.people.stdout.readline())

    def ask(
        self, path: str, address: str = "", *, body: bytes | None = None, **headers: str
    ) -> tuple[int, Message, str]:
        """What the house, or one web process of it, answers to somebody without a browser: status, headers, text."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request((address or self.address) + path, data=body, headers=named)
        try:
            with urllib.request.build_opener(NoRedirects).open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode()

    def access_token(self, account: str, *, client: str = "programs", audience: str = "vierspan-api") -> str:
        """What the provider gives a program that acts for an account, meant for an audience."""
        if not self.provider.ask("GET", f"clients?clientId={client}"):
            mapper = {
                "name": "audience",
                "protocol": "openid-connect",
                "protocolMapper": "oidc-audience-mapper",
                "config": {"included.custom.audience": audience, "access.token.claim": "true"},
            }
            made = {"clientId": client, "publicClient": True, "directAccessGrantsEnabled": True}
            self.provider.ask("POST", "clients", made | ({"protocolMappers": [mapper]} if audience else {}))
        form = {"grant_type": "password", "client_id": client, "username": account, "password": self.password}
        place = f"{self.provider.issuer}/protocol/openid-connect/token"
        with urllib.request.urlopen(place, urllib.parse.urlencode(form).encode(), timeout=60) as answer:
            return json.load(answer)["access_token"]

    def end(self) -> None:
        """End everything."""
        for process in filter(None, (*self.running.values(), self.people)):
            process.kill()
            process.wait()
        self.proxy.stop()
        self.redis.stop()
        self.cluster.remove()


@pytest.fixture(scope="session")
def services(tmp_path_factory, provider) -> Iterator[Services]:
    """All services, with the example accounts of Merenstad and the administrator invited."""
    made = Services(tmp_path_factory.mktemp("sign-in"), provider)
    try:
        made.start()
        yield made
    finally:
        made.end()
