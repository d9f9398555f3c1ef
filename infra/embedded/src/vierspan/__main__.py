"""The command vierspan: serve the house, or do something beside a running one."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from coordination.service.environment import MissingSetting, data_folder
from vierspan import one_process

LONGEST_TOKEN = 3660
FORMS = {"vierspan.settings_service": "vierspan.many_processes"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the house and give its exit status."""
    options = _parser().parse_args(arguments)
    os.umask(0o077)  # what the house keeps is for its owner's eyes only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vierspan.settings")
    try:
        return options.run(options)
    except MissingSetting as fault:
        print(fault, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vierspan", description="Het hele huis in één proces, of wat naast de processen van de diensten hoort."
    )
    commands = parser.add_subparsers(required=True, metavar="opdracht")

    serve = commands.add_parser("serve", help="start het huis")
    serve.set_defaults(run=_serve)

    example = commands.add_parser("example", help="laad de voorbeeldwereld (ook naast een draaiend huis)")
    example.add_argument("kind", nargs="?", choices=["full", "register", "none"], default="full")
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


def _django() -> None:
    import django

    django.setup()


def _form() -> ModuleType:
    """What commands beside a house do: the settings module is the form."""
    return import_module(FORMS.get(os.environ["DJANGO_SETTINGS_MODULE"], "vierspan.one_process"))


def _serve(_options: argparse.Namespace) -> int:
    from vierspan import world
    from vierspan.lock import AlreadyRunning, HouseLock

    folder = data_folder()
    lock = HouseLock(folder)
    try:
        lock.take(one_process.address())
    except AlreadyRunning as other:
        print(f"Op deze gegevensmap ({folder}) draait al een huis: {other}. Er is niets gestart.", file=sys.stderr)
        return 1
    asked = world.wanted()
    present = world.settle(folder, asked)
    if os.environ.get("EXAMPLE") and present.kind != asked:
        print(f"Deze gegevensmap is al een huis van soort {present.kind}; EXAMPLE={asked} verandert dat niet.")
    _django()
    from django.conf import settings

    from coordination.service import static_files, watching
    from vierspan import start

    copied = start.migrate(folder)
    if copied:
        print(f"De gegevens zijn bijgewerkt voor deze versie. Een kopie van ervoor staat in {copied}.")
    static_files.gather()
    start.addresses()
    watching.tell(settings.SERVICES)
    _greet(present)

    from coordination.service.server import serve
    from vierspan.engine import ENGINE

    return serve("vierspan.asgi:application", quiet=ENGINE.is_quiet)


def _greet(present) -> None:
    from vierspan import example, greeting

    print(f"\n{greeting.where(one_process.address())}", flush=True)
    if present.kind == "none":
        _print_admin_link()
    else:
        print(greeting.accounts(example.password()), flush=True)


def _print_admin_link() -> None:
    from coordination.identity import accounts

    link = accounts.admin_link()
    if link:
        print(f"Eenmalige link voor de eerste beheerder: {one_process.address()}{link}", flush=True)


def _admin_link(_options: argparse.Namespace) -> int:
    form = _form()
    if not form.is_there():
        return 1
    _django()
    from coordination.identity import accounts

    link = accounts.admin_link()
    if not link:
        print("Er is al een beheerder; die kan zelf accounts maken.", file=sys.stderr)
        return 1
    print(f"{form.address()}{link}")
    return 0


def _token(options: argparse.Namespace) -> int:
    if not _form().is_there():
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
    return _form().load_example(options.kind)


def _doctor(_options: argparse.Namespace) -> int:
    form = _form()
    if not form.is_there():
        return 1
    _django()
    return form.examine()


if __name__ == "__main__":
    sys.exit(main())
