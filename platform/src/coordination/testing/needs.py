"""Things outside Python that some tests need, and where they are found on this machine."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path


def chromium() -> str | None:
    """A Chromium to drive: VIERSPAN_CHROMIUM, or the first of the usual names on the path."""
    given = os.environ.get("VIERSPAN_CHROMIUM", "")
    if given:
        return given if Path(given).exists() else None
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def redis() -> str | None:
    """The redis-server program."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def postgresql() -> str | None:
    """The folder with PostgreSQL's programs, also where Debian keeps them off the path."""
    on_path = shutil.which("initdb")
    if on_path:
        return str(Path(on_path).resolve().parent)
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda place: int(place.parts[-3]))
    return str(kept[-1].parent) if kept else None


def kafka() -> str | None:
    """Brokers that are there (KAFKA_BOOTSTRAP_SERVERS), or what it takes to start one here, or Docker."""
    return os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "") or local_kafka() or docker()


def docker() -> str | None:
    """The docker program, where an engine answers it."""
    program = shutil.which("docker")
    answers = program and subprocess.run([program, "version"], capture_output=True, check=False).returncode == 0
    return program if answers else None


def local_kafka() -> str | None:
    """What starts a broker that a test may kill: java, and Maven or a folder with the jars (VIERSPAN_KAFKA_JARS)."""
    java, maven, jars = shutil.which("java"), shutil.which("mvn"), os.environ.get("VIERSPAN_KAFKA_JARS", "")
    return java if java and (maven or (jars and Path(jars).is_dir())) else None


def provider() -> str | None:
    """What starts an OpenID provider: java, and Maven or a folder with Keycloak (VIERSPAN_KEYCLOAK)."""
    java, maven, given = shutil.which("java"), shutil.which("mvn"), os.environ.get("VIERSPAN_KEYCLOAK", "")
    return java if java and (maven or (given and Path(given).is_dir())) else None


def nginx() -> str | None:
    """The nginx program, also where Debian keeps it off the path of people."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def faketime() -> str | None:
    """The library that gives a process another time than the machine's, when it is loaded first."""
    places = (*Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), Path("/usr/lib/faketime/libfaketimeMT.so.1"))
    return next((str(place) for place in places if place.exists()), None)


@cache
def tmpfs() -> str | None:
    """The program mount, where it may make a disk in memory: the superuser may, but not in every container."""
    program = shutil.which("mount")
    if program is None or os.geteuid() != 0:
        return None
    with tempfile.TemporaryDirectory() as place:
        words = [program, "-t", "tmpfs", "-o", "size=1m", "tmpfs", place]
        if subprocess.run(words, capture_output=True, check=False).returncode:
            return None
        subprocess.run(["umount", place], check=True)
    return program


def npm() -> str | None:
    """The npm program."""
    return shutil.which("npm")


FINDERS: dict[str, Callable[[], str | None]] = {
    "chromium": chromium,
    "redis": redis,
    "postgresql": postgresql,
    "kafka": kafka,
    "local-kafka": local_kafka,
    "provider": provider,
    "nginx": nginx,
    "npm": npm,
    "faketime": faketime,
    "tmpfs": tmpfs,
}


def find(name: str) -> str | None:
    """Where a needed thing is, or None. Other names are Python modules or programs."""
    if name in FINDERS:
        return FINDERS[name]()
    return sys.executable if importlib.util.find_spec(name) else shutil.which(name)


def missing(names: Sequence[str]) -> list[str]:
    """Those of the names that are not here."""
    return [name for name in names if find(name) is None]


def required() -> bool:
    """Whether a missing thing is a failure (VIERSPAN_REQUIRE=all) and not a reason to skip."""
    return os.environ.get("VIERSPAN_REQUIRE", "") == "all"
