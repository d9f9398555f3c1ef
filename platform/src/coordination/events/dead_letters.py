"""Parked messages of a service: what there is, and trying them again in the order of their subject."""

from collections import Counter
from uuid import UUID

from django.apps import apps
from django.db.models import Count, QuerySet

from coordination.contracts.clock import recorded_now
from coordination.contracts.refusals import Conflict, NotFound, problem
from coordination.events.hearing import Hearing
from coordination.events.subscription import Subscriptions, subscriptions_of
from coordination.events.tables import DeadLetter, PassedOver
from coordination.events.unit_of_work import unit_of_work

KEPT = ("topic", "subject", "sequence", "type", "message", "cause", "error", "parked_at")


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
    counts = Counter(handled=0, failed=0)
    for topic, subject in keys:
        counts.update(_retry_key(hearing, topic, subject))
    return {**counts, "left": dead_letters(service).count()}


def pass_over(
    service: str,
    id: UUID | str,
    *,
    reason: str,
    account: UUID | None = None,
    subscriptions: Subscriptions | None = None,
) -> dict[str, int]:
    """Let go of a parked message for good: it counts as heard, and those behind it are tried again, in order.

    Meant for what can never be handled, such as rubbish. Who decided it and why is kept, with the message. Gives counts
    like a retry. Raises NotFound when it is not parked, Conflict when another one of its subject comes first, and
    Invalid without a reason.
    """
    if not reason.strip():
        raise problem("reason", "reason-missing", "Zeg waarom dit bericht mag vervallen.")
    hearing = Hearing(subscriptions or subscriptions_of(service))
    with unit_of_work(service, role="administrator"):
        row = dead_letters(service).filter(pk=id).first()
        if row is None:
            raise NotFound("Dit bericht staat niet (meer) geparkeerd.")
        first = dead_letters(service).filter(topic=row.topic, subject=row.subject).first()
        if first is not None and first.pk != row.pk:
            raise Conflict("Er staat een eerder bericht over hetzelfde onderwerp. Behandel dat eerst.")
        apps.get_model(service, "PassedOver").objects.create(
            message_id=row.pk,
            **{name: getattr(row, name) for name in KEPT},
            reason=reason.strip(),
            account=account,
            passed_over_at=recorded_now(),
        )
        hearing.pass_over_first(row.topic, row.subject)
    counts = Counter(handled=0, failed=0)
    counts.update(_retry_key(hearing, row.topic, row.subject))
    return {**counts, "left": dead_letters(service).count()}


def passed_over(service: str) -> QuerySet[PassedOver]:
    """The messages of a service that somebody let go of, the last first."""
    return apps.get_model(service, "PassedOver").objects.order_by("-number")


def _retry_key(hearing: Hearing, topic: str, subject: str) -> Counter[str]:
    """Try what is parked under a key in order, each in a unit of work of its own, until one fails again."""
    counts: Counter[str] = Counter()
    while (outcome := hearing.retry_first(topic, subject)) == "handled":
        counts["handled"] += 1
    if outcome != "none":
        counts["failed"] += 1
    return counts
