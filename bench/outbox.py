"""What an event in the outbox costs a command of intake, on PostgreSQL with its default durable settings."""

import subprocess
import sys
from pathlib import Path

from bench.surroundings import databases, of_service


def show() -> None:
    """Print the table; it is measured in a process of intake in the service form."""
    print("\n## Commands with their event in the outbox, and the same commands without\n", flush=True)
    with databases() as (cluster, environment):
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("outbox_rates.py"))],
            env=of_service(environment, "intake", SERVER_PID=str(cluster.pid)),
            check=True,
        )


if __name__ == "__main__":
    show()
