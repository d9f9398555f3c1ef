"""The programs of docker-compose.yml: their commands and environment, read from that very file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PLACE = Path(__file__).parents[2] / "docker-compose.yml"
OURS = ("intake", "matching", "reporting", "vierspan")
"""The first words of the commands that are Vierspan's own."""
SECRETS = "/run/secrets/"
HOLE = re.compile(r"\$\{(?P<name>\w+)(?:(?P<colon>:?)-(?P<other>[^${}]*))?\}")


@dataclass(frozen=True, kw_only=True)
class Program:
    """One service of the file. once means that it does its work and ends; after names what goes before it.

    names are those of its processes, of which there are as many as the file has replicas.
    """

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    once: bool
    after: tuple[str, ...]
    replicas: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """One for each of its processes; the first has that of the program."""
        return tuple(f"{self.name}-{number}" if number > 1 else self.name for number in range(1, self.replicas + 1))

    @property
    def ours(self) -> bool:
        """Whether it is a process of Vierspan itself."""
        return self.command[:1] != () and self.command[0] in OURS


@dataclass(frozen=True, kw_only=True)
class Compose:
    """What the file says: its services by name, and the names of its secrets."""

    programs: dict[str, Program]
    secrets: tuple[str, ...]


def read(given: Mapping[str, str], place: Path = PLACE) -> Compose:
    """The file with its holes filled from what is given."""
    content = yaml.safe_load(place.read_text(encoding="utf-8"))
    return Compose(
        programs={name: _program(name, one, given) for name, one in content["services"].items()},
        secrets=tuple(content["secrets"]),
    )


def _program(name: str, one: Mapping[str, Any], given: Mapping[str, str]) -> Program:
    words = [*one.get("entrypoint", ()), *one.get("command", ())]
    environment = one.get("environment", {})
    return Program(
        name=name,
        command=tuple(filled_in(str(word), given) for word in words),
        environment={key: filled_in(str(value), given) for key, value in environment.items()},
        once=one.get("restart") != "unless-stopped",
        after=tuple(one.get("depends_on", ())),
        replicas=int(filled_in(str(one.get("deploy", {}).get("replicas", 1)), given)),
    )


def filled_in(text: str, given: Mapping[str, str]) -> str:
    """A value with ${NAME}, ${NAME:-other} and ${NAME-other} replaced as compose does, one in another too."""

    def fill(found: re.Match[str]) -> str:
        value = given.get(found["name"])
        return found["other"] or "" if value is None or (found["colon"] and not value) else value

    while HOLE.search(text):
        text = HOLE.sub(fill, text)
    return text.replace("$$", "$")
