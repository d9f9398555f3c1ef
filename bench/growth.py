"""A million events against a hundred thousand through the projections of reporting, from nothing; and two consumers."""

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
from infra.kafka.local import broker

from bench.surroundings import databases, of_service
from coordination.testing.redis import RedisServer

EVENTS = int(os.environ.get("EVENTS", "1000000"))
LESS = 10
AIM_TIMES, AIM_MEBIBYTES = 11, 512
SHARED = min(EVENTS // LESS, 100_000)
# By then the members have shared the partitions out.
SETTLED = SHARED // 3
PATIENCE = 3600.0
SCRIPT = str(Path(__file__).with_name("growth_rates.py"))
CONSUME = [sys.executable, "-m", "reporting", "consume"]


def step(environment: dict[str, str], name: str, count: int, prefix: str) -> str:
    """One step in a process of its own; gives what it said last."""
    answer = subprocess.run(
        [sys.executable, SCRIPT, name, str(count)],
        env=environment | {"KAFKA_PREFIX": prefix},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return (answer.stdout.strip().splitlines() or [""])[-1]


def show_growth(environment: dict[str, str]) -> None:
    """Print the table of the small and the large."""
    print(f"Aims: at most {AIM_TIMES} times the time, at most {AIM_MEBIBYTES} MiB.\n")
    print("| Events | Seconds | times | per second | largest MiB | computing, µs an event: ours | the server's |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    first = None
    for count in (EVENTS // LESS, EVENTS):
        prefix = f"growth-{count}."
        step(environment, "feed", count, prefix)
        took = json.loads(step(environment, "hear", count, prefix))
        times = "" if first is None else f"**{took['wall'] / first:.1f}**"
        first = first or took["wall"]
        print(
            f"| {count:,} | {took['wall']:.0f} | {times} | {count / took['wall']:,.0f} | {took['mebibytes']:.0f} | "
            f"{took['ours'] / count * 1e6:.0f} | {took['server'] / count * 1e6:.0f} |",
            flush=True,
        )


def shared_by(consumers: int, environment: dict[str, str], connection: psycopg.Connection, prefix: str) -> float:
    """Seconds in which that many processes of one group hear all there is, from a third of it on."""
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'reporting_%'").fetchall()
    connection.execute(f"TRUNCATE {', '.join(name for (name,) in tables)} CASCADE")
    processes = [
        subprocess.Popen(CONSUME, env=environment | {"KAFKA_PREFIX": prefix}, stderr=subprocess.DEVNULL)
        for _ in range(consumers)
    ]
    try:
        until, began = time.monotonic() + PATIENCE, 0.0
        while (heard := _count(connection)) < SHARED:
            if heard >= SETTLED and not began:
                began, at_first = time.perf_counter(), heard
            if time.monotonic() > until or any(one.poll() is not None for one in processes):
                raise SystemExit("a consumer ended or took too long")
            time.sleep(0.05)
        return (time.perf_counter() - began) * SHARED / (SHARED - at_first)
    finally:
        for one in processes:
            one.terminate()
        for one in processes:
            one.wait(60)


def _count(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT count(*) FROM reporting_handledevent").fetchone()
    return row[0] if row else 0


def show_sharing(environment: dict[str, str], server: str) -> None:
    """Print the table of one and two."""
    print(f"\n### Two consumers and one, {SHARED:,} events\n")
    print("| Consumers | events per second | times |\n|---:|---:|---:|")
    alone = 0.0
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        for consumers in (1, 2):
            prefix = f"sharing-{consumers}."
            step(environment, "feed", SHARED, prefix)
            took = shared_by(consumers, environment, connection, prefix)
            alone = alone or took
            print(f"| {consumers} | {SHARED / took:,.0f} | {alone / took:.2f} |", flush=True)


def show() -> None:
    """Print both tables."""
    print(f"\n## {EVENTS:,} events through the projections of reporting, from nothing\n", flush=True)
    redis = RedisServer().start()
    try:
        with databases() as (cluster, environment), broker.running() as kafka:
            of_reporting = of_service(
                environment,
                "reporting",
                SERVER_PID=str(cluster.pid),
                KAFKA_BOOTSTRAP_SERVERS=kafka.address,
                VIERSPAN_REDIS_URL=redis.url,
            )
            show_growth(of_reporting)
            server = f"host={cluster.folder} port={cluster.port} user=vierspan_tests dbname=reporting"
            show_sharing(of_reporting, server)
    finally:
        redis.stop()


if __name__ == "__main__":
    show()
