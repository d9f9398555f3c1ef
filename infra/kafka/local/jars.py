"""The jars of a real Apache Kafka: fetched once by Maven, kept in .kafka at the root, by what the pom asked for."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
KEPT = Path(__file__).parents[3] / ".kafka"
OLDEST_JAVA = 17


class NoBroker(RuntimeError):
    """A broker cannot be had here; the message says what is missing."""


def java() -> str:
    """The java program. Raises NoBroker when it is absent or too old."""
    program = shutil.which("java")
    if program is None:
        raise NoBroker("Java 17 or newer is missing: install openjdk-17-jre-headless or a newer one")
    answer = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', answer.stderr)
    if not found or int(found[1]) < OLDEST_JAVA:
        raise NoBroker(f"Java 17 or newer is needed, and this one is {found[1] if found else 'unknown'}")
    return program


def jars() -> Path:
    """The folder with the jars: VIERSPAN_KAFKA_JARS, or fetched by Maven at the first call. Raises NoBroker."""
    given = os.environ.get("VIERSPAN_KAFKA_JARS", "")
    if given:
        if not any(Path(given).glob("kafka_*.jar")):
            raise NoBroker(f"VIERSPAN_KAFKA_JARS names {given}, and there are no jars of Kafka")
        return Path(given)
    folder = KEPT / f"jars-{hashlib.sha256(POM.read_bytes()).hexdigest()[:12]}"
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoBroker("Maven is missing: install maven, or name a folder with the jars in VIERSPAN_KAFKA_JARS")
    with tempfile.TemporaryDirectory(dir=KEPT) as place:
        answer = subprocess.run(
            [
                *(maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"),
                *("-DincludeScope=runtime", f"-DoutputDirectory={place}/jars"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode != 0:
            raise NoBroker(f"Maven could not fetch the jars of Kafka:\n{(answer.stdout + answer.stderr)[-2000:]}")
        os.rename(f"{place}/jars", folder)
