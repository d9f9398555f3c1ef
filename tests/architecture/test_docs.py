"""The papers: links lead somewhere, decisions say what was decided, publiccode.yml can be read."""

import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FOLDERS = ("platform", "services", "infra", "bench")
PAPERS = sorted(
    place
    for place in [*ROOT.glob("*.md"), *(paper for folder in FOLDERS for paper in (ROOT / folder).rglob("*.md"))]
    if "node_modules" not in place.parts
)
DECISIONS = ROOT / "platform/docs/decisions"
RECORDS = sorted(DECISIONS.glob("[0-9]*.md"))
CODE = [
    place
    for folder in ("platform/src", "services", "infra/embedded/src")
    for place in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in place.parts
]
SERVICES = ("intake", "matching", "reporting")
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda place: place.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(paper: Path):
    dead = [link for link in LINK.findall(paper.read_text(encoding="utf-8")) if not (paper.parent / link).exists()]
    assert dead == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda place: place.stem)
def test_a_decision_says_why_what_follows_and_what_was_not_done(record: Path):
    text = record.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(record.name[:4])}. ")
    for part in ("**Context.**", "**Decision.**", "**Consequences.**", "**Not done.**"):
        assert part in text, part
    assert len(text.splitlines()) <= 70, "one page"


def test_every_decision_is_in_the_list():
    listed = LINK.findall((DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert listed == [record.name for record in RECORDS]
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_every_identifier_of_the_glossary_is_in_the_code():
    words = {word for place in CODE for word in re.findall(r"\w+", place.read_text(encoding="utf-8"))}
    glossary = (ROOT / "platform/docs/glossary.md").read_text(encoding="utf-8")
    named = {word for span in re.findall(r"`([^`]+)`", glossary) for word in re.findall(r"\w+", span)}
    assert named - words - {"null"} == set()


def test_a_dutch_term_stands_in_the_glossary_once():
    glossary = (ROOT / "platform/docs/glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\| ([^|]+) \|", glossary, re.MULTILINE)
    assert len(terms) == len(set(terms)) > 60


def test_every_environment_variable_is_explained():
    asked = re.compile(r"""(?:environ(?:\.get|\.setdefault)?[\[(]|number\(|required\()\s*["']([A-Z][A-Z_]+)["']""")
    names = {name for place in CODE for name in asked.findall(place.read_text(encoding="utf-8"))}
    names |= set(
        re.findall(r"^(?:export )?([A-Z_]+) \?=", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    told = "\n".join(paper.read_text(encoding="utf-8") for paper in PAPERS)
    assert {"HOST", "PORT", "VIERSPAN_DATA", "EXAMPLE", "VIERSPAN_HOSTS"} <= names
    assert {name for name in names - {"PATH"} if not re.search(rf"`{name}[`=]", told)} == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_page_of_a_service_stands_on_its_card_or_below_one_that_does(service: str):
    card = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    listed = {re.sub(r"<\w+>", "<>", span.split("?")[0]) for span in re.findall(r"`(/[^`]*)`", card)}
    routes = [str(one.pattern) for one in import_module(f"{service}.pages.urls").urlpatterns]
    addresses = {"/" + re.sub(r"<\w+:\w+>", "<>", route) for route in routes}
    assert addresses

    def found(address: str) -> bool:
        above = address.rpartition("/")[0]
        return address in listed or (above.count("/") >= 2 and found(above))

    assert {address for address in addresses if not found(address)} == set()


def test_the_licence_is_the_whole_european_one():
    text = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())
    assert text.startswith("# EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    articles = [int(number) for number in re.findall(r"## (\d+)\. ", text)]
    assert articles == list(range(1, 16))
    assert "## Appendix" in text and text.endswith("require the production of a new EUPL version.")


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
