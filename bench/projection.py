"""Events per second that reporting hears from Kafka and projects, next to the same rows by bare bulk insert."""

import subprocess
import sys
from pathlib import Path

from infra.kafka.local import broker

from bench.surroundings import databases, of_service
from coordination.testing.redis import RedisServer


def show() -> None:
    """Print the table; it is measured in a process of reporting in the service form."""
    print("\n## Hearing and projecting, next to the same rows by bare bulk insert\n", flush=True)
    redis = RedisServer().start()
    try:
        with databases() as (cluster, environment), broker.running() as kafka:
            subprocess.run(
                [sys.executable, str(Path(__file__).with_name("projection_rates.py"))],
                env=of_service(
                    environment,
                    "reporting",
                    SERVER_PID=str(cluster.pid),
                    KAFKA_BOOTSTRAP_SERVERS=kafka.address,
                    VIERSPAN_REDIS_URL=redis.url,
                ),
                check=True,
            )
    finally:
        redis.stop()


if __name__ == "__main__":
    show()
