"""Parked messages of a service: what there is, and trying them again in the order of their subject."""

from collections import Counter
from uuid import UUID

from django.apps import apps
from django.db.models import Count, QuerySet

from coordination.contracts.refusals import Conflict, NotFound
from coordination.events.hearing import Hearing
from coordination.events.subscription import Subscriptions, subscriptions_of
from coordination.events.tables import DeadLetter


def dead_letters(service: str) -> QuerySet[DeadLetter]:
    """The parked messages of a service, by subject and in their order; the first of a subject holds up the rest."""
    return apps.get_model(service, "DeadLetter").objects.order_by("topic", "subject", "sequence", "parked_at")


def parked_by_cause(service: str) -> dict[str, int]:
    """How many messages of a service are parked for each cause, those of which there are none included."""
    model = apps.get_model(service, "DeadLetter")
    found = dict(model.objects.values_list("cause").annotate(number=Count("pk")).order_by())
    return {cause: found.get(cause, 0) for cause, _words in model._meta.get_field("cause").choices}


def retry_dead_letters(
    service: str, id: UUID | str | None = None, *, subscriptions: Subscriptions | None = None
) -> dict[str, int]:
    """Try parked messages again: all, or those of the subject of one of them.

    Each is handled in a unit of work of its own, in order; a subject stops at its first that fails again. Gives counts
    {"handled", "failed", "left"}: failed is subjects that stopped, left is what is still parked. Raises NotFound when
    there is no parked message with this id.
    """
    rows = dead_letters(service)
    if id is not None:
        wanted = rows.filter(pk=id).first()
        if wanted is None:
            raise NotFound("Dit bericht staat niet (meer) geparkeerd.")
        keys = [(wanted.topic, wanted.subject)]
    else:
        keys = list(dict.fromkeys(rows.values_list("topic", "subject")))
    hearing = Hearing(subscriptions or subscriptions_of(service))
    counts: Counter[str] = Counter(handled=0, failed=0)
    for topic, subject in keys:
        while (outcome := hearing.retry_first(topic, subject)) == "handled":
            counts["handled"] += 1
        if outcome != "none":
            counts["failed"] += 1
    return {**counts, "left": dead_letters(service).count()}


def pass_over(service: str, id: UUID | str, *, subscriptions: Subscriptions | None = None) -> None:
    """Let go of a parked message for good, so that those behind it can be tried again; it counts as heard.

    Meant for what can never be handled, such as rubbish. Raises NotFound when it is not parked, and Conflict when
    another one of its subject comes first.
    """
    row = dead_letters(service).filter(pk=id).first()
    if row is None:
        raise NotFound("Dit bericht staat niet (meer) geparkeerd.")
    first = dead_letters(service).filter(topic=row.topic, subject=row.subject).first()
    if first is not None and first.pk != row.pk:
        raise Conflict("Er staat een eerder bericht over hetzelfde onderwerp. Behandel dat eerst.")
    Hearing(subscriptions or subscriptions_of(service)).pass_over_first(row.topic, row.subject)
