"""The locks: all that is declared is in them, each with its hashes, and no package host is named."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements"
MEMBERS = ("platform", "services/intake", "services/matching", "services/reporting", "infra/embedded")
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked(lock: str) -> dict[str, str]:
    """The part of a lock that belongs to each package, by its plain name."""
    parts = re.split(r"^(?=[A-Za-z0-9])", (REQUIREMENTS / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {_plain(NAME.match(part)[0]): part for part in parts if NAME.match(part)}


@pytest.mark.parametrize("lock", ["run.lock", "test.lock", "uv.lock"])
def test_every_package_of_a_lock_has_a_version_and_hashes(lock: str):
    found = _locked(lock)
    assert found
    assert [name for name, part in found.items() if "==" not in part or "--hash=sha256:" not in part] == []
    text = (REQUIREMENTS / lock).read_text(encoding="utf-8")
    assert "://" not in text and "index-url" not in text and "find-links" not in text


@pytest.mark.parametrize("member", MEMBERS)
def test_what_a_member_declares_is_locked(member: str):
    declared = tomllib.loads((ROOT / member / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {_plain(NAME.match(one)[0]) for one in declared}
    assert names
    assert {name for name in names if not name.startswith("vierspan-")} <= set(_locked("run.lock"))


def test_what_tests_ask_for_is_locked_and_nothing_of_it_is_needed_to_run():
    asked = {
        _plain(NAME.match(line)[0])
        for line in (REQUIREMENTS / "test.in").read_text(encoding="utf-8").splitlines()
        if NAME.match(line)
    }
    assert asked <= set(_locked("test.lock"))
    tools = {"pytest", "playwright", "hypothesis", "mypy", "ruff", "schemathesis", "import-linter"}
    assert not tools & set(_locked("run.lock"))


def test_the_locked_versions_agree_between_running_and_testing():
    run, test = _locked("run.lock"), _locked("test.lock")
    version = re.compile(r"==([^\s;\\]+)")
    differ = {
        name
        for name in set(run) & set(test)
        if set(version.findall(run[name])[:1]) != set(version.findall(test[name])[:1])
    }
    assert differ == set()
