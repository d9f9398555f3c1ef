"""The files for containers: what they start, mount, tell and ask for is what the house really has."""

import re
import sys
import tomllib
from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from coordination.contracts import catalogue
from coordination.events.management.commands import topics
from coordination.service import cli, healthy

ROOT = Path(__file__).parents[2]
FILES = {
    "service": ROOT / "docker-compose.yml",
    "embedded": ROOT / "infra/docker/embedded.yml",
    "monitoring": ROOT / "infra/monitoring/compose.yml",
}
# Compose reads the paths of a second file from the folder of the first.
FOLDERS = {"service": ROOT, "embedded": ROOT / "infra/docker", "monitoring": ROOT}
OURS = ("intake", "matching", "reporting", "vierspan", "python")
SERVICES = ("intake", "matching", "reporting")
CODE = "\n".join(
    place.read_text(encoding="utf-8")
    for folder in ("platform/src", "services", "infra/embedded/src", "infra/proxy")
    for place in [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.sh"), *(ROOT / folder).rglob("*.template")]
)
PAPERS = "\n".join(
    place.read_text(encoding="utf-8")
    for place in [*(ROOT / "platform/docs/how-to").glob("*.md"), *(ROOT / "infra").glob("*/README.md")]
)
FIRST_CELLS = "\n".join(re.findall(r"^\| ([^|]+) \|", PAPERS, re.MULTILINE))
EXPLAINED = set(re.findall(r"`([A-Z][A-Z_]+)`", FIRST_CELLS))
HOLE = re.compile(r"\$\{(\w+)")


@cache
def content(form: str) -> dict:
    return yaml.safe_load(FILES[form].read_text(encoding="utf-8"))


def named(form: str) -> list[tuple[str, str]]:
    return [(form, name) for name in content(form)["services"]]


EVERY = [pair for form in FILES for pair in named(form)]


def is_ours(one: dict) -> bool:
    return "build" in one


def goes_on(one: dict) -> bool:
    return one["restart"] == "unless-stopped"


@pytest.fixture
def one(request) -> dict:
    """One service of one file."""
    form, name = request.param
    return content(form)["services"][name] | {"form": form, "name": name}


def of(pairs: list[tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("one", pairs, indirect=True, ids=["-".join(pair) for pair in pairs])


OWN = [(form, name) for form, name in EVERY if is_ours(content(form)["services"][name])]


@pytest.fixture(scope="module")
def compose() -> dict:
    return content("service")


@pytest.fixture(scope="module")
def services(compose) -> dict:
    return compose["services"]


def test_each_service_has_its_three_processes_and_makes_its_tables(services):
    for service in SERVICES:
        for process, command in (("web", "serve"), ("relay", "relay"), ("consume", "consume")):
            one = services[f"{service}-{process}"]
            assert one["command"] == [service, command]
            assert one["environment"]["DJANGO_SETTINGS_MODULE"] == f"{service}.settings_service"
            waits = one["depends_on"]
            for before in ("topics", f"migrate-{service}"):
                assert waits[before] == {"condition": "service_completed_successfully"}
    assert set(SERVICES) == {entry.owner for entry in catalogue.ENTRIES}


@of(OWN)
def test_a_command_of_ours_is_one_the_house_has(one, capsys):
    program, *words = [re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", word) for word in one["command"]]
    assert program in OURS
    assert (Path(sys.executable).parent / program).exists()
    if program == "python":
        assert (ROOT / words[0].replace("/vierspan/", "infra/")).exists()
        return
    main = import_module("vierspan.__main__").main if program == "vierspan" else lambda line: cli.main(program, line)
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0, capsys.readouterr().err
    if words[0] == "topics":
        topics.Command().create_parser("", "topics").parse_args(words[1:])


@of(EVERY)
def test_its_health_is_asked_for_and_ours_at_a_door_that_tells_it(one):
    if not goes_on(one):
        assert not is_ours(one) or one["healthcheck"] == {"disable": True}, "what ends is well when it ended well"
        return
    check = one["healthcheck"]["test"]
    if not is_ours(one):
        assert check
        return
    assert check[:4] == ["CMD", "python", "-m", healthy.__name__]
    address = urlsplit(check[4])
    assert address.hostname == "127.0.0.1"
    if one["command"][1] == "serve":
        assert (address.port, address.path) == (8000, "/-/health/ready")
    else:
        assert str(address.port) == one["environment"]["METRICS_PORT"]
        assert f'"{address.path}"' in CODE


@of(EVERY)
def test_images_are_pinned_by_version(one):
    assert re.fullmatch(r"[a-z./-]+:v?\d+\.\d+(\.\d+)?", one["image"]), one["image"]
    if is_ours(one):
        version = tomllib.loads((ROOT / "platform/pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        assert one["image"] == f"vierspan:{version}"


@pytest.mark.parametrize(
    ("name", "pom"), [("kafka", "infra/kafka/local/pom.xml"), ("provider", "infra/provider/local/pom.xml")]
)
def test_containers_have_the_version_that_tests_try(services, name, pom):
    assert f"<version>{services[name]['image'].rpartition(':')[2]}</version>" in (ROOT / pom).read_text(
        encoding="utf-8"
    )


@of(EVERY)
def test_nothing_may_do_or_take_more_than_it_needs(one):
    assert one["cap_drop"] == ["ALL"] and "cap_add" not in one
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in one and "container_name" not in one
    if goes_on(one):
        assert one["mem_limit"] and one["cpus"]
        assert int(one["stop_grace_period"].removesuffix("s")) >= 10
    else:
        assert one["restart"] == "on-failure:5"
    if is_ours(one):
        assert one["read_only"] is True and one["init"] is True
        assert any(place.startswith("/tmp") for place in one["tmpfs"])
        assert one.get("user", "10001") != "root"


def test_only_the_proxy_is_reached_from_outside_and_only_from_this_machine_unless_told(services):
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert all(port.startswith("${PROXY_ADDRESS:-127.0.0.1}:") for port in services["proxy"]["ports"])
    assert all(
        "ports" not in one or one["ports"][0].startswith("127.0.0.1:")
        for form in ("embedded", "monitoring")
        for one in content(form)["services"].values()
    )


@of(EVERY)
def test_what_it_waits_for_is_there_and_can_come(one):
    others = content(one["form"])["services"]
    for name, how in one.get("depends_on", {}).items():
        other = others[name]
        if how["condition"] == "service_completed_successfully":
            assert not goes_on(other), name
        if how["condition"] == "service_healthy":
            assert other["healthcheck"]["test"], name


def test_every_host_that_is_named_is_a_service_on_a_shared_network(services):
    asked = re.compile(r"(?:^|//|,)([a-z][a-z-]+)(?=:\d|/|,|$)")
    for name, one in services.items():
        if not is_ours(one) and name not in ("proxy", "databases"):
            continue
        for variable in ("VIERSPAN_DATABASE_HOST", "VIERSPAN_REDIS_URL", "KAFKA_BOOTSTRAP_SERVERS", "PGHOST"):
            for host in asked.findall(one["environment"].get(variable, "")):
                assert set(services[host]["networks"]) & set(one["networks"]), (name, variable, host)


def test_the_proxy_leads_to_services_of_the_file_at_their_ports(services):
    surroundings = services["proxy"]["environment"]
    for service in SERVICES:
        assert surroundings[f"PROXY_{service.upper()}"] == f"http://{service}-web:8000"
        assert set(services[f"{service}-web"]["networks"]) & set(services["proxy"]["networks"])
        assert f"{service}-web" in services[f"{service}-web"]["environment"]["VIERSPAN_HOSTS"].split(",")
    assert surroundings["PROXY_PROVIDER"] == "http://provider:8080"
    assert "PORT=8000" in (ROOT / "infra/docker/Dockerfile").read_text(encoding="utf-8")
    published = {port.rpartition(":")[2] for port in services["proxy"]["ports"]}
    listened = {surroundings[name].rpartition(":")[2] for name in ("PROXY_LISTEN", "PROXY_LISTEN_PLAIN")}
    assert published == listened


def test_copies_of_messages_fit_the_brokers(services):
    brokers = [one for one in services.values() if one["image"].startswith("apache/kafka:")]
    for one in brokers:
        copies = {name: value for name, value in one["environment"].items() if "FACTOR" in name or "ISR" in name}
        assert len(copies) >= 6 and set(copies.values()) == {str(len(brokers))}
        assert one["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    for name, one in services.items():
        if "KAFKA_BOOTSTRAP_SERVERS" in one.get("environment", {}):
            assert one["environment"]["KAFKA_REPLICATION"] == str(len(brokers)), name


@of([*OWN, ("service", "proxy")])
def test_every_setting_it_gives_is_read_and_explained(one):
    for name in one["environment"]:
        # Those of Kafka are told apart by what follows the first word.
        found = re.search(rf"\b{name}\b", CODE) or f'"{name.removeprefix("KAFKA_").lower()}"' in CODE
        assert bool(found), f"{name} is read nowhere"
        assert name in EXPLAINED, f"{name} is explained nowhere"


@pytest.mark.parametrize("form", ["service", "embedded"])
def test_every_hole_an_operator_may_fill_is_explained(form):
    holes = set(HOLE.findall(FILES[form].read_text(encoding="utf-8")))
    assert holes
    assert holes - EXPLAINED == set()


@of(EVERY)
def test_a_secret_is_given_to_whoever_names_it_and_to_nobody_else(one):
    given = set(one.get("secrets", []))
    words = yaml.safe_dump({key: one.get(key) for key in ("environment", "command", "entrypoint", "healthcheck")})
    for place in one.get("volumes", []):
        mounted = ROOT / place.split(":")[0]
        words += mounted.read_text(encoding="utf-8") if mounted.is_file() and mounted.suffix == ".sh" else ""
    asked = set(re.findall(r"/run/secrets/([a-z-]+)", words)) | set(re.findall(r"\(secret ([a-z-]+)\)", words))
    if one["name"] == "databases":
        asked |= {f"{name}-database-password" for name in one["environment"]["DATABASES"].split()}
    assert asked == given


@of(EVERY)
def test_what_is_mounted_is_there(one):
    whole = content(one["form"])
    for mount in one.get("volumes", []):
        source, place = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", mount).removesuffix(":ro").split(":")
        if source.startswith("."):
            assert (FOLDERS[one["form"]] / source).exists(), source
            assert mount.endswith(":ro")
        else:
            assert source in whole["volumes"]
        assert place.startswith("/")


def test_every_volume_and_network_is_used(compose, services):
    mounts = " ".join(mount for one in services.values() for mount in one.get("volumes", []))
    assert all(re.search(rf"(^|[ -]){name}\b", mounts) for name in compose["volumes"])
    assert {network for one in services.values() for network in one["networks"]} == set(compose["networks"])
    assert compose["networks"]["inside"] == {"internal": True}
    for name in ("kafka", "postgres", "redis"):
        assert services[name]["networks"] == ["inside"], name


def test_the_embedded_form_keeps_its_data_where_the_house_looks():
    one = content("embedded")["services"]["vierspan"]
    assert one["volumes"] == [f"data:{one['environment']['VIERSPAN_DATA']}"]
