"""docker-compose.yml: it parses, and what it starts, mounts and asks for health is what the house really has."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_image_is_built_from_files_that_are_there(compose):
    build = compose["services"]["vierspan"]["build"]
    dockerfile = ROOT / build["context"] / build["dockerfile"]
    for line in dockerfile.read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source


def test_the_command_is_one_the_house_has(compose):
    service = compose["services"]["vierspan"]
    program = Path(sys.executable).parent / service["command"][0]
    answer = subprocess.run(
        [str(program), *service["command"][1:], "--help"], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


def test_data_lives_in_a_named_volume_where_the_house_looks(compose):
    service = compose["services"]["vierspan"]
    volume, place = service["volumes"][0].split(":")
    assert volume in compose["volumes"]
    assert service["environment"]["VIERSPAN_DATA"] == place


def test_it_runs_as_nobody_special_on_a_root_it_cannot_write(compose):
    service = compose["services"]["vierspan"]
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]
    dockerfile = (ROOT / service["build"]["dockerfile"]).read_text(encoding="utf-8")
    last_stage = dockerfile.rsplit("\nFROM ", 1)[1]
    assert "\nUSER vierspan\n" in last_stage
    assert "root" not in last_stage


def test_every_setting_it_gives_is_one_the_house_reads(compose):
    code = "\n".join(
        place.read_text(encoding="utf-8")
        for place in [*(ROOT / "platform/src").rglob("*.py"), *(ROOT / "infra/embedded/src").rglob("*.py")]
    )
    for name in compose["services"]["vierspan"]["environment"]:
        assert f'"{name}"' in code, name


def test_the_image_sets_only_what_the_house_or_python_reads():
    text = (ROOT / "infra/docker/Dockerfile").read_text(encoding="utf-8")
    given = [word.split("=")[0] for line in text.splitlines() if line.startswith("ENV ") for word in line.split()[1:]]
    assert set(given) == {"PATH", "VIERSPAN_DATA", "HOST", "PORT", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def test_the_health_check_asks_the_door_that_tells_readiness(compose):
    assert "/-/health/ready" in compose["services"]["vierspan"]["healthcheck"]["test"][-1]


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell")
def test_ci_script_is_sound_shell():
    place = ROOT / ".ci" / "run"
    assert os.access(place, os.X_OK)
    assert subprocess.run(["sh", "-n", str(place)], check=False).returncode == 0
