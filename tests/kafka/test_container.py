"""The broker of docker-compose.yml: its settings through the very program with which its image sets itself up."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml
from infra.kafka.local.jars import jars, java

pytestmark = pytest.mark.needs("local-kafka")
ROOT = Path(__file__).parents[2]


def test_its_settings_are_ones_a_broker_takes(tmp_path):
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    data = compose["services"]["kafka"]["environment"]["KAFKA_LOG_DIRS"]
    assert f"kafka:{data}" in compose["services"]["kafka"]["volumes"]
    settings = compose["services"]["kafka"]["environment"] | {"KAFKA_LOG_DIRS": str(tmp_path / "data")}
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
    written = (folders["final"] / "server.properties").read_text()
    assert "auto.create.topics.enable=false\n" in written
    assert "advertised.listeners=PLAINTEXT://kafka:9092\n" in written
