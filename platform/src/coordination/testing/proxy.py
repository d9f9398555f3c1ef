"""The proxy of the house: nginx with the configuration of infra/proxy, in front of whatever a test puts behind it."""

import os
import socket
import subprocess
import time
from pathlib import Path

from coordination.testing import needs, processes

PATIENCE = 20.0


class Proxy:
    """One nginx on free ports of this machine; folder holds what it writes."""

    def __init__(self, folder: Path, *, root: Path, secure: bool, **behind: str) -> None:
        """root is that of the project; behind says where intake, matching, reporting and the provider are, and who
        knows names (resolver).
        """
        found = needs.nginx()
        if found is None:
            raise RuntimeError("nginx is not installed")
        self.folder = folder
        self.secure = secure
        self.port, self.plain_port = processes.free_port(), processes.free_port()
        self._start = root / "infra/proxy/start.sh"
        self._environment = {
            "PATH": os.environ["PATH"],
            "NGINX": found,
            "VIERSPAN_URL": self.address,
            "PROXY_TLS": "on" if secure else "off",
            "PROXY_FOLDER": str(folder / "proxy"),
            "PROXY_LISTEN": f"127.0.0.1:{self.port}",
            "PROXY_LISTEN_PLAIN": f"127.0.0.1:{self.plain_port}",
            "PROXY_CERTIFICATE": str(folder / "certificate.pem"),
            "PROXY_CERTIFICATE_KEY": str(folder / "key.pem"),
            **{f"PROXY_{name.upper()}": address for name, address in behind.items()},
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where browsers find the house."""
        return f"https://localhost:{self.port}" if self.secure else f"http://localhost:{self.port}"

    @property
    def said(self) -> Path:
        """Its own lines, those of each request among them."""
        return self.folder / "proxy.log"

    def start(self) -> "Proxy":
        """Start it and return once it listens."""
        with self.said.open("ab") as written:
            self._process = subprocess.Popen(
                processes.tied("sh", str(self._start)), env=self._environment, stdout=written, stderr=written
            )
        until = time.monotonic() + PATIENCE
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"nginx did not start\n{self.said.read_text()}")
            time.sleep(0.02)
        return self

    def stop(self) -> int:
        """Stop it after the requests that run, and give its exit status."""
        assert self._process is not None, "not started"
        self._process.terminate()
        return self._process.wait(PATIENCE)

    def _listens(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False
