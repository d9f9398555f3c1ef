"""The topics of the catalogue: made once by an explicit command, and checked against what the house relies on."""

from collections.abc import Callable, Sequence
from typing import Any

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError, NoError, TopicAlreadyExistsError, for_code

from coordination.contracts import catalogue
from coordination.events.kafka.brokers import Brokers
from coordination.events.kafka.opening import opened
from coordination.events.log import LogUnavailable

CREATED_WITHIN_MS = 30_000


def rules_of(at: Brokers) -> dict[str, str]:
    """What is asked of every topic: kept for ever and whole, and never by one copy that had fallen behind."""
    return {
        "cleanup.policy": "delete",
        "retention.ms": "-1",
        "retention.bytes": "-1",
        "min.insync.replicas": str(at.in_step),
        "unclean.leader.election.enable": "false",
    }


def create_missing(at: Brokers, topics: Sequence[str] = catalogue.TOPICS) -> list[str]:
    """Make the topics that are not there and give their names; those there are left as they are.

    Raises LogUnavailable when Kafka does not answer or refuses.
    """

    def create(admin: KafkaAdminClient) -> list[str]:
        present = set(admin.list_topics())
        missing = [name for name in (at.prefix + topic for topic in topics) if name not in present]
        if not missing:
            return []
        wanted = {
            name: {
                "num_partitions": at.partitions,
                "replication_factor": at.replication,
                "configs": rules_of(at),
            }
            for name in missing
        }
        answer = admin.create_topics(wanted, timeout_ms=CREATED_WITHIN_MS, raise_errors=False)
        refused = [
            f"{one['name']}: {one.get('error_message') or for_code(one['error_code']).__name__}"
            for one in answer["topics"]
            if for_code(one["error_code"]) not in (NoError, TopicAlreadyExistsError)
        ]
        if refused:
            raise LogUnavailable(f"Kafka maakt niet alle topics. {'; '.join(refused)}")
        admin.wait_for_topics(missing, timeout_ms=CREATED_WITHIN_MS)
        return missing

    return _with_admin(at, create)


def problems(at: Brokers, topics: Sequence[str] = catalogue.TOPICS) -> list[str]:
    """What is wrong with the topics, a sentence each; empty when all is well. Raises LogUnavailable."""

    def examine(admin: KafkaAdminClient) -> list[str]:
        names = [at.prefix + topic for topic in topics]
        present = set(admin.list_topics())
        found = [name for name in names if name in present]
        sentences = [f"Topic {name} ontbreekt. Maak het met: topics --create" for name in names if name not in present]
        if not found:
            return sentences
        resources = [ConfigResource(ConfigResourceType.TOPIC, name, None) for name in found]
        rules = admin.describe_configs(resources, config_filter="all")["topic"]
        for topic in admin.describe_topics(found):
            sentences += _problems_of(at, topic, rules.get(topic["name"], {}))
        return sentences

    return _with_admin(at, examine)


def _problems_of(at: Brokers, topic: dict[str, Any], rules: dict[str, Any]) -> list[str]:
    name, partitions = topic["name"], topic["partitions"]
    sentences = []
    if len(partitions) < at.partitions:
        sentences.append(f"Topic {name} heeft {len(partitions)} partities en moet er {at.partitions} hebben.")
    if len(partitions) > at.partitions:
        sentences.append(
            f"Topic {name} heeft {len(partitions)} partities, terwijl KAFKA_PARTITIONS {at.partitions} zegt."
        )
    copies = min((len(one["replica_nodes"]) for one in partitions), default=0)
    if copies < at.replication:
        sentences.append(f"Topic {name} heeft {copies} kopieën en moet er {at.replication} hebben.")
    leaderless = [one["partition_index"] for one in partitions if one["leader_id"] < 0]
    if leaderless:
        sentences.append(f"Topic {name}: partitie {', '.join(map(str, leaderless))} heeft nu geen leider.")
    for rule, wanted in rules_of(at).items():
        value = rules.get(rule, {}).get("value")
        if value != wanted:
            sentences.append(f"Topic {name}: {rule} is {value} en moet {wanted} zijn.")
    return sentences


def _with_admin(at: Brokers, work: Callable[[KafkaAdminClient], list[str]]) -> list[str]:
    admin = opened(KafkaAdminClient, at)
    try:
        return work(admin)
    except (KafkaError, OSError) as failure:
        raise LogUnavailable(f"Kafka op {at.bootstrap_servers} antwoordt niet: {failure}") from failure
    finally:
        admin.close()
