"""Whether a service has sent what it said and heard what was sent; readiness asks this."""

from django.apps import apps

from coordination.events.log import Log, get_log
from coordination.events.subscription import subscriptions_of


def unsent(service: str) -> int:
    """How many messages a service said that its relay has not sent yet."""
    return apps.get_model(service, "OutboxEntry").objects.filter(sent_at__isnull=True).count()


def unheard(service: str, log: Log | None = None) -> int:
    """How many records of its topics a service has not handled yet."""
    return (log or get_log()).lag(service, subscriptions_of(service).topics)


def caught_up(service: str, log: Log | None = None) -> bool:
    """Whether nothing is waiting to be sent or heard by this service. Parked messages do not count as waiting."""
    return unsent(service) == 0 and unheard(service, log) == 0
