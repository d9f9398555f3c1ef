"""One broker of a local cluster: a folder, two ports and a process that can be killed and started again."""

import socket
import struct
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.java import Server
from infra.kafka.local.jars import HERE, NoBroker, jars, java

PATIENCE = 60.0


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on now, all different."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def run_java(*arguments: str) -> str:
    """What one of Kafka's tools prints. Raises NoBroker when it fails."""
    answer = subprocess.run(
        [java(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *_class_path(), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise NoBroker((answer.stdout + answer.stderr)[-2000:])
    return answer.stdout


class Node(Server):
    """One broker, which is also a controller. Killed or stopped, it starts again on the same folder and ports."""

    def __init__(self, number: int, folder: Path, ports: Sequence[int]) -> None:
        self.number = number
        self.folder = folder
        self.port, self.controller_port = ports

    @property
    def address(self) -> str:
        """host:port for clients."""
        return f"127.0.0.1:{self.port}"

    @property
    def controller(self) -> str:
        """host:port for the other controllers."""
        return f"127.0.0.1:{self.controller_port}"

    @property
    def log_file(self) -> Path:
        """What the process writes."""
        return self.folder / "broker.log"

    def write_properties(self, others: Mapping[str, str], doors: Mapping[str, str]) -> None:
        """Write server.properties: those of this node, others, and further doors (NAME://host:port: protocol)."""
        self.folder.mkdir(parents=True, exist_ok=True)
        protocols = {
            f"PLAINTEXT://{self.address}": "PLAINTEXT",
            f"CONTROLLER://{self.controller}": "PLAINTEXT",
            **doors,
        }
        names = [f"{door.partition(':')[0]}:{protocol}" for door, protocol in protocols.items()]
        lines = {
            "process.roles": "broker,controller",
            "node.id": str(self.number),
            "listeners": ",".join(protocols),
            "advertised.listeners": ",".join(protocols),
            "listener.security.protocol.map": ",".join(names),
            "inter.broker.listener.name": "PLAINTEXT",
            "controller.listener.names": "CONTROLLER",
            "log.dirs": str(self.folder / "data"),
            **others,
        }
        text = "".join(f"{name}={value}\n" for name, value in lines.items())
        (self.folder / "server.properties").write_text(text, encoding="utf-8")

    def format(self, cluster: str, *how: str) -> None:
        """Prepare the data folder, once."""
        if (self.folder / "data" / "meta.properties").exists():
            return
        properties = str(self.folder / "server.properties")
        run_java("kafka.tools.StorageTool", "format", *how, "-t", cluster, "-c", properties)

    def start(self) -> None:
        """Start the process; wait_until_it_answers tells when it is there."""
        if self.is_running():
            return
        with self.log_file.open("ab") as output:
            self.process = subprocess.Popen(
                [
                    *(java(), "-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData"),
                    f"-Dlog4j2.configurationFile={HERE / 'log4j2.properties'}",
                    *_class_path(),
                    *("kafka.Kafka", str(self.folder / "server.properties")),
                ],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                start_new_session=True,
            )

    def wait_until_it_answers(self, brokers: int = 1) -> None:
        """Wait until this node knows of so many brokers. Raises NoBroker when it ends or takes too long."""
        until = time.monotonic() + PATIENCE
        while known_brokers(self.port) < brokers:
            if not self.is_running() or time.monotonic() > until:
                raise NoBroker(f"broker {self.number} does not answer:\n{self.log_file.read_text()[-2000:]}")
            time.sleep(0.1)


def known_brokers(port: int) -> int:
    """How many brokers the one on this port knows of, asked in Kafka's own protocol; 0 when it does not answer."""
    # Metadata, version 7: no topics, nothing made by the way.
    body = struct.pack(">hhihi?", 3, 7, 1, -1, 0, False)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(struct.pack(">i", len(body)) + body)
            with connection.makefile("rb") as answer:
                # Length, number of the request, throttle time, and how many brokers follow.
                return struct.unpack(">iiii", answer.read(16))[3]
    except (OSError, struct.error):
        return 0


def _class_path() -> tuple[str, str]:
    return "-cp", f"{jars()}/*"
