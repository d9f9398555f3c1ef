"""The command of one service standing alone: its web process, its relay, its consumer, its tables."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from coordination.service import logs
from coordination.service.environment import MissingSetting

GOING_ON = ("serve", "relay", "consume")


def main(service: str, arguments: Sequence[str] | None = None) -> int:
    """Run serve, migrate, topics, doctor, relay, consume, replay, resend or dead_letters; gives the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"{service}.settings")
    parser = argparse.ArgumentParser(prog=service)
    parser.add_argument("command", choices=[*_COMMANDS, "replay", "resend", "dead_letters"])
    options, rest = parser.parse_known_args(arguments)
    logs.named(options.command)
    if options.command in GOING_ON:
        # Told to end while it still begins, it has nothing to finish; later each has its own way to end well. No
        # exception: raised in the midst of an import it may be swallowed, and the lock of all imports stay shut.
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    try:
        import django

        django.setup()
    except MissingSetting as fault:
        print(fault, file=sys.stderr)
        return 2
    return _in_words(service, options.command, rest)


def _in_words(service: str, command: str, rest: Sequence[str]) -> int:
    """Run a command; what stands in its way is told in words, and only a fault of ours with its trace."""
    from django.core.management import CommandError
    from django.db import Error

    from coordination.events.log import LogUnavailable

    try:
        return _COMMANDS.get(command, _management)(service, command, rest)
    except CommandError as reason:
        print(reason, file=sys.stderr)
        return reason.returncode
    except MissingSetting as reason:
        print(reason, file=sys.stderr)
        return 2
    except LogUnavailable as reason:
        print(reason, file=sys.stderr)
        return 1
    except Error:
        from coordination.service.surroundings import databases

        wrong = [finding for finding in databases(service) if not finding.well]
        if not wrong:
            raise
        for finding in wrong:
            print(f"{finding.what}: {finding.words}", file=sys.stderr)
        return 1


def _serve(service: str, _command: str, _rest: Sequence[str]) -> int:
    from coordination.service import static_files, watching
    from coordination.service.beginning import look_around
    from coordination.service.server import serve

    static_files.gather()
    watching.tell([service])
    look_around(service)
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


def _at_work(service: str, command: str, rest: Sequence[str]) -> int:
    from coordination.service import watching
    from coordination.service.beginning import NOT_OF_WORKERS, look_around

    watching.tell()
    look_around(service, but=NOT_OF_WORKERS)
    return _management(service, command, rest)


def _topics(_service: str, command: str, rest: Sequence[str]) -> int:
    from django.core.management import call_command

    call_command(command, *rest)
    return 0


def _doctor(service: str, _command: str, _rest: Sequence[str]) -> int:
    from coordination.service.surroundings import examine

    return examine(service)


_COMMANDS = {
    "serve": _serve,
    "migrate": _migrate,
    "topics": _topics,
    "doctor": _doctor,
    "relay": _at_work,
    "consume": _at_work,
}
