"""Keycloak itself: fetched once by Maven, made ready to start once, kept in .keycloak at the root by what was asked."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from infra import java as programs

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
KEPT = Path(__file__).parents[3] / ".keycloak"
# What is decided when it is made ready and not at each start.
BUILT_WITH = ("--db=dev-mem", "--health-enabled=true")


class NoProvider(RuntimeError):
    """A provider cannot be had here; the message says what is missing."""


def java() -> str:
    """The java program. Raises NoProvider when it is absent or too old."""
    return programs.java(NoProvider)


def distribution() -> Path:
    """The folder of a Keycloak that is ready to start; the first call fetches and prepares it. Raises NoProvider.

    VIERSPAN_KEYCLOAK names an unpacked Keycloak to take where Maven cannot fetch one.
    """
    given = os.environ.get("VIERSPAN_KEYCLOAK", "")
    if given and not (Path(given) / "lib" / "quarkus-run.jar").exists():
        raise NoProvider(f"VIERSPAN_KEYCLOAK names {given}, and there is no Keycloak")
    asked = POM.read_bytes() + "".join((*BUILT_WITH, given)).encode()
    folder = KEPT / f"keycloak-{hashlib.sha256(asked).hexdigest()[:12]}"
    with programs.one_at_a_time(KEPT):
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=KEPT) as place:
                made = Path(place) / "keycloak"
                if given:
                    shutil.copytree(given, made)
                else:
                    _fetch(Path(place), made)
                _prepare(made)
                made.rename(folder)
    return folder


def _fetch(place: Path, made: Path) -> None:
    instead = "name an unpacked Keycloak in VIERSPAN_KEYCLOAK"
    programs.fetch(POM, place / "zip", instead=instead, refusal=NoProvider)
    with zipfile.ZipFile(next((place / "zip").glob("keycloak-*.zip"))) as archive:
        archive.extractall(place / "unpacked")
    next((place / "unpacked").iterdir()).rename(made)


def _prepare(made: Path) -> None:
    java()
    answer = subprocess.run(
        ["sh", str(made / "bin" / "kc.sh"), "build", *BUILT_WITH], capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        raise NoProvider(f"Keycloak could not be made ready:\n{(answer.stdout + answer.stderr)[-2000:]}")
