"""The broker of docker-compose.yml in a container of its own, for tests on a machine with Docker and without Java."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from infra.kafka.local.jars import NoBroker
from infra.kafka.local.node import PATIENCE, free_ports, known_brokers

COMPOSE = Path(__file__).parents[3] / "docker-compose.yml"


@dataclass(frozen=True)
class Container:
    """A running broker: host:port for clients, and what Docker calls it."""

    address: str
    name: str


def settings(port: int) -> tuple[str, dict[str, str]]:
    """The image and the settings of compose's broker, at a port of this machine and without a volume."""
    service = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]["kafka"]
    return service["image"], service["environment"] | {
        "KAFKA_LISTENERS": f"PLAINTEXT://:{port},CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://127.0.0.1:{port}",
        "KAFKA_LOG_DIRS": "/tmp/kafka-logs",
        "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
        "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS": "1000",
    }


@contextmanager
def running() -> Iterator[Container]:
    """A broker that runs inside the with; its data goes with it. Raises NoBroker."""
    program = shutil.which("docker")
    if program is None:
        raise NoBroker("neither Java with Maven is here, nor Docker")
    (port,) = free_ports(1)
    image, given = settings(port)
    words = [word for name, value in given.items() for word in ("--env", f"{name}={value}")]
    started = subprocess.run(
        [program, "run", "--detach", "--rm", "--publish", f"127.0.0.1:{port}:{port}", *words, image],
        capture_output=True,
        text=True,
        check=False,
    )
    if started.returncode != 0:
        raise NoBroker(started.stderr.strip())
    name = started.stdout.strip()
    try:
        until = time.monotonic() + PATIENCE
        while known_brokers(port) < 1:
            if time.monotonic() > until:
                raise NoBroker(f"the broker in container {name[:12]} does not answer")
            time.sleep(0.2)
        yield Container(address=f"127.0.0.1:{port}", name=name)
    finally:
        subprocess.run([program, "kill", name], capture_output=True, check=False)
