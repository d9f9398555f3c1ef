"""The papers: links lead somewhere, decisions say what was decided, publiccode.yml can be read."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAPERS = sorted(
    place
    for place in [*ROOT.glob("*.md"), *(ROOT / "platform").rglob("*.md"), *(ROOT / "services").rglob("*.md")]
    if "node_modules" not in place.parts
)
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda place: place.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(paper: Path):
    dead = [link for link in LINK.findall(paper.read_text(encoding="utf-8")) if not (paper.parent / link).exists()]
    assert dead == []


@pytest.mark.parametrize(
    "record", sorted((ROOT / "platform/docs/decisions").glob("*.md")), ids=lambda place: place.stem
)
def test_a_decision_says_what_was_decided(record: Path):
    text = record.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(record.name[:4])}. ")
    assert "**Decision.**" in text or "| Library |" in text


def test_publiccode_has_what_the_standard_asks():
    description = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    for name in (
        "publiccodeYmlVersion",
        "name",
        "platforms",
        "developmentStatus",
        "softwareType",
        "legal",
        "localisation",
    ):
        assert description[name], name
    for text in description["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10000
        assert text["features"]


def test_no_lock_names_a_package_host():
    for lock in [*(ROOT / "requirements").glob("*.lock"), ROOT / "package-lock.json"]:
        text = lock.read_text(encoding="utf-8")
        assert "index-url" not in text and "find-links" not in text, lock
        assert '"resolved"' not in text, lock


def test_every_service_has_its_card():
    for service in ("intake", "matching", "reporting"):
        assert len((ROOT / "services" / service / "README.md").read_text(encoding="utf-8")) > 300
