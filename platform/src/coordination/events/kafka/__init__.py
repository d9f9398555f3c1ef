"""The log of the service form: Apache Kafka. Nothing outside this package imports a Kafka client."""
