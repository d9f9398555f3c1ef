"""Whether a service has sent what it said and heard what was sent; readiness asks this."""

from datetime import datetime

from django.apps import apps
from django.db.models import Count, Min

from coordination.events.log import Log, get_log
from coordination.events.subscription import subscriptions_of


def unsent(service: str) -> int:
    """How many messages a service said that its relay has not sent yet."""
    return apps.get_model(service, "OutboxEntry").objects.filter(sent_at__isnull=True).count()


def waiting_to_be_sent(service: str) -> tuple[int, datetime | None]:
    """How many messages a service said that were not sent yet, and when the first of them was said."""
    unsent = apps.get_model(service, "OutboxEntry").objects.filter(sent_at__isnull=True)
    found = unsent.aggregate(number=Count("number"), since=Min("recorded_at"))
    return found["number"], found["since"]


def last_heard(service: str) -> datetime | None:
    """When a service last handled a message, or nearly: ids rise with time, and no index is spent on the moment."""
    found = apps.get_model(service, "HandledEvent").objects.order_by("-pk").values_list("handled_at", flat=True)
    return found.first()


def unheard(service: str, log: Log | None = None) -> int:
    """How many records of its topics a service has not handled yet."""
    return (log or get_log()).lag(service, subscriptions_of(service).topics)


def caught_up(service: str, log: Log | None = None) -> bool:
    """Whether nothing is waiting to be sent or heard by this service. Parked messages do not count as waiting."""
    return unsent(service) == 0 and unheard(service, log) == 0
