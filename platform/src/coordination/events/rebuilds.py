"""Rebuilding as something that was asked for: who asked when, how far it is, and how it ended."""

from dataclasses import dataclass
from uuid import UUID

import structlog
from django.apps import apps
from django.db import connections
from django.db.models import QuerySet

from coordination.contracts.clock import recorded_now
from coordination.contracts.refusals import Conflict
from coordination.events.log import Log
from coordination.events.replay import replay
from coordination.events.subscription import Subscriptions
from coordination.events.tables import Rebuild
from coordination.events.unit_of_work import unit_of_work

LONGEST_ERROR = 1000

_log = structlog.get_logger(__name__)


@dataclass
class _Work:
    """A rebuild in this very process."""

    number: int
    heard: int = 0
    of: int = 0


_at_work: dict[str, _Work] = {}


def rebuilds(service: str) -> QuerySet[Rebuild]:
    """All rebuilds of a service, the last first."""
    return apps.get_model(service, "Rebuild").objects.order_by("-number")


def ask_for_rebuild(service: str, *, account: UUID | None = None) -> Rebuild:
    """Write down that a rebuild was asked for. Raises Conflict while another one is running."""
    with unit_of_work(service):
        if running(service) is not None:
            raise Conflict("Er wordt al opnieuw opgebouwd.")
        return apps.get_model(service, "Rebuild").objects.create(account=account, asked_at=recorded_now())


def carry_out(asked: Rebuild, subscriptions: Subscriptions, log: Log | None = None) -> dict[str, int]:
    """Make the projections again, as asked; until it ends everybody sees what was there before.

    Gives counts like a replay. Whatever that raises is written down and goes on upward.
    """
    service = subscriptions.service
    work = _at_work[service] = _Work(number=asked.pk)

    def tell(heard: int, of: int) -> None:
        work.heard, work.of = heard, of

    try:
        with unit_of_work(service):
            # Held until it ends: who finds this row free knows that its process is gone.
            rebuilds(service).select_for_update().get(pk=asked.pk)
            tally = replay(subscriptions, log, tell=tell)
            rebuilds(service).filter(pk=asked.pk).update(
                outcome="done", ended_at=recorded_now(), heard=sum(tally.values())
            )
    except Exception as fault:
        _log.exception("rebuild_failed", service=service)
        with unit_of_work(service):
            rebuilds(service).filter(pk=asked.pk).update(
                outcome="failed", ended_at=recorded_now(), error=f"{type(fault).__name__}: {fault}"[:LONGEST_ERROR]
            )
        raise
    finally:
        _at_work.pop(service, None)
    return tally


def running(service: str) -> Rebuild | None:
    """The rebuild that goes on now, in this or another process; one whose process is gone is written off."""
    row = rebuilds(service).filter(outcome="running").first()
    work = _at_work.get(service)
    if row is None or (work is not None and work.number == row.pk):
        return row
    with unit_of_work(service):
        free = rebuilds(service).filter(pk=row.pk, outcome="running")
        if connections[service].features.has_select_for_update_skip_locked:
            free = free.select_for_update(skip_locked=True)
        gone = free.first()
        if gone is None:
            return row
        gone.outcome, gone.ended_at = "broken_off", recorded_now()
        gone.save(update_fields=["outcome", "ended_at"])
    return None


def progress(service: str) -> tuple[int, int] | None:
    """How many messages were heard again, of how many, when this process does it; None when that is not known here."""
    work = _at_work.get(service)
    return (work.heard, work.of) if work is not None and work.of else None
