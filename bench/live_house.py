"""The processes between a change in intake and the sockets of reporting, for benchmarks, and browsers that listen."""

import asyncio
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from infra.kafka.local.broker import Cluster
from infra.kafka.local.broker import running as running_kafka
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.surroundings import databases, of_service
from coordination.testing.processes import free_port, tied, wait_until_ready
from coordination.testing.redis import RedisServer

HERE = Path(__file__).parent
AT_ONCE = 25


class Viewers(threading.Thread):
    """Browsers that listen to reporting: when which notice came, per browser."""

    def __init__(self, address: str, cookies: str, count: int) -> None:
        super().__init__(daemon=True)
        self.heard: list[list[tuple[float, str]]] = [[] for _ in range(count)]
        self.gone = 0
        self._address, self._cookies = address, cookies
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._work: asyncio.Task[None] = self._loop.create_task(self._open())
        self._sockets: list[ClientConnection] = []

    def open(self) -> "Viewers":
        """Return once all of them are connected."""
        self.start()
        self._ready.wait()
        if len(self._sockets) < len(self.heard):
            raise SystemExit(f"only {len(self._sockets)} of {len(self.heard)} sockets were opened")
        return self

    def close(self) -> None:
        """Let go of all."""
        self._loop.call_soon_threadsafe(self._work.cancel)
        self.join(60)

    def run(self) -> None:
        """Open the sockets and write down what comes until closed."""
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._work)

    async def _open(self) -> None:
        gate = asyncio.Semaphore(AT_ONCE)

        async def one() -> ClientConnection:
            async with gate:
                return await connect(
                    f"{self._address.replace('http', 'ws')}/reporting/live",
                    origin=self._address,
                    additional_headers={"Cookie": self._cookies},
                    open_timeout=120,
                    ping_interval=None,
                )

        try:
            self._sockets = await asyncio.gather(*(one() for _ in self.heard))
        finally:
            self._ready.set()
        await asyncio.gather(*(self._listen(number) for number in range(len(self.heard))))

    async def _listen(self, number: int) -> None:
        try:
            async for text in self._sockets[number]:
                self.heard[number].append((time.time(), str(text)))
        except ConnectionClosed:
            pass
        self.gone += 1


class LiveHouse:
    """A web process and a consumer of reporting, a relay of intake, and somebody who speaks for intake."""

    def __init__(self, environment: dict[str, str], kafka: Cluster, folder: Path) -> None:
        self.kafka = kafka
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        shared = environment | {"VIERSPAN_URL": self.address, "PORT": str(port), "HOST": "127.0.0.1"}
        self._of = {name: of_service(shared, name) for name in ("intake", "reporting")}
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        for service, words in (("intake", ["migrate"]), ("reporting", ["migrate"]), ("intake", ["topics", "--create"])):
            subprocess.run(
                [sys.executable, "-m", service, *words], env=self._of[service], check=True, capture_output=True
            )
        self.web = self._start("reporting", "serve")
        self._start("reporting", "consume")
        self._start("intake", "relay")
        self.speaker = subprocess.Popen(
            tied(sys.executable, str(HERE / "live_speaker.py")),
            env=self._of["intake"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        wait_until_ready(self.address, self.web, folder / "reporting-serve.log")

    def viewers(self, count: int) -> Viewers:
        """That many browsers of an administrator, connected."""
        cookies = subprocess.run(
            [sys.executable, str(HERE / "live_session.py")],
            env=self._of["reporting"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        return Viewers(self.address, cookies, count).open()

    def says(self, municipality: str) -> float:
        """Say a change of a municipality; gives the moment at which it was kept."""
        assert self.speaker.stdin is not None and self.speaker.stdout is not None
        self.speaker.stdin.write(f"{municipality}\n")
        self.speaker.stdin.flush()
        return float(self.speaker.stdout.readline())

    def web_mebibytes(self) -> float:
        """Memory of the web process now."""
        status = Path(f"/proc/{self.web.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def end(self) -> None:
        """Stop every process."""
        if self.speaker.stdin is not None:
            self.speaker.stdin.close()
        self.speaker.wait(30)
        for one in self._processes:
            one.terminate()
        for one in self._processes:
            one.wait(30)

    def _start(self, service: str, word: str) -> subprocess.Popen[bytes]:
        with open(self._folder / f"{service}-{word}.log", "ab") as written:
            process = subprocess.Popen(
                tied(sys.executable, "-m", service, word), env=self._of[service], stdout=written, stderr=written
            )
        self._processes.append(process)
        return process


@contextmanager
def live_house() -> Iterator[LiveHouse]:
    """Start it all, and stop it all."""
    redis = RedisServer().start()
    try:
        with (
            databases() as (_, environment),
            running_kafka() as kafka,
            tempfile.TemporaryDirectory(prefix="vierspan-bench-live-") as folder,
        ):
            more = {"KAFKA_BOOTSTRAP_SERVERS": kafka.address, "VIERSPAN_REDIS_URL": redis.url}
            house = LiveHouse(environment | more, kafka, Path(folder))
            try:
                yield house
            finally:
                house.end()
    finally:
        redis.stop()
