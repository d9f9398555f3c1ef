"""Rules and dashboard ask for figures that exist, of processes that exist, with labels that those figures have."""

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY, CollectorRegistry, Info

from coordination.events import seen
from coordination.service.standing import Standing
from coordination.web import seen as seen_on_web

ROOT = Path(__file__).parents[2]
HERE = ROOT / "infra/monitoring"
OF_OTHERS = {"process_resident_memory_bytes"}
ENDINGS = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("_total",), "gauge": ("",), "info": ("_info",)}
ASKED = re.compile(r"\b((?:vierspan|process)_\w+)\b")
BY = re.compile(r"\bby \(([^)]*)\)")
WITH = re.compile(r"{([^}]*)}")
ADDED = {"process", "job", "le"}


def rules() -> list[dict]:
    return [rule for group in yaml.safe_load((HERE / "rules.yml").read_text())["groups"] for rule in group["rules"]]


def panels() -> list[dict]:
    return json.loads((HERE / "dashboard.json").read_text())["panels"]


EXPRESSIONS = [rule["expr"] for rule in rules()] + [one["expr"] for panel in panels() for one in panel["targets"]]


@pytest.fixture(scope="module")
def known() -> dict[str, set[str]]:
    """The figures there are, by the name under which they can be asked for, with their labels."""
    found: dict[str, set[str]] = {}
    for module in (seen, seen_on_web):
        for figure in vars(module).values():
            if hasattr(figure, "_labelnames") and hasattr(figure, "_type"):
                for ending in ENDINGS[figure._type]:
                    found[figure._name + ending] = set(figure._labelnames)
    for metric in Standing([]).families():
        found[metric.name] = set(metric._labelnames)
    found["vierspan_build_info"] = {"version"}
    return found


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_is_asked_for_exists(expression, known):
    asked = {name for name in ASKED.findall(expression) if name not in ADDED}
    assert asked or "up{" in expression
    assert asked - known.keys() - OF_OTHERS == set()
    labels = ADDED.union(*(known.get(name, set()) for name in asked))
    wanted = {word.strip() for group in BY.findall(expression) for word in group.split(",")}
    wanted |= {
        re.split(r"[=!]", one)[0].strip() for group in WITH.findall(expression) for one in group.split(",") if one
    }
    assert wanted - labels == set()
    assert all(expression.count(left) == expression.count(right) for left, right in ("()", "{}", "[]"))


def test_every_figure_is_explained_and_watched(known):
    told = (HERE / "README.md").read_text(encoding="utf-8")
    watched = " ".join(EXPRESSIONS)
    for name in known:
        base = re.sub(r"_(bucket|sum|count)$", "", name)
        assert f"`{base}`" in told, name
        assert base in watched, name


def test_the_build_is_told_under_the_name_that_is_asked_for():
    registry = CollectorRegistry()
    Info("vierspan_build", "x", registry=registry).info({"version": "1"})
    assert registry.get_sample_value("vierspan_build_info", {"version": "1"}) == 1
    assert REGISTRY is not registry


def test_a_rule_says_what_to_do():
    for rule in rules():
        assert rule["annotations"]["summary"] and rule["annotations"]["description"], rule["alert"]
        assert rule["labels"]["severity"] in ("warning", "critical")
    assert len({rule["alert"] for rule in rules()}) == len(rules())


def test_every_process_of_compose_is_read_at_the_port_it_answers_on():
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    working = {name for name, one in compose.items() if name.endswith(("-web", "-relay", "-consume"))}
    (scraped,) = yaml.safe_load((HERE / "prometheus.yml").read_text())["scrape_configs"]
    (found,) = scraped["dns_sd_configs"]
    assert set(found["names"]) == working
    assert {compose[name]["environment"]["METRICS_PORT"] for name in working} == {str(found["port"])}
    missing = next(rule for rule in rules() if rule["alert"] == "ProcessMissing")
    assert missing["expr"].endswith(f"< {len(working)}")


def test_the_prometheus_beside_the_services_reads_these_files_and_stays_on_this_machine():
    (one,) = yaml.safe_load((HERE / "compose.yml").read_text())["services"].values()
    assert re.fullmatch(r"prom/prometheus:v\d+\.\d+\.\d+", one["image"])
    assert all(port.startswith("127.0.0.1:") for port in one["ports"])
    mounted = [mount.split(":")[0] for mount in one["volumes"] if mount.startswith(".")]
    assert len(mounted) == 2 and all((ROOT / place).is_file() for place in mounted)
    networks = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["networks"]
    assert set(one["networks"]) <= set(networks)
