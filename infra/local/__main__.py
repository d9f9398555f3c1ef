"""make local: the service form without Docker, in the foreground, until Ctrl-C or SIGTERM."""

import os
import signal
import sys
import threading
from pathlib import Path

from infra.local import leftovers
from infra.local.house import LocalHouse
from infra.local.words import NoHouse

from coordination.service.environment import MissingSetting, number
from vierspan import greeting, world

USUAL_PORTS = {"PORT": 8080, "PROVIDER_PORT": 18080}


class Stopped(BaseException):
    """Somebody asked to stop while the house was still starting."""


def main() -> int:
    """Run a house in the folder of VIERSPAN_DATA; gives the exit status."""
    for signalled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signalled, _interrupt)
    try:
        house = LocalHouse(
            Path(os.environ.get("VIERSPAN_DATA") or "var/local"),
            example=world.wanted(),
            asked={variable: number(variable, 0) for variable in USUAL_PORTS},
            usual=USUAL_PORTS,
            tell=_say,
        )
        house.start()
    except (MissingSetting, NoHouse) as fault:
        print(fault, file=sys.stderr)
        return 1
    except Stopped:
        _say("Gestopt tijdens het starten.")
        return 0
    stopping = threading.Event()
    for signalled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signalled, lambda *_: stopping.set())
    _greet(house)
    while not stopping.wait(0.5):
        if ended := house.ended():
            print(f"Vanzelf geëindigd: {', '.join(ended)}. Het huis stopt; zie {house.folder}", file=sys.stderr)
            house.stop()
            return 1
    _say("Alles stopt.")
    return house.stop()


def _link(house: LocalHouse) -> str:
    try:
        return house.run("vierspan", "admin", "link").strip()
    except NoHouse:
        return ""  # there is an administrator


def _interrupt(*_: object) -> None:
    for signalled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signalled, signal.SIG_IGN)
    raise Stopped


def _say(line: str) -> None:
    try:
        print(line, flush=True)
    except OSError:
        # Whoever listened has gone; the house stays until it is told to stop.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for as long as the process lives


def _greet(house: LocalHouse) -> None:
    lines = ["", greeting.where(house.address)]
    if house.example != "none":
        lines.append(greeting.accounts(house.password))
    elif link := _link(house):
        lines += [
            f"Eenmalige link voor de eerste beheerder: {link}",
            f"Meld u daar aan als beheer@vierspan.example, met wachtwoord {house.password}",
            "",
        ]
    lines += [f"Wat elk proces zegt: {house.logs}", f"Welke processen er draaien: {leftovers.place_of(house.folder)}"]
    _say("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main())
