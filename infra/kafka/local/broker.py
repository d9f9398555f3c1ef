"""A real Apache Kafka on this machine without Docker: one broker or three in KRaft mode, on free ports of 127.0.0.1.

From the root: python -m infra.kafka.local.broker --brokers 3. It prints the address, runs in the foreground and ends
with everything it started on Ctrl-C or SIGTERM. Tests use running().
"""

import argparse
import base64
import json
import shutil
import signal
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from infra.kafka.local.jars import NoBroker
from infra.kafka.local.node import Node, free_ports


class Cluster:
    """One broker or more, each with a folder of its own below the one given; a folder used before goes on as it was."""

    def __init__(
        self,
        folder: Path,
        *,
        brokers: int = 1,
        properties: Mapping[str, str] | None = None,
        doors: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.resolve()
        known = self._known(brokers)
        self._cluster, self._directories = known["cluster"], known["directories"]
        ports = known["ports"]
        self.nodes = [
            Node(number + 1, self.folder / f"broker-{number + 1}", ports[number * 2 : number * 2 + 2])
            for number in range(brokers)
        ]
        for node in self.nodes:
            node.write_properties(self._shared() | dict(properties or {}), doors or {})

    @property
    def address(self) -> str:
        """What clients connect to: host:port of every broker, with commas between."""
        return ",".join(node.address for node in self.nodes)

    def start(self) -> None:
        """Format what is new, start every broker, wait until each knows of all. Raises NoBroker."""
        with ThreadPoolExecutor(len(self.nodes)) as pool:
            list(pool.map(self._format, self.nodes))
        for node in self.nodes:
            node.start()
        for node in self.nodes:
            node.wait_until_it_answers(len(self.nodes))

    def stop(self) -> None:
        """End every broker."""
        with ThreadPoolExecutor(len(self.nodes)) as pool:
            list(pool.map(Node.stop, self.nodes))

    def _known(self, brokers: int) -> dict:
        place = self.folder / "cluster.json"
        if place.exists():
            known = json.loads(place.read_text(encoding="utf-8"))
            if len(known["directories"]) != brokers:
                raise NoBroker(f"{self.folder} holds {len(known['directories'])} brokers, not {brokers}")
            return known
        known = {
            "cluster": _new_id(),
            "directories": [_new_id() for _ in range(brokers)],
            "ports": free_ports(2 * brokers),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(known), encoding="utf-8")
        return known

    def _shared(self) -> dict[str, str]:
        brokers = len(self.nodes)
        copies, in_step = str(min(brokers, 3)), str(min(max(brokers - 1, 1), 2))
        return {
            "controller.quorum.bootstrap.servers": ",".join(node.controller for node in self.nodes),
            "auto.create.topics.enable": "false",
            "group.initial.rebalance.delay.ms": "0",
            # A consumer that was killed is missed as soon as a test or a trial wants.
            "group.min.session.timeout.ms": "1000",
            # A broker that was killed is let in again once its old session is over.
            "broker.heartbeat.interval.ms": "500",
            "broker.session.timeout.ms": "3000",
            "default.replication.factor": copies,
            "min.insync.replicas": in_step,
            # Of what a broker keeps in memory for tidying up, its own topics need a sixteenth; the rest would be looked
            # through whenever it looks for rubbish.
            "log.cleaner.dedupe.buffer.size": "8388608",
            "offsets.topic.num.partitions": "8",
            "offsets.topic.replication.factor": copies,
            "transaction.state.log.num.partitions": "2",
            "transaction.state.log.replication.factor": copies,
            "transaction.state.log.min.isr": in_step,
            "share.coordinator.state.topic.num.partitions": "2",
            "share.coordinator.state.topic.replication.factor": copies,
            "share.coordinator.state.topic.min.isr": in_step,
        }

    def _format(self, node: Node) -> None:
        if len(self.nodes) == 1:
            node.format(self._cluster, "--standalone")
            return
        controllers = [
            f"{one.number}@{one.controller}:{directory}"
            for one, directory in zip(self.nodes, self._directories, strict=True)
        ]
        node.format(self._cluster, "--initial-controllers", ",".join(controllers))


@contextmanager
def running(
    *,
    brokers: int = 1,
    folder: Path | None = None,
    properties: Mapping[str, str] | None = None,
    doors: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    """A cluster that runs inside the with; without a folder its data goes with it. Raises NoBroker.

    doors are listeners besides the plain one, for one broker: NAME://host:port and the protocol spoken there.
    """
    place = folder or Path(tempfile.mkdtemp(prefix="vierspan-kafka-"))
    cluster = Cluster(place, brokers=brokers, properties=properties, doors=doors)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)


def _new_id() -> str:
    """A random id as Kafka writes them; one that begins with a dash would read as an option."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return text


def main() -> int:
    """Run a cluster in the foreground until told to stop; gives the exit status."""
    parser = argparse.ArgumentParser(prog="infra.kafka.local.broker", description=__doc__.splitlines()[0])
    parser.add_argument("--brokers", type=int, choices=(1, 3), default=1)
    parser.add_argument("--folder", type=Path, help="where the data stays; without it the data goes with the brokers")
    options = parser.parse_args()
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    try:
        with running(brokers=options.brokers, folder=options.folder) as cluster:
            print(f"Kafka runs, in {cluster.folder}. For services and tests:", flush=True)
            print(f"export KAFKA_BOOTSTRAP_SERVERS={cluster.address} KAFKA_REPLICATION={options.brokers}", flush=True)
            while not stopping.wait(0.5):
                if not all(node.is_running() for node in cluster.nodes):
                    raise NoBroker(f"a broker ended by itself; see the broker.log files in {cluster.folder}")
    except NoBroker as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
