"""replay <service>: rebuild what a service keeps from hearing, out of the whole log."""

from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination.contracts.refusals import Conflict
from coordination.events.management.processes import known_service
from coordination.events.rebuilds import ask_for_rebuild, carry_out
from coordination.events.replay import RebuildFailed
from coordination.events.subscription import subscriptions_of


class Command(BaseCommand):
    """Ends with an error when a message cannot be heard again; then everything stays as it was."""

    help = "Empty the projections of a service and fill them again from the log; nothing is said meanwhile."
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        """The service."""
        parser.add_argument("service")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Rebuild and say how many messages of each outcome there were."""
        service = known_service(options["service"])
        try:
            tally = carry_out(ask_for_rebuild(service), subscriptions_of(service))
        except Conflict as reason:
            raise CommandError(f"{service} is being rebuilt already") from reason
        except RebuildFailed as reason:
            raise CommandError(f"{reason}; everything was left as it was") from reason
        for outcome, count in tally.items():
            self.stdout.write(f"{outcome} {count}")
