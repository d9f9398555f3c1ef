"""consume <service>: let a service hear, until told to stop."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination.events.consumer import BrakePulled, Consumer
from coordination.events.interpreter import collect_less_often
from coordination.events.management.processes import known_service, stop_on_signals
from coordination.events.subscription import subscriptions_of


class Command(BaseCommand):
    """Ends with status 0 when told to stop, 1 when the brake stopped it."""

    help = "Let a service hear what the log brings, until SIGTERM; calls its due commands each minute."
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        """The service, and whether to stop once it has caught up."""
        parser.add_argument("service")
        parser.add_argument("--once", action="store_true", help="hear what there is and end")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the consumer."""
        consumer = Consumer(subscriptions_of(known_service(options["service"])))
        stopping = stop_on_signals()
        collect_less_often()
        try:
            if not options["once"]:
                consumer.run(stopping)
                return
            try:
                while not stopping.is_set() and (consumer.run_once(timeout=0.5) or consumer.reader.lag()):
                    pass
            finally:
                consumer.close()
        except BrakePulled as reason:
            raise CommandError(str(reason)) from reason
