"""What the echo hears. ECHO_PAUSE slows it down, so that a kill hits it in the middle; ECHO_FAULT makes it fail."""

import os
import time

from echo.models import Heard

from coordination.contracts.envelope import Envelope
from coordination.contracts.matching import PlacesSet
from coordination.events.subscription import Subscriptions, hears


def write_down(event: PlacesSet, envelope: Envelope) -> None:
    """Keep what was said."""
    Heard.objects.create(subject=envelope.subject, places=event.places)
    time.sleep(float(os.environ.get("ECHO_PAUSE", "0")))
    if os.environ.get("ECHO_FAULT"):
        raise ValueError("told to fail")


SUBSCRIPTIONS = Subscriptions(service="echo", table=(hears(PlacesSet, write_down),), projections=("Heard",))
