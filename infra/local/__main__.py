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

PORT = 8080
PROVIDER_PORT = 18080


def main() -> int:
    """Run a house in the folder of VIERSPAN_DATA; gives the exit status."""
    stopping = threading.Event()
    for signalled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signalled, lambda *_: stopping.set())
    try:
        house = LocalHouse(
            Path(os.environ.get("VIERSPAN_DATA") or "var/local"),
            example=world.wanted(),
            port=number("PORT", PORT),
            provider_port=number("PROVIDER_PORT", PROVIDER_PORT),
            tell=lambda line: print(line, flush=True),
        )
        house.start()
    except (MissingSetting, NoHouse) as fault:
        print(fault, file=sys.stderr)
        return 1
    _greet(house)
    while not stopping.wait(0.5):
        if ended := house.ended():
            print(f"Beëindigd door zichzelf: {', '.join(ended)}. Het huis stopt; zie {house.folder}", file=sys.stderr)
            house.stop()
            return 1
    print("Alles stopt.", flush=True)
    return house.stop()


def _greet(house: LocalHouse) -> None:
    print(f"\n{greeting.where(house.address)}")
    if house.example != "none":
        print(greeting.accounts(house.password))
    print(f"Wat elk proces zegt: {house.logs}")
    print(f"Welke processen er draaien: {leftovers.place_of(house.folder)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
