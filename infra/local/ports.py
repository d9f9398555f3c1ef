"""Ports of this machine, each under a name and kept for the next start."""

import json
import socket
from pathlib import Path

from infra.local.words import NoHouse


class Ports:
    """Ports that were free when first asked for; the file remembers them."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._asked: set[str] = set()
        self._known: dict[str, int] = json.loads(place.read_text()) if place.exists() else {}

    def of(self, name: str) -> int:
        """The port of this name: the one of before when it is free at the first time it is asked for, else another."""
        if name not in self._asked:
            self._asked.add(name)
            if name not in self._known or not is_free(self._known[name]):
                self._known[name] = self._free()
                self._place.write_text(json.dumps(self._known))
        return self._known[name]

    def known_outside(self, variable: str, wanted: int, usual: int) -> int:
        """The port that others come to: the wanted one, else that of before, else the usual one, or any when that is 0.

        Raises NoHouse, which names the variable, when it is taken: nobody would look at another.
        """
        port = wanted or self._known.get(variable) or usual or self._free()
        if not is_free(port):
            raise NoHouse(f"Poort {port} is bezet door een ander programma; kies een andere met {variable}.")
        self._known[variable] = port
        self._place.write_text(json.dumps(self._known))
        return port

    def _free(self) -> int:
        while True:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            if port not in self._known.values():
                return port


def is_free(port: int) -> bool:
    """Whether nobody listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
