"""topics: make or check the topics of the catalogue; nothing else ever makes one."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination.events.log import LogUnavailable


class Command(BaseCommand):
    """Ends with status 0 when every topic is as it must be, 1 with a sentence for each that is not."""

    help = "Make the topics that are missing in Kafka, or check number of partitions, copies and how long they keep."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--create", action="store_true", help="make the topics that are missing, then check all")
        what.add_argument("--check", action="store_true", help="check all and change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make, then check."""
        if not getattr(settings, "VIERSPAN_KAFKA", None):
            raise CommandError("Deze vorm gebruikt geen Kafka: VIERSPAN_KAFKA ontbreekt in de instellingen.")
        from coordination.events.kafka import topics
        from coordination.events.kafka.brokers import brokers

        try:
            if options["create"]:
                for name in topics.create_missing(brokers()):
                    self.stdout.write(f"Topic {name} gemaakt.")
            wrong = topics.problems(brokers())
        except LogUnavailable as reason:
            raise CommandError(str(reason)) from reason
        if wrong:
            raise CommandError("\n".join(wrong))
        self.stdout.write("Alle topics zijn zoals ze moeten zijn.")
