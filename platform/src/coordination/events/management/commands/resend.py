"""resend <service>: let the relay send everything a service ever said once more, into a log that was lost."""

from typing import Any

from django.apps import apps
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandParser

from coordination.events.management.processes import known_service
from coordination.events.unit_of_work import unit_of_work


class Command(BaseCommand):
    """Sends nothing itself: rows of the outbox, which are kept for ever, count as unsent again."""

    help = "Send everything a service ever said once more; whoever heard a message before recognises it."
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        """The service."""
        parser.add_argument("service")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Mark all as unsent and say how many there are."""
        service = known_service(options["service"])
        with unit_of_work(service):
            sent = apps.get_model(service, "OutboxEntry").objects.filter(sent_at__isnull=False)
            count = sent.update(sent_at=None)
        self.stdout.write(f"{count} berichten worden opnieuw verzonden.")
