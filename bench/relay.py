"""Events per second of a relay, from PostgreSQL to a real broker, next to a bare producer of the same messages."""

import subprocess
import sys
from pathlib import Path

from infra.kafka.local import broker

from bench.surroundings import databases, of_service


def show() -> None:
    """Print the table; it is measured in a process of intake in the service form."""
    print("\n## The relay and a bare producer, same messages, acknowledgements and portions\n", flush=True)
    with databases() as (cluster, environment), broker.running() as kafka:
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("relay_rates.py"))],
            env=of_service(environment, "intake", SERVER_PID=str(cluster.pid), KAFKA_BOOTSTRAP_SERVERS=kafka.address),
            check=True,
        )


if __name__ == "__main__":
    show()
