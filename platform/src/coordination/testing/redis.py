"""A Redis server of one's own on a free port, that a test may stop and start again."""

import socket
import subprocess
import tempfile
import time

from coordination.testing import needs, processes

PATIENCE = 20.0


class RedisServer:
    """One redis-server that keeps nothing on disk."""

    def __init__(self, *, port: int = 0, password: str = "") -> None:
        found = needs.redis()
        if found is None:
            raise RuntimeError("redis-server is not installed")
        self._program = found
        self._password = password
        self.port = port or processes.free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process of the running server."""
        assert self._process is not None, "not started"
        return self._process.pid

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "RedisServer":
        """Start it and return once it answers."""
        lines = [
            f"port {self.port}",
            "bind 127.0.0.1",
            'save ""',
            "appendonly no",
            "daemonize no",
            *([f"requirepass {self._password}"] if self._password else []),
        ]
        # By its input, so that a list of processes shows no password.
        self._process = subprocess.Popen(
            [self._program, "-"],
            cwd=tempfile.gettempdir(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None
        self._process.stdin.write("\n".join(lines).encode())
        self._process.stdin.close()
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("redis-server did not start")
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        """Stop it at once, as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith((b"+PONG", b"-NOAUTH"))
        except OSError:
            return False
