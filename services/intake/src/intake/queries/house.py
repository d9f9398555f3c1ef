"""How the messages of this house are doing: what is under way, and what is stuck. No rule of the domain."""

from dataclasses import dataclass

from django.conf import settings

from coordination.contracts.refusals import Forbidden
from coordination.events import lag
from coordination.events.dead_letters import dead_letters
from coordination.identity.actor import Actor


@dataclass(frozen=True, kw_only=True)
class ServiceState:
    """The messages of one service: said but not sent, sent but not heard, and parked until somebody looks."""

    name: str
    unsent: int
    unheard: int
    parked: int

    @property
    def under_way(self) -> int:
        """What takes care of itself in a moment."""
        return self.unsent + self.unheard

    @property
    def is_fine(self) -> bool:
        """Whether nothing is stuck."""
        return self.parked == 0


def service_states(*, actor: Actor) -> list[ServiceState]:
    """Each service of this process. Raises Forbidden for anyone but the administrator of the house."""
    if not actor.is_administrator:
        raise Forbidden("Deze pagina is voor de functioneel beheerder van dit huis.")
    return [
        ServiceState(
            name=service,
            unsent=lag.unsent(service),
            unheard=lag.unheard(service),
            parked=dead_letters(service).count(),
        )
        for service in settings.SERVICES
    ]
