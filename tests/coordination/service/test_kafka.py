"""What the surroundings say about Kafka: secrets from files, and everything that is wrong told at once."""

import pytest

from coordination.events.kafka.brokers import Brokers
from coordination.service.environment import MissingSetting
from coordination.service.kafka import kafka


@pytest.fixture
def surroundings(monkeypatch):
    """Sets the variables given and no other of Kafka."""

    def these(**variables: str) -> None:
        for name in (
            *("BOOTSTRAP_SERVERS", "PREFIX", "SECURITY_PROTOCOL", "PARTITIONS", "REPLICATION"),
            *("SESSION_SECONDS", "PORTION_SECONDS"),
            *("SASL_MECHANISM", "SASL_USERNAME", "SASL_PASSWORD_FILE"),
            *("SSL_CAFILE", "SSL_CERTFILE", "SSL_KEYFILE"),
        ):
            monkeypatch.delenv(f"KAFKA_{name}", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(f"KAFKA_{name}", value)

    return these


def test_an_address_is_enough(surroundings):
    surroundings(BOOTSTRAP_SERVERS="one:9092, two:9092")
    brokers = Brokers(**kafka())
    client = brokers.client()
    assert client["bootstrap_servers"] == ["one:9092", "two:9092"]
    assert client["security_protocol"] == "PLAINTEXT"
    assert (brokers.partitions, brokers.replication, brokers.in_step) == (6, 3, 2)
    assert (brokers.session_seconds, brokers.portion_seconds) == (10, 60)
    assert not {name for name in client if name.startswith(("sasl", "ssl"))}


def test_the_password_comes_from_its_file(surroundings, tmp_path):
    secret, authority = tmp_path / "password", tmp_path / "ca.pem"
    secret.write_text("geheim\n")
    authority.write_text("")
    surroundings(
        BOOTSTRAP_SERVERS="one:9092",
        SECURITY_PROTOCOL="SASL_SSL",
        SASL_MECHANISM="SCRAM-SHA-512",
        SASL_USERNAME="intake",
        SASL_PASSWORD_FILE=str(secret),
        SSL_CAFILE=str(authority),
        REPLICATION="1",
        SESSION_SECONDS="6",
        PORTION_SECONDS="30",
    )
    brokers = Brokers(**kafka())
    client = brokers.client()
    assert client["sasl_plain_password"] == "geheim"
    assert client["ssl_cafile"] == str(authority)
    assert brokers.in_step == 1
    assert (brokers.session_seconds, brokers.portion_seconds) == (6, 30)


def test_everything_that_is_wrong_is_told_at_once(surroundings):
    surroundings(SECURITY_PROTOCOL="SASL_SSL", SSL_CAFILE="/nowhere/ca.pem", PARTITIONS="0", SESSION_SECONDS="0")
    with pytest.raises(MissingSetting) as told:
        kafka()
    for name in ("BOOTSTRAP_SERVERS", "SASL_MECHANISM", "SASL_USERNAME", "SASL_PASSWORD_FILE", "SSL_CAFILE"):
        assert f"KAFKA_{name}" in str(told.value)
    for name in ("PARTITIONS", "SESSION_SECONDS"):
        assert f"KAFKA_{name} moet 1 of meer zijn" in str(told.value)


def test_a_protocol_nobody_speaks_is_told(surroundings):
    surroundings(BOOTSTRAP_SERVERS="one:9092", SECURITY_PROTOCOL="TLS")
    with pytest.raises(MissingSetting, match="SASL_SSL"):
        kafka()


def test_a_password_stands_in_no_trace(surroundings):
    assert "geheim" not in repr(Brokers(bootstrap_servers="one:9092", sasl_password="geheim"))
