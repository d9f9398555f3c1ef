"""relay <service>: send what a service says, until told to stop."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser

from coordination.events.interpreter import collect_less_often, take_turns_sooner
from coordination.events.management.processes import known_service, stop_on_signals
from coordination.events.relay import Relay


class Command(BaseCommand):
    """Ends with status 0 when told to stop; log or database away is waited out."""

    help = "Send what a service says to the log, until SIGTERM."
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        """The service, and whether to stop once its outbox is empty."""
        parser.add_argument("service")
        parser.add_argument("--once", action="store_true", help="send what there is and end")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the relay."""
        relay = Relay(known_service(options["service"]))
        stopping = stop_on_signals()
        take_turns_sooner()
        collect_less_often()
        if not options["once"]:
            relay.run(stopping)
            return
        while not stopping.is_set() and relay.run_once():
            pass
