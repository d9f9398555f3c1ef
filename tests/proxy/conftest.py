"""The proxy of the house in front of three services that only tell what reached them."""

import json
import ssl
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from coordination.testing.proxy import Proxy

ROOT = Path(__file__).parents[2]


class Telling(BaseHTTPRequestHandler):
    """Answers with its name and what was asked; /busy with a 503 of its own, /styles with something compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Tell."""
        length = int(self.headers.get("Content-Length") or 0)
        while length > 0:
            length -= len(self.rfile.read(min(length, 1 << 20)))
        compressed = self.path == "/intake/styles"
        told = {
            "service": self.server.name,
            "path": self.path,
            "length": int(self.headers.get("Content-Length") or 0),
            "filler": "x" * 2000,
            **{name.lower(): value for name, value in self.headers.items()},
        }
        body = b"\x1f\x8b as it was" + bytes(2000) if compressed else json.dumps(told).encode()
        self.send_response(503 if self.path.endswith("/busy") else 200)
        self.send_header("Content-Type", "text/css" if compressed else "application/json")
        if compressed:
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict:
        """What the service told."""
        return json.loads(self.body)


class House:
    """A proxy and who is behind it."""

    def __init__(self, folder: Path, *, secure: bool) -> None:
        self.behind = {name: telling(name) for name in ("intake", "matching", "provider")}
        addresses = {name: f"http://127.0.0.1:{one.server_port}" for name, one in self.behind.items()}
        # Nobody listens where reporting should be.
        self.proxy = Proxy(folder, root=ROOT, secure=secure, reporting="http://127.0.0.1:1", **addresses)

    def ask(self, path: str, *, data: bytes | None = None, door: str = "", **headers: str) -> Answer:
        """Ask through the proxy; redirects are not followed."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request((door or self.proxy.address) + path, data=data, headers=names)
        try:
            with _opener().open(request, timeout=20) as answer:
                return Answer(answer.status, _lower(answer.headers), answer.read())
        except urllib.error.HTTPError as answer:
            return Answer(answer.code, _lower(answer.headers), answer.read())

    def end(self) -> None:
        """End all of it."""
        self.proxy.stop()
        for one in self.behind.values():
            one.shutdown()
            one.server_close()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusting), _NoRedirect)


def _lower(headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def telling(name: str, host: str = "127.0.0.1", port: int = 0) -> ThreadingHTTPServer:
    """A service that tells, at an address of this machine."""
    server = ThreadingHTTPServer((host, port), Telling)
    server.name = name
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    return server


def make_certificate(folder: Path, url: str) -> subprocess.CompletedProcess[str]:
    """Run the one-shot of compose that makes a certificate."""
    return subprocess.run(
        [sys.executable, str(ROOT / "infra/proxy/make_certificate.py"), "--folder", str(folder)],
        env={"VIERSPAN_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def secure(tmp_path_factory) -> Iterator[House]:
    """The house behind TLS."""
    folder = tmp_path_factory.mktemp("secure")
    house = House(folder, secure=True)
    assert make_certificate(folder, house.proxy.address).returncode == 0
    house.proxy.start()
    yield house
    house.end()


@pytest.fixture(scope="session")
def plain(tmp_path_factory) -> Iterator[House]:
    """The house without TLS."""
    house = House(tmp_path_factory.mktemp("plain"), secure=False)
    house.proxy.start()
    yield house
    house.end()
