"""The jars of a real Apache Kafka: fetched once by Maven, kept in .kafka at the root, by what the pom asked for."""

import hashlib
import os
import tempfile
from pathlib import Path

from infra import java as programs

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
KEPT = Path(__file__).parents[3] / ".kafka"


class NoBroker(RuntimeError):
    """A broker cannot be had here; the message says what is missing."""


def java() -> str:
    """The java program. Raises NoBroker when it is absent or too old."""
    return programs.java(NoBroker)


def jars() -> Path:
    """The folder with the jars: VIERSPAN_KAFKA_JARS, or fetched by Maven at the first call. Raises NoBroker."""
    given = os.environ.get("VIERSPAN_KAFKA_JARS", "")
    if given:
        if not any(Path(given).glob("kafka_*.jar")):
            raise NoBroker(f"VIERSPAN_KAFKA_JARS names {given}, and there are no jars of Kafka")
        return Path(given)
    folder = KEPT / f"jars-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"
    with programs.one_at_a_time(KEPT):
        if not folder.is_dir():
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    instead = "name a folder with the jars in VIERSPAN_KAFKA_JARS"
    with tempfile.TemporaryDirectory(dir=KEPT) as place:
        made = Path(place) / "jars"
        programs.fetch(POM, made, "-DincludeScope=runtime", instead=instead, refusal=NoBroker)
        made.rename(folder)
