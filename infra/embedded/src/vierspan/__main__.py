"""The command vierspan: serve the house, or do something beside a running one."""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence

from coordination.service.environment import MissingSetting, data_folder, number

LONGEST_TOKEN = 3660


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the house and give its exit status."""
    options = _parser().parse_args(arguments)
    os.umask(0o077)  # what the house keeps is for its owner's eyes only
    try:
        return options.run(options)
    except MissingSetting as fault:
        print(fault, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="vierspan", description="Het hele huis in één proces.")
    commands = parser.add_subparsers(required=True, metavar="opdracht")

    serve = commands.add_parser("serve", help="start het huis")
    serve.set_defaults(run=_serve)

    example = commands.add_parser("example", help="laad de voorbeeldwereld (ook naast een draaiend huis)")
    example.add_argument("kind", nargs="?", choices=["full", "register"], default="full")
    example.set_defaults(run=_example)

    token = commands.add_parser("token", help="toegangsbewijzen voor de API")
    token_create = token.add_subparsers(required=True).add_parser("create", help="maak er een")
    token_create.add_argument("--account", required=True, help="e-mailadres van het account")
    token_create.add_argument("--days", type=_days, default=30, help="hoeveel dagen het geldt (30)")
    token_create.set_defaults(run=_token)

    admin = commands.add_parser("admin", help="de beheerder van het huis")
    admin.add_subparsers(required=True).add_parser("link", help="eenmalige link voor de eerste beheerder").set_defaults(
        run=_admin_link
    )

    doctor = commands.add_parser("doctor", help="kijk of alles in orde is")
    doctor.set_defaults(run=_doctor)
    return parser


def _days(text: str) -> int:
    days = int(text)
    if abs(days) > LONGEST_TOKEN:
        raise argparse.ArgumentTypeError(f"geef een aantal dagen van hoogstens {LONGEST_TOKEN}")
    return days


def _address() -> str:
    host, port = os.environ.get("HOST") or "127.0.0.1", number("PORT", 8000)
    return f"http://{host}:{port}"


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vierspan.settings")
    import django

    django.setup()


def _started_before() -> bool:
    from vierspan import world

    folder = data_folder()
    if world.found(folder) is None:
        print(f"In deze gegevensmap ({folder}) is nog nooit een huis gestart.", file=sys.stderr)
        return False
    return True


def _serve(_options: argparse.Namespace) -> int:
    from vierspan import world
    from vierspan.lock import AlreadyRunning, HouseLock

    folder = data_folder()
    lock = HouseLock(folder)
    try:
        lock.take(_address())
    except AlreadyRunning as other:
        print(f"Op deze gegevensmap ({folder}) draait al een huis: {other}. Er is niets gestart.", file=sys.stderr)
        return 1
    asked = world.wanted()
    present = world.settle(folder, asked)
    if os.environ.get("EXAMPLE") and present.kind != asked:
        print(f"Deze gegevensmap is al een huis van soort {present.kind}; EXAMPLE={asked} verandert dat niet.")
    _django()
    from coordination.service import static_files
    from vierspan import start

    copied = start.migrate(folder)
    if copied:
        print(f"De gegevens zijn bijgewerkt voor deze versie. Een kopie van ervoor staat in {copied}.")
    static_files.gather()
    start.addresses()
    _greet(present)

    from coordination.service.server import serve
    from vierspan.engine import ENGINE

    return serve("vierspan.asgi:application", quiet=ENGINE.is_quiet)


def _greet(present) -> None:
    from vierspan import example

    print(f"\nVierspan draait op {_address()}", flush=True)
    if present.kind == "none":
        _print_admin_link()
    else:
        secret = example.password()
        print("Voorbeeldwereld: het is hier 14 januari 2025. Accounts, allemaal met hetzelfde wachtwoord:\n")
        for address in (
            "beleid@merenstad.example",
            "budget@merenstad.example",
            "raad@merenstad.example",
            "school-90aa@merenstad.example",
            "partner-welzijn-polderlicht@merenstad.example",
            "beheer@vierspan.example",
        ):
            print(f"  {address}")
        print("  (ook @dijkermond.example, @heidehoek.example en @columba.example; elke school heeft een account)")
        print(f"\n  wachtwoord: {secret}\n", flush=True)


def _print_admin_link() -> None:
    from coordination.identity import accounts

    link = accounts.admin_link()
    if link:
        print(f"Eenmalige link voor de eerste beheerder: {_address()}{link}", flush=True)


def _admin_link(_options: argparse.Namespace) -> int:
    if not _started_before():
        return 1
    _django()
    from coordination.identity import accounts

    link = accounts.admin_link()
    if not link:
        print("Er is al een beheerder; die kan zelf accounts maken.", file=sys.stderr)
        return 1
    print(f"{_address()}{link}")
    return 0


def _token(options: argparse.Namespace) -> int:
    if not _started_before():
        return 1
    _django()
    from datetime import timedelta

    from coordination.identity import accounts

    account = accounts.find_account(options.account)
    if account is None:
        print(f"Er is geen account met het adres {options.account}.", file=sys.stderr)
        return 1
    print(accounts.issue_token(account, timedelta(days=options.days)))
    return 0


def _example(options: argparse.Namespace) -> int:
    from vierspan import world
    from vierspan.lock import AlreadyRunning, HouseLock

    folder = data_folder()
    present = world.settle(folder, options.kind)
    if present.kind == "none":
        print("Dit is een echt huis: daar komen geen voorbeeldgegevens in.", file=sys.stderr)
        return 1
    lock, beside = HouseLock(folder), False
    try:
        lock.take("(laadt voorbeeldgegevens)")
    except AlreadyRunning:
        beside = True
    _django()
    from vierspan import example, start
    from vierspan.engine import ENGINE

    if not beside:
        start.migrate(folder)
        ENGINE.start()
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    example.load(world.World(kind=options.kind), stopping)
    if not beside:
        from vierspan.checks import caught_up

        while not caught_up()[0] and not stopping.is_set():
            time.sleep(0.1)
        ENGINE.stop()
    print(f"De voorbeeldgegevens zijn geladen. Wachtwoord van alle accounts: {example.password()}")
    return 0


def _doctor(_options: argparse.Namespace) -> int:
    if not _started_before():
        return 1
    _django()
    from vierspan import doctor

    return doctor.examine()


if __name__ == "__main__":
    sys.exit(main())
