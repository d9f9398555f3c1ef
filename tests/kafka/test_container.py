"""The broker of docker-compose.yml: its settings through the very program with which its image sets itself up."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml
from infra.kafka.local import container
from infra.kafka.local.jars import jars, java
from infra.kafka.local.node import known_brokers

from coordination.testing import needs

ROOT = Path(__file__).parents[2]


@pytest.mark.needs("local-kafka")
def test_its_settings_are_ones_a_broker_takes(tmp_path):
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    data = compose["services"]["kafka"]["environment"]["KAFKA_LOG_DIRS"]
    assert f"kafka:{data}" in compose["services"]["kafka"]["volumes"]
    settings = compose["services"]["kafka"]["environment"] | {"KAFKA_LOG_DIRS": str(tmp_path / "data")}
    written = set_up(settings, tmp_path)
    assert "auto.create.topics.enable=false\n" in written
    assert "advertised.listeners=PLAINTEXT://kafka:9092\n" in written


@pytest.mark.needs("local-kafka")
def test_so_are_those_of_the_container_that_tests_take_without_java(tmp_path):
    image, settings = container.settings(45678)
    assert image.startswith("apache/kafka:")
    written = set_up(settings | {"KAFKA_LOG_DIRS": str(tmp_path / "data")}, tmp_path)
    assert "advertised.listeners=PLAINTEXT://127.0.0.1:45678\n" in written
    assert "group.min.session.timeout.ms=1000\n" in written


@pytest.mark.skipif(needs.docker() is None, reason="no Docker engine here; the broker of the run is another one")
def test_in_docker_it_runs_until_it_is_let_go():
    with container.running() as broker:
        assert known_brokers(int(broker.address.partition(":")[2])) == 1
    assert known_brokers(int(broker.address.partition(":")[2])) == 0


def set_up(settings: dict[str, str], tmp_path: Path) -> str:
    """What the image's own set-up makes of settings."""
    folders = {name: tmp_path / name for name in ("default", "mounted", "final")}
    for folder in folders.values():
        folder.mkdir()
    for name in ("server.properties", "log4j2.yaml", "tools-log4j2.yaml"):
        (folders["default"] / name).touch()
    answer = subprocess.run(
        [
            *(java(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", f"{jars()}/*"),
            *("kafka.docker.KafkaDockerWrapper", "setup"),
            *(word for name, folder in folders.items() for word in (f"--{name}-configs-dir", str(folder))),
        ],
        env={"PATH": os.environ["PATH"], **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    # It formats its folder, which it does only with settings that fit together.
    assert f"cluster.id={settings['CLUSTER_ID']}" in (tmp_path / "data/meta.properties").read_text()
    return (folders["final"] / "server.properties").read_text()
