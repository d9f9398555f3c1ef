"""How a service stands at the moment it is asked: what waits to be sent or heard, and what is stuck."""

from collections.abc import Iterable, Iterator

import structlog
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from coordination.contracts.clock import recorded_now
from coordination.events import lag, seen
from coordination.events.connections import close_connections
from coordination.events.dead_letters import parked_by_cause

_log = structlog.get_logger(__name__)


class Standing:
    """Asked anew each time somebody reads the figures. What cannot be told is left out: unknown is not 0."""

    def __init__(self, services: Iterable[str]) -> None:
        self._services = tuple(services)

    def describe(self) -> list[Metric]:
        """Nothing beforehand: describing must not ask a database."""
        return []

    def families(self) -> tuple[GaugeMetricFamily, ...]:
        """The figures, still empty: rounds, outbox, its oldest, lag, parked."""
        return (
            GaugeMetricFamily(
                "vierspan_round_age_seconds", "Since a relay or consumer last came round", labels=["service", "loop"]
            ),
            GaugeMetricFamily("vierspan_outbox_depth", "Events said and not yet sent", labels=["service"]),
            GaugeMetricFamily(
                "vierspan_outbox_oldest_seconds", "How long the oldest of those has waited", labels=["service"]
            ),
            GaugeMetricFamily("vierspan_consumer_lag", "Messages in the log not yet heard", labels=["service"]),
            GaugeMetricFamily("vierspan_dead_letters", "Messages parked, by cause", labels=["service", "cause"]),
        )

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment."""
        ages, depth, oldest, behind, parked = self.families()
        for (service, loop), age in seen.rounds().items():
            ages.add_metric([service, loop], age)
        try:
            for service in self._services:
                self._outbox(service, depth, oldest)
                self._parked(service, parked)
                self._lag(service, behind)
        finally:
            close_connections()
        yield from (ages, depth, oldest, behind, parked)

    def _outbox(self, service: str, depth: GaugeMetricFamily, oldest: GaugeMetricFamily) -> None:
        try:
            waiting, since = lag.waiting_to_be_sent(service)
        except Exception as fault:
            self._untold(service, "outbox", fault)
            return
        depth.add_metric([service], waiting)
        oldest.add_metric([service], max(0.0, (recorded_now() - since).total_seconds()) if since else 0)

    def _parked(self, service: str, parked: GaugeMetricFamily) -> None:
        try:
            causes = parked_by_cause(service)
        except Exception as fault:
            self._untold(service, "dead letters", fault)
            return
        for cause, number in causes.items():
            parked.add_metric([service, cause], number)

    def _lag(self, service: str, behind: GaugeMetricFamily) -> None:
        try:
            behind.add_metric([service], lag.unheard(service))
        except Exception as fault:
            self._untold(service, "log", fault)

    def _untold(self, service: str, what: str, fault: Exception) -> None:
        _log.info("figure_untold", service=service, what=what, error=str(fault))
