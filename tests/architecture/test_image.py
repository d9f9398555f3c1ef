"""The image, its scripts and its secrets: made of what is there, run by nobody special, for few eyes."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
import yaml

from coordination.service import healthy

ROOT = Path(__file__).parents[2]
FILES = (ROOT / "docker-compose.yml", ROOT / "infra/docker/embedded.yml")


def content(place: Path) -> dict:
    return yaml.safe_load(place.read_text(encoding="utf-8"))


def test_the_script_makes_every_secret_once_and_for_few_eyes(tmp_path):
    compose = content(FILES[0])
    script = ROOT / "infra/docker/make-secrets.sh"
    assert os.access(script, os.X_OK)
    for name, one in compose["secrets"].items():
        assert one == {"file": f"infra/docker/secrets/{name}"}
    run = [str(script)]
    folder = tmp_path / "secrets"
    subprocess.run(run, env=os.environ | {"SECRETS": str(folder)}, check=True, capture_output=True)
    made = {place.name: place.read_text(encoding="ascii") for place in folder.iterdir()}
    assert set(made) == set(compose["secrets"])
    assert all(re.fullmatch(r"[A-Za-z0-9]{48}", text) for text in made.values()) and len(set(made.values())) == len(
        made
    )
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(place.stat().st_mode) for place in folder.iterdir()} == {0o444}
    subprocess.run(run, env=os.environ | {"SECRETS": str(folder)}, check=True, capture_output=True)
    assert {place.name: place.read_text(encoding="ascii") for place in folder.iterdir()} == made
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8") + (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert ignored.count("infra/docker/secrets") == 2


@pytest.mark.parametrize("place", FILES, ids=lambda place: place.stem)
def test_every_container_of_ours_is_of_the_one_image(place):
    builds = [one["build"] for one in content(place)["services"].values() if "build" in one]
    assert builds
    for build in builds:
        context = place.parent / build["context"]
        assert (context / build["dockerfile"]).resolve() == ROOT / "infra/docker/Dockerfile"


def test_the_image_is_built_from_files_that_are_there():
    for line in (ROOT / "infra/docker/Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source


def test_the_image_runs_as_nobody_special_and_sets_only_what_is_read():
    text = (ROOT / "infra/docker/Dockerfile").read_text(encoding="utf-8")
    last_stage = text.rsplit("\nFROM ", 1)[1]
    assert "\nUSER 10001:10001\n" in last_stage
    assert "HEALTHCHECK" in last_stage and healthy.__name__ in last_stage
    assert re.search(r"^ARG PYTHON_IMAGE=python:\d+\.\d+\.\d+-slim-[a-z]+$", text, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) == {"${PYTHON_IMAGE}"}
    given = [word.split("=")[0] for line in text.splitlines() if line.startswith("ENV ") for word in line.split()[1:]]
    assert set(given) == {"PATH", "VIERSPAN_DATA", "HOST", "PORT", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


@pytest.mark.parametrize(
    "script",
    [".ci/run", "infra/docker/make-secrets.sh", "infra/proxy/start.sh", "infra/postgres/create-databases.sh"],
)
def test_scripts_are_sound_shell(script):
    assert os.access(ROOT / script, os.X_OK)
    assert subprocess.run(["sh", "-n", str(ROOT / script)], check=False).returncode == 0


def test_the_script_of_the_provider_is_sound():
    subprocess.run(["bash", "-n", str(ROOT / "infra/docker/start-provider.sh")], check=True)
