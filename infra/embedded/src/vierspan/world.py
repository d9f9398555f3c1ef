"""What kind of house a data folder holds: an example world with its own date, or a real one."""

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from coordination.contracts import clock
from coordination.service import environment

Kind = Literal["full", "register", "none"]
KINDS: tuple[Kind, ...] = ("full", "register", "none")
EXAMPLE_TODAY = date(2025, 1, 14)


@dataclass(frozen=True, kw_only=True)
class World:
    """full has activities, register all but those, none is an empty house that lives on the real date."""

    kind: Kind

    @property
    def today(self) -> date | None:
        """The date at which this world stands still; None when the clock runs."""
        return None if self.kind == "none" else EXAMPLE_TODAY


def _place(folder: Path) -> Path:
    return folder / "world.json"


def found(folder: Path) -> World | None:
    """The world of a data folder, or None before its first start."""
    place = _place(folder)
    return World(kind=json.loads(place.read_text())["kind"]) if place.exists() else None


def wanted() -> Kind:
    """What EXAMPLE asks for, full when it says nothing. Raises MissingSetting for another word."""
    kind = os.environ.get("EXAMPLE") or "full"
    if kind not in KINDS:
        raise environment.MissingSetting(f"EXAMPLE moet full, register of none zijn, niet {kind!r}.")
    return kind


def settle(folder: Path, kind: Kind) -> World:
    """The world of a data folder, decided at its first start and kept from then on."""
    present = found(folder)
    if present is None:
        _place(folder).write_text(json.dumps({"kind": kind}))
        present = World(kind=kind)
    return present


def apply() -> None:
    """Set the business clock of this process to the world of its data folder."""
    present = found(environment.data_folder())
    clock.stand_still_at(present.today if present else None)
