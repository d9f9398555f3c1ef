"""What is wrong around a process is told in words, all at once; it waits, and makes nothing by accident."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.service_form.grounds import PROGRAMS, SERVICES, Grounds, Place
from tests.faults.service_form.keeping import Keeper
from tests.faults.service_form.own_broker import PASSWORD, USER, OwnBroker
from tests.kafka.conftest import wait_until

from coordination.contracts import catalogue
from coordination.events.kafka import topics
from coordination.events.kafka.brokers import Brokers

pytestmark = pytest.mark.needs("local-kafka", "postgresql", "redis")

Answer = subprocess.CompletedProcess[str]
PATIENCE = 90.0


@pytest.fixture
def grounds_here(grounds: Grounds, own_broker: OwnBroker) -> Grounds:
    """The servers of the run with a broker of one's own."""
    own_broker.run()
    return grounds.on(own_broker.cluster.address)


@pytest.fixture
def place(grounds_here: Grounds) -> Iterator[Place]:
    """Filled databases, and a prefix under which there is no topic yet."""
    made = grounds_here.place()
    yield made
    grounds_here.clear(made)


@pytest.fixture
def run(grounds_here: Grounds, place: Place) -> Callable[..., Answer]:
    """Runs a command of a service to its end."""

    def command(service: str, *words: str, **environment: str) -> Answer:
        return subprocess.run(
            [PROGRAMS / service, *words],
            env=grounds_here.environment(service, place, **environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return command


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    """Processes that are gone after the test."""
    made = Keeper(tmp_path)
    yield made
    made.end()


@pytest.fixture
def secret(tmp_path: Path) -> Callable[[str], str]:
    """Writes something secret to a file; gives its place."""

    def write(content: str) -> str:
        place = tmp_path / f"secret-{len(list(tmp_path.iterdir()))}"
        place.write_text(content)
        return str(place)

    return write


@pytest.fixture
def guessed(own_broker: OwnBroker, secret: Callable[[str], str]) -> dict[str, str]:
    """A door of the broker where our password is a wrong one."""
    return {
        "KAFKA_BOOTSTRAP_SERVERS": own_broker.guarded,
        "KAFKA_SECURITY_PROTOCOL": "SASL_PLAINTEXT",
        "KAFKA_SASL_MECHANISM": "PLAIN",
        "KAFKA_SASL_USERNAME": USER,
        "KAFKA_SASL_PASSWORD_FILE": secret("geraden"),
    }


@pytest.mark.parametrize(("service", "command"), zip(SERVICES, ("serve", "relay", "consume"), strict=True))
def test_every_service_names_all_that_is_missing_at_once(service: str, command: str, tmp_path: Path):
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": f"{service}.settings_service"}
    wrong = {
        "KAFKA_PARTITIONS": "veel",
        "VIERSPAN_DATABASE_POOL": "veel",
        "VIERSPAN_SECRET_KEY_FILE": "/nowhere/at/all",
    }
    answer = subprocess.run(
        [PROGRAMS / service, command], env=bare | wrong, capture_output=True, text=True, check=False, timeout=60
    )
    assert answer.returncode == 2
    for name in (
        *wrong,
        "VIERSPAN_URL",
        "VIERSPAN_DATABASE_HOST",
        "VIERSPAN_DATABASE_PASSWORD_FILE",
        "VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE",
        "VIERSPAN_REDIS_URL",
        "KAFKA_BOOTSTRAP_SERVERS",
        "OIDC_ISSUER",
        "OIDC_CLIENT_SECRET_FILE",
    ):
        assert answer.stderr.count(name) == 1, (name, answer.stderr)
    assert "Traceback" not in answer.stderr


def test_the_doctor_tells_everything_that_is_wrong_at_once(
    run: Callable[..., Answer], guessed: dict[str, str], secret: Callable[[str], str]
):
    wrong_things = {
        "VIERSPAN_IDENTITY_DATABASE_PASSWORD_FILE": secret("geraden"),
        "VIERSPAN_REDIS_URL": "redis://127.0.0.1:1/0",
        **guessed,
    }
    answer = run("reporting", "doctor", **wrong_things)
    if "KafkaTimeoutError" in answer.stdout:
        # On a busy machine the broker may be too late even to refuse.
        answer = run("reporting", "doctor", **wrong_things)
    assert answer.returncode == 1
    wrong = [line for line in answer.stdout.splitlines() if line.startswith("FOUT")]
    assert len(wrong) == 4, answer.stdout
    assert 'password authentication failed for user "identity"' in wrong[0]
    assert "Redis redis://127.0.0.1:1/0: antwoordt niet" in wrong[1]
    assert "KafkaLog: Kafka op" in wrong[2] and ("wachtwoord" in wrong[2] or "Authentication failed" in wrong[2])
    assert "aanbieder" in wrong[3]
    assert "geraden" not in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stdout + answer.stderr


@pytest.mark.needs("provider")
def test_the_doctor_is_content_when_all_is_right(run: Callable[..., Answer], provider, secret: Callable[[str], str]):
    right = {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_SECRET_FILE": secret(provider.client_secret),
    }
    made = run("intake", "topics", "--create")
    assert made.returncode == 0, made.stderr
    answer = run("intake", "doctor", **right)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "FOUT" not in answer.stdout
    assert answer.stdout.endswith("Alles in orde.\n")


def test_topics_that_are_missing_or_too_narrow_are_told_and_not_made(
    grounds_here: Grounds, place: Place, run: Callable[..., Answer], keeper: Keeper
):
    def at(partitions: int) -> Brokers:
        return Brokers(bootstrap_servers=grounds_here.kafka, prefix=place.prefix, partitions=partitions, replication=1)

    narrow, missing = "intake.programmes", "intake.catalogues"
    topics.create_missing(at(1), [narrow])
    words = f"Topic {place.prefix}{narrow} heeft 1 partities en moet er 3 hebben."
    absent = [f"Topic {place.prefix}{topic} ontbreekt." for topic in catalogue.TOPICS if topic != narrow]
    told = run("reporting", "doctor").stdout
    assert words in told and all(one in told for one in absent)

    programs = {"intake.relay": ["intake", "relay"], "reporting.consume": ["reporting", "consume"]}
    for name, (service, kind) in programs.items():
        keeper.keep(name, [str(PROGRAMS / service), kind], grounds_here.environment(service, place))
    for name in programs:
        wait_until(lambda name=name: _words(keeper, name).count("ontbreekt") == len(absent), name, PATIENCE)
        assert words in _words(keeper, name)
    wait_until(lambda: "lacks the topics" in _written(keeper, "intake.relay"), "the relay to wait", PATIENCE)
    wait_until(lambda: "lacks the topics" in _written(keeper, "reporting.consume"), "the consumer to wait", PATIENCE)
    assert f"Topic {place.prefix}{missing} ontbreekt. Maak het met: topics --create" in topics.problems(at(3))

    made = run("matching", "topics", "--create")
    assert made.returncode == 1 and made.stderr.strip() == words, "one that is there is never changed"
    wait_until(lambda: "reader_goes_on" in _written(keeper, "reporting.consume"), "the consumer to go on", PATIENCE)
    wait_until(lambda: "relay_goes_on" in _written(keeper, "intake.relay"), "the relay to go on", PATIENCE)
    assert set(keeper.stop().values()) == {0}
    assert "Traceback" not in _written(keeper, *programs)


def test_wrong_passwords_are_told_once_and_waited_with(
    grounds_here: Grounds, place: Place, keeper: Keeper, guessed: dict[str, str], secret: Callable[[str], str]
):
    of_database = {"VIERSPAN_DATABASE_PASSWORD_FILE": secret("geraden"), "PORT": "0"}
    begun = {
        "intake.relay": guessed,
        "reporting.consume": guessed,
        "matching.serve": of_database,
        "matching.relay": of_database,
        "matching.consume": of_database,
    }
    for name, wrong in begun.items():
        service, kind = name.split(".")
        keeper.keep(name, [str(PROGRAMS / service), kind], grounds_here.environment(service, place, **wrong))
    for name, wrong in begun.items():
        expected = "wachtwoord|Authentication failed" if wrong is guessed else "password authentication failed"
        wait_until(
            lambda name=name, expected=expected: any(one in _words(keeper, name) for one in expected.split("|")),
            f"{name} to tell that a password is wrong",
            PATIENCE,
        )
    assert set(keeper.stop().values()) == {0}
    assert not keeper.restarts(), "what is wrong around a process is no reason to end"
    everything = _written(keeper, *begun)
    assert "geraden" not in everything and PASSWORD not in everything
    for name in ("intake.relay", "reporting.consume", "matching.relay"):
        waits = _written(keeper, name).count("_waits")
        assert waits <= 1, f"{name} told it {waits} times"


def _written(keeper: Keeper, *names: str) -> str:
    return "\n".join(keeper.kept[name].written.read_text(errors="replace") for name in names)


def _words(keeper: Keeper, name: str) -> str:
    """What a process said at its start about its surroundings."""
    lines = [json.loads(line) for line in _written(keeper, name).splitlines() if line.startswith("{")]
    return "\n".join(line["words"] for line in lines if line["event"] == "surroundings_wrong")
