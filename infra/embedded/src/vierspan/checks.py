"""What must be so before this house calls itself ready."""

from django.conf import settings

from coordination.events.lag import caught_up as service_caught_up
from vierspan.engine import ENGINE


def workers_live() -> tuple[bool, str]:
    """Whether every relay and consumer still runs."""
    faults = ENGINE.faults()
    return not faults, "gestopte werkers: " + ", ".join(faults) if faults else "werkers"


def caught_up() -> tuple[bool, str]:
    """Whether everything said was sent and everything sent was handled, in every service."""
    behind = [service for service in settings.SERVICES if not service_caught_up(service)]
    return not behind, "berichten onderweg: " + ", ".join(behind) if behind else "berichten"
