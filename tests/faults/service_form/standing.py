"""A house with all its processes at work, that several tests try one after another."""

import time
from dataclasses import dataclass, field

from tests.faults.service_form.checks import Found, all_is_right, watch_for_double_effects
from tests.faults.service_form.house import BEGINNING, ServiceHouse
from tests.faults.service_form.oracle import Accepted


@dataclass
class Standing:
    """A house, all that was ever accepted in it, and whether it was found in order after the last fault."""

    house: ServiceHouse
    accepted: Accepted = field(default_factory=Accepted)
    sound: bool = False

    def begin(self) -> None:
        """Start the processes and let them come to rest."""
        watch_for_double_effects(self.house)
        self.house.start_all()
        self.house.wait_until_quiet(patience=BEGINNING)

    def comes_to_rest(self) -> Found:
        """Wait until all is sent and heard, and hold everything against what was accepted."""
        self.house.wait_until_quiet()
        found = all_is_right(self.house, self.accepted)
        self.sound = True
        return found


def seconds_until_it_hears(house: ServiceHouse) -> float:
    """How long it takes from now until reporting has heard something said meanwhile."""
    began = time.monotonic()
    (now,) = house.ask("reporting", "SELECT clock_timestamp()")[0]
    last = "SELECT max(handled_at) FROM reporting_handledevent"
    house.wait_for(lambda: (house.ask("reporting", last)[0][0] or now) > now, "reporting to hear something")
    return time.monotonic() - began
