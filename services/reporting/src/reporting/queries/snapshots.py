"""Reading snapshots: the list of a municipality, and the summary frozen in one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from reporting.domain.facts import Facts
from reporting.domain.summary import Summary, summarise
from reporting.models import Snapshot
from reporting.queries.summary import municipality_for


@dataclass(frozen=True, kw_only=True)
class FrozenSummary:
    """A summary as it was, and when it was frozen."""

    id: UUID
    taken_on: date
    taken_at: datetime
    summary: Summary


def snapshots_of(*, actor: Actor | None, municipality: str) -> list[Snapshot]:
    """The snapshots of a municipality, newest first, without their facts. Raises NotFound for strangers."""
    found = municipality_for(actor=actor, municipality=municipality)
    return list(Snapshot.objects.filter(municipality=found.code).defer("facts"))


def snapshot(*, actor: Actor | None, municipality: str, snapshot_id: UUID) -> FrozenSummary:
    """One frozen summary. Raises NotFound when there is none or it is not the actor's to see."""
    found = municipality_for(actor=actor, municipality=municipality)
    row = Snapshot.objects.filter(municipality=found.code, id=snapshot_id).first()
    if row is None:
        raise NotFound()
    facts = msgspec.json.decode(row.facts.encode(), type=Facts)
    return FrozenSummary(id=row.id, taken_on=row.taken_on, taken_at=row.taken_at, summary=summarise(facts))
