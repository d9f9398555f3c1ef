"""The day on which the business clock stands still, when its surroundings say so: an example world has one."""

import os
from datetime import date

from coordination.contracts import clock
from coordination.service.environment import MissingSetting

NAME = "VIERSPAN_TODAY"


def stand_still() -> None:
    """Set the business clock of this process to VIERSPAN_TODAY, or let it run when there is none.

    Raises MissingSetting when it is no date.
    """
    clock.stand_still_at(_given())


def _given() -> date | None:
    text = os.environ.get(NAME, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise MissingSetting(f"{NAME} moet een datum zijn zoals 2025-01-14, niet {text!r}.") from None
