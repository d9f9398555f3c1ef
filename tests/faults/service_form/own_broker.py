"""A broker that a test may stop, kill and starve: its data is on a small disk of its own where that can be had."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.kafka.local.broker import Cluster, running
from infra.kafka.local.node import Node, free_ports

from coordination.testing import needs

MEGABYTES = 96
LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
USER, PASSWORD = "intake", "een geheim"


@dataclass(frozen=True)
class OwnBroker:
    """One broker, its disk, and a second door where a name and a password are asked."""

    cluster: Cluster
    disk: Path
    guarded: str

    @property
    def node(self) -> Node:
        """The broker itself."""
        return self.cluster.nodes[0]

    def run(self) -> None:
        """Make sure that it runs and answers."""
        self.make_room()
        self.node.start()
        self.node.wait_until_it_answers()

    def fill(self) -> None:
        """Leave not a byte of its disk."""
        with open(self._ballast, "ab", buffering=0) as ballast:
            for size in (1 << 20, 1 << 12):
                try:
                    while True:
                        ballast.write(b"x" * size)
                except OSError:
                    continue

    def make_room(self) -> None:
        """Give the disk back."""
        self._ballast.unlink(missing_ok=True)

    @property
    def _ballast(self) -> Path:
        return self.disk / "ballast"


@contextmanager
def own_broker(folder: Path) -> Iterator[OwnBroker]:
    """A running broker below a folder, gone afterwards. Raises NoBroker."""
    (port,) = free_ports(1)
    guarded = f"127.0.0.1:{port}"
    properties = {
        "listener.name.guarded.sasl.enabled.mechanisms": "PLAIN",
        "listener.name.guarded.plain.sasl.jaas.config": f'{LOGIN} required user_{USER}="{PASSWORD}";',
    }
    with (
        _small_disk(folder) as disk,
        running(folder=disk, properties=properties, doors={f"GUARDED://{guarded}": "SASL_PLAINTEXT"}) as cluster,
    ):
        yield OwnBroker(cluster, disk, guarded)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """A disk in memory at a folder; the folder as it is where none may be made."""
    folder.mkdir(parents=True, exist_ok=True)
    if needs.find("tmpfs") is None:
        yield folder
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
