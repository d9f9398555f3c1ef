"""The log of the service form: Apache Kafka. Nothing outside this package imports a Kafka client."""

from coordination.events.kafka.log import KafkaLog

__all__ = ["KafkaLog"]
