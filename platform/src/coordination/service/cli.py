"""The command of one service standing alone: its web process, its relay, its consumer, its tables."""

import argparse
import os
import sys
from collections.abc import Sequence

from coordination.service.environment import MissingSetting


def main(service: str, arguments: Sequence[str] | None = None) -> int:
    """Run serve, migrate, doctor, relay, consume, replay or dead_letters for a service; gives the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"{service}.settings")
    parser = argparse.ArgumentParser(prog=service)
    parser.add_argument("command", choices=[*_COMMANDS, "relay", "consume", "replay", "dead_letters"])
    options, rest = parser.parse_known_args(arguments)
    try:
        import django

        django.setup()
    except MissingSetting as fault:
        print(fault, file=sys.stderr)
        return 2
    return _COMMANDS.get(options.command, _management)(service, options.command, rest)


def _serve(service: str, _command: str, _rest: Sequence[str]) -> int:
    from coordination.service import static_files
    from coordination.service.server import serve

    static_files.gather()
    return serve(f"{service}.asgi:application")


def _migrate(_service: str, _command: str, _rest: Sequence[str]) -> int:
    from django.conf import settings
    from django.core.management import call_command

    for alias in settings.DATABASES:
        if alias != "default":
            call_command("migrate", database=alias, interactive=False, verbosity=1)
    return 0


def _management(service: str, command: str, rest: Sequence[str]) -> int:
    from django.core.management import call_command

    call_command(command, service, *rest)
    return 0


def _doctor(service: str, _command: str, _rest: Sequence[str]) -> int:
    from coordination.service.surroundings import examine

    return examine(service)


_COMMANDS = {"serve": _serve, "migrate": _migrate, "doctor": _doctor}
