"""dead_letters <service>: show the parked messages of a service, try them again, or let go of one."""

from typing import Any
from uuid import UUID

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coordination.contracts.refusals import Refusal
from coordination.events.dead_letters import dead_letters, pass_over, retry_dead_letters
from coordination.events.management.processes import known_service


class Command(BaseCommand):
    """Ends with status 1 when a retry leaves messages parked."""

    help = "Show the parked messages of a service; --retry tries them again, in the order of their subject."
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        """The service, and what to do."""
        parser.add_argument("service")
        parser.add_argument("--retry", action="store_true", help="try again: all, or the subject of --id")
        parser.add_argument("--pass-over", action="store_true", help="let go of the one of --id for good, unhandled")
        parser.add_argument("--reason", default="", help="why that one may be let go of; kept with it")
        parser.add_argument("--id", type=UUID, help="one parked message")

    def handle(self, *_args: Any, **options: Any) -> None:
        """List, or retry and say how it went."""
        service = known_service(options["service"])
        if options["pass_over"]:
            self._pass_over(service, options["id"], options["reason"])
            return
        if not options["retry"]:
            rows = dead_letters(service)
            for row in rows.filter(pk=options["id"]) if options["id"] else rows:
                self.stdout.write(
                    f"{row.pk} {row.cause} {row.topic} {row.subject} nr {row.sequence} {row.type} "
                    f"attempts {row.attempts} parked {row.parked_at:%Y-%m-%d %H:%M:%SZ} {row.error}"
                )
            return
        try:
            counts = retry_dead_letters(service, options["id"])
        except Refusal as reason:
            raise CommandError(f"there is no parked message {options['id']} in {service}") from reason
        self.stdout.write(" ".join(f"{word} {count}" for word, count in counts.items()))
        if counts["failed"]:
            raise CommandError(f"{counts['left']} messages are still parked")

    def _pass_over(self, service: str, identifier: UUID | None, reason: str) -> None:
        if identifier is None or not reason.strip():
            raise CommandError("--pass-over wants the --id of one message, and the --reason why it may be let go of")
        try:
            pass_over(service, identifier, reason=reason)
        except Refusal as refusal:
            raise CommandError(f"{identifier} is not parked in {service}, or not the first of its subject") from refusal
