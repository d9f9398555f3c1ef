"""A broker of one's own: killed and back without loss, and spoken to over TLS by who knows the password."""

import datetime
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from infra.kafka.local.broker import Cluster, running
from infra.kafka.local.node import free_ports
from tests.coordination.events.speaking import Listener, Speaker
from tests.kafka.conftest import at_work, brokers_at, wait_until

from coordination.contracts.identifiers import new_id
from coordination.events.kafka import KafkaLog, topics
from coordination.events.kafka.brokers import Brokers
from coordination.events.log import LogUnavailable
from coordination.events.relay import Relay
from coordination.testing.log_suite import TOPIC, message, read, texts

pytestmark = pytest.mark.needs("local-kafka")

PASSWORD = "een geheim"


@dataclass(frozen=True)
class OwnBroker:
    """A broker that a test may kill, and where it can be spoken to in secret."""

    cluster: Cluster
    secure_port: int
    certificate: Path


def _self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1, alone and together with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    alone, together = folder / "certificate.pem", folder / "together.pem"
    alone.write_bytes(certificate)
    together.write_bytes(secret + certificate)
    return alone, together


@pytest.fixture(scope="session")
def own(tmp_path_factory) -> Iterator[OwnBroker]:
    """One broker with a second door for clients: TLS, and a name with a password."""
    folder = tmp_path_factory.mktemp("kafka")
    certificate, together = _self_signed(folder)
    (port,) = free_ports(1)
    plain = "org.apache.kafka.common.security.plain.PlainLoginModule"
    properties = {
        "listener.name.secure.sasl.enabled.mechanisms": "PLAIN",
        "listener.name.secure.plain.sasl.jaas.config": f'{plain} required user_intake="{PASSWORD}";',
        "listener.name.secure.ssl.keystore.type": "PEM",
        "listener.name.secure.ssl.keystore.location": str(together),
    }
    with running(
        folder=folder / "brokers", properties=properties, doors={f"SECURE://127.0.0.1:{port}": "SASL_SSL"}
    ) as cluster:
        yield OwnBroker(cluster, port, certificate)


@pytest.fixture
def at(own: OwnBroker) -> Iterator[Brokers]:
    """The broker of one's own; it runs again for the next test."""
    node = own.cluster.nodes[0]
    node.start()
    node.wait_until_it_answers()
    yield brokers_at(own.cluster.address)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_broker_killed_and_back_loses_and_doubles_nothing(own, at, logs, log):
    (node,) = own.cluster.nodes
    matching, reporting = Speaker(log), Listener(logs())
    activities = [new_id() for _ in range(12)]
    number = 0

    def say(turns: int) -> None:
        nonlocal number
        for _ in range(turns):
            number += 1
            for activity in activities:
                matching.says(activity, number)

    def heard() -> int:
        return sum(len(reporting.heard(one)) for one in activities)

    with at_work(Relay("matching", logs(), portion=10), reporting.consumer(portion=5)):
        say(2)
        wait_until(lambda: heard() > 5, "the first messages to be heard")
        busy = threading.Timer(0.2, node.kill)
        busy.start()
        say(3)
        busy.join()
        assert not node.is_running()
        # Nobody notices in the commands: what is said waits in the outbox.
        say(2)
        node.start()
        node.wait_until_it_answers()
        say(1)
        wait_until(lambda: heard() >= 12 * number, "all of it to be heard, by themselves", patience=60)
    for activity in activities:
        assert reporting.heard(activity) == list(range(1, number + 1))
    assert reporting.parked() == []
    assert log.lag("reporting", ["matching.offers"]) == 0


def test_who_knows_the_password_is_let_in_over_tls(own, at):
    secure = replace(
        at,
        bootstrap_servers=f"127.0.0.1:{own.secure_port}",
        security_protocol="SASL_SSL",
        sasl_mechanism="PLAIN",
        sasl_username="intake",
        sasl_password=PASSWORD,
        ssl_cafile=str(own.certificate),
    )
    topics.create_missing(secure, [TOPIC])
    log = KafkaLog(secure)
    log.append([message("a", "achter slot")])
    assert texts(read(log.reader("g", [TOPIC]), 1)) == ["achter slot"]
    log.close()
    for wrong in (
        replace(secure, sasl_password="geraden"),
        replace(secure, ssl_cafile=""),
        replace(secure, security_protocol="SASL_PLAINTEXT"),
    ):
        stranger = KafkaLog(wrong)
        with pytest.raises(LogUnavailable):
            stranger.append([message("a", "van een vreemde")])
        stranger.close()


def test_a_reader_tells_that_the_broker_is_gone_and_reads_on_when_it_is_back(own, at, logs):
    (node,) = own.cluster.nodes
    topics.create_missing(at, [TOPIC])
    log = logs()
    log.append([message("a", "1")])
    reader = log.reader("g", [TOPIC])
    assert texts(read(reader, 1)) == ["1"]
    node.kill()
    with pytest.raises(LogUnavailable):
        for _ in range(30):
            reader.poll(10, 0.5)
    with pytest.raises(LogUnavailable):
        reader.commit()
    node.start()
    node.wait_until_it_answers()
    log.append([message("a", "2")])
    records = []
    deadline = threading.Event()
    timer = threading.Timer(40, deadline.set)
    timer.start()
    while not records and not deadline.is_set():
        try:
            records = reader.poll(10, 0.5)
        except LogUnavailable:
            continue
    timer.cancel()
    assert "2" in texts(records)
    reader.commit()
    assert log.lag("g", [TOPIC]) == 0
