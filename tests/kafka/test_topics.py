"""Topics are made by a command and by nothing else, and what is wrong with them is told."""

import threading

import pytest
from django.core.management import CommandError, call_command
from infra.kafka.local.node import free_ports
from kafka import KafkaAdminClient
from tests.kafka.conftest import brokers_at

from coordination.contracts import catalogue
from coordination.events.kafka import KafkaLog, topics
from coordination.events.log import LogUnavailable, Message

pytestmark = pytest.mark.needs("kafka")


@pytest.fixture
def command(at, settings, capsys):
    """The command as an operator runs it; gives what it prints."""
    settings.VIERSPAN_KAFKA = {
        "bootstrap_servers": at.bootstrap_servers,
        "prefix": at.prefix,
        "partitions": at.partitions,
        "replication": at.replication,
    }

    def run(option: str) -> str:
        call_command("topics", option)
        return capsys.readouterr().out

    return run


def test_missing_topics_are_told_and_then_made(at, command):
    with pytest.raises(CommandError) as told:
        command("--check")
    assert all(f"{at.prefix}{topic} ontbreekt" in str(told.value) for topic in catalogue.TOPICS)
    made = command("--create")
    assert made.count(" gemaakt.") == len(catalogue.TOPICS)
    assert "Alle topics zijn zoals ze moeten zijn." in command("--check")
    assert command("--create").count(" gemaakt.") == 0


def test_wrong_partitions_and_too_short_a_memory_are_told(at, command):
    admin = KafkaAdminClient(bootstrap_servers=at.bootstrap_servers)
    admin.create_topics(
        {
            f"{at.prefix}matching.offers": {"num_partitions": 1, "replication_factor": 1},
            f"{at.prefix}intake.activities": {
                "num_partitions": 9,
                "replication_factor": 1,
                "configs": {"retention.ms": "3600000", "cleanup.policy": "compact"},
            },
        }
    )
    admin.close()
    with pytest.raises(CommandError) as told:
        command("--create")
    sentences = str(told.value).splitlines()
    assert f"Topic {at.prefix}matching.offers heeft 1 partities en moet er 4 hebben." in sentences
    assert f"Topic {at.prefix}intake.activities: retention.ms is 3600000 en moet -1 zijn." in sentences
    assert f"Topic {at.prefix}intake.activities: cleanup.policy is compact en moet delete zijn." in sentences
    assert any("heeft 9 partities" in sentence for sentence in sentences)


def test_more_copies_than_brokers_is_refused_in_words(at, command, settings):
    settings.VIERSPAN_KAFKA = settings.VIERSPAN_KAFKA | {"replication": 7}
    with pytest.raises(CommandError, match="eplication"):
        command("--create")


def test_a_form_without_kafka_says_so():
    with pytest.raises(CommandError, match="geen Kafka"):
        call_command("topics", "--check")


def test_nothing_makes_a_topic_by_accident(at, logs):
    log = logs()
    with pytest.raises(LogUnavailable):
        log.append([Message(topic="not.there", key="a", value=b"1")])
    with pytest.raises(LogUnavailable, match=r"not\.there"):
        log.reader("g", ["not.there"])
    with pytest.raises(LogUnavailable, match=r"not\.there"):
        log.lag("g", ["not.there"])
    assert [sentence for sentence in topics.problems(at, ["not.there"]) if "ontbreekt" in sentence]


def test_a_broker_that_is_not_there_is_told_soon_and_costs_no_thread_for_each_attempt():
    before = threading.active_count()
    log = KafkaLog(brokers_at(f"127.0.0.1:{free_ports(1)[0]}"))
    with pytest.raises(LogUnavailable, match="REFUSED"):
        log.append([Message(topic="matching.offers", key="a", value=b"1")])
    with pytest.raises(LogUnavailable, match="antwoordt niet"):
        log.problems()
    with pytest.raises(LogUnavailable, match="antwoordt niet"):
        log.reader("g", ["matching.offers"])
    assert threading.active_count() == before
    log.close()
