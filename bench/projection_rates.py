"""The measuring of hearing and projecting, in a process of reporting in the service form; projection starts it."""

import os
import statistics
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402
from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.db.models import Model  # noqa: E402

from bench.hearing import SERVICE, Took, Watch, empty, feed, hear, tables  # noqa: E402
from coordination.events.consumer import Consumer  # noqa: E402
from coordination.events.interpreter import collect_less_often  # noqa: E402
from coordination.events.kafka.brokers import brokers  # noqa: E402
from coordination.events.kafka.topics import create_missing  # noqa: E402
from coordination.events.log import get_log  # noqa: E402
from coordination.events.subscription import subscriptions_of  # noqa: E402
from coordination.events.unit_of_work import unit_of_work  # noqa: E402

AIM, AIM_PER_SECOND = 0.5, 5000
ROUNDS = int(os.environ.get("ROUNDS", "5"))
EVENTS = int(os.environ.get("EVENTS", "20000"))
HEARD = "heard and projected by the consumer"

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def written() -> Rows:
    """All rows there are, by table, with the names of the columns."""
    found: Rows = {}
    with connections[SERVICE].cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {table}")
            content = cursor.fetchall()
            if content:
                found[table] = ([one.name for one in cursor.description], content)
    return found


def portions_of(rows: Rows, number: int, of: int) -> list[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """The share of every table that belongs to one portion."""
    shares = []
    for table, (names, content) in rows.items():
        size = -(-len(content) // of)
        if share := content[number * size : (number + 1) * size]:
            shares.append((table, names, share))
    return shares


def bare(rows: Rows, portions: int, *, in_one_statement: bool) -> Took:
    """The same rows, as many commits, and nothing else, straight through psycopg."""
    given = connections[SERVICE].get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        given.pop(name, None)
    shares = [portions_of(rows, number, portions) for number in range(portions)]
    watch = Watch()
    with psycopg.connect(**given) as connection, connection.cursor() as cursor:
        for share in shares:
            for table, names, content in share:
                into, one = f"INSERT INTO {table} ({', '.join(names)}) VALUES", f"({', '.join(['%s'] * len(names))})"
                if in_one_statement:
                    cursor.execute(
                        f"{into} {', '.join([one] * len(content))}", [value for row in content for value in row]
                    )
                else:
                    cursor.executemany(f"{into} {one}", content)
            connection.commit()
        return watch.read()


def by_the_orm(rows: Rows, portions: int) -> Took:
    """The same rows, ready as objects, as many units of work, by bulk_create."""
    models: dict[str, type[Model]] = {one._meta.db_table: one for one in apps.get_app_config(SERVICE).get_models()}
    shares = [
        [
            (models[table], [models[table](**dict(zip(names, row, strict=True))) for row in content])
            for table, names, content in portions_of(rows, number, portions)
        ]
        for number in range(portions)
    ]
    watch = Watch()
    for share in shares:
        with unit_of_work(SERVICE):
            for model, objects in share:
                model._default_manager.bulk_create(objects)
    return watch.read()


def measure() -> None:
    """Print the table."""
    call_command("migrate", database=SERVICE, verbosity=0)
    create_missing(brokers())
    subscriptions = subscriptions_of(SERVICE)
    arms: dict[str, Callable[[Rows, int], Took]] = {
        "the same rows by INSERT of many rows (psycopg `executemany`)": partial(bare, in_one_statement=False),
        "the same rows by one INSERT per table and portion": partial(bare, in_one_statement=True),
        "the same rows by the ORM's `bulk_create`, objects ready": by_the_orm,
    }
    found: dict[str, list[Took]] = {name: [] for name in (HEARD, *arms)}
    collect_less_often()
    with closing(Consumer(subscriptions)) as consumer:
        feed(EVENTS // 4)
        hear(consumer, EVENTS // 4)
        portions = -(-EVENTS // subscriptions.portion)
        for number in range(ROUNDS):
            empty()
            feed(EVENTS)
            watch = Watch()
            hear(consumer, EVENTS)
            found[HEARD].append(watch.read())
            rows = written()
            for name in arms if number % 2 else reversed(arms):
                empty()
                found[name].append(arms[name](rows, portions))
    get_log().close()
    count = sum(len(content) for _, content in rows.values())
    print(f"{EVENTS} events a round that lead to {count} rows, {ROUNDS} rounds in turn, portions of ", end="")
    print(f"{subscriptions.portion}; aims: ratio {AIM}, {AIM_PER_SECOND:,} events per second.\n")
    print("| What | events per second | ratio | computing, µs an event: ours | the server's |")
    print("|---|---:|---:|---:|---:|")
    for name, rounds in found.items():
        ratio = statistics.median(other.wall / own.wall for own, other in zip(found[HEARD], rounds, strict=True))
        wall, ours, server = (
            statistics.median(getattr(one, part) for one in rounds) for part in ("wall", "ours", "server")
        )
        print(
            f"| {name} | {EVENTS / wall:,.0f} | {'' if name == HEARD else f'**{ratio:.2f}**'} | "
            f"{ours / EVENTS * 1e6:.0f} | {server / EVENTS * 1e6:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    measure()
