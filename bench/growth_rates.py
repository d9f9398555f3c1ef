"""The steps of growth, each in a process of reporting in the service form: feed <events>, hear <events>."""

import json
import sys
from contextlib import closing

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.hearing import SERVICE, Watch, empty, feed, hear, largest_mebibytes  # noqa: E402
from coordination.events.consumer import Consumer  # noqa: E402
from coordination.events.interpreter import collect_less_often  # noqa: E402
from coordination.events.kafka.brokers import brokers  # noqa: E402
from coordination.events.kafka.topics import create_missing  # noqa: E402
from coordination.events.log import get_log  # noqa: E402
from coordination.events.subscription import subscriptions_of  # noqa: E402
from coordination.events.unit_of_work import silence  # noqa: E402


def main(step: str, count: int) -> None:
    """Do one step; hearing begins with nothing and says in JSON how long it took and how much memory it had."""
    if step == "feed":
        call_command("migrate", database=SERVICE, verbosity=0)
        create_missing(brokers())
        feed(count)
        get_log().close()
        return
    empty()
    collect_less_often()
    with closing(Consumer(subscriptions_of(SERVICE))) as consumer, silence():
        # Joining the group is no part of it.
        consumer.reader.give_back(consumer.reader.poll(1, 60.0))
        watch = Watch()
        hear(consumer, count)
        took = watch.read()
    get_log().close()
    lines = apps.get_model(SERVICE, "JournalEntry")._default_manager.count()
    if lines != count:
        raise SystemExit(f"{lines} messages in the journal, not {count}")
    told = {"wall": took.wall, "ours": took.ours, "server": took.server, "mebibytes": largest_mebibytes()}
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
