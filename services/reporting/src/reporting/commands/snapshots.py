"""Freezing a page for a meeting."""

from uuid import UUID

import msgspec

from coordination.contracts import clock
from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, NotFound
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from reporting.domain import who_may
from reporting.models import Municipality, Snapshot
from reporting.models.gathering import facts_of


def take_snapshot(*, actor: Actor | None, municipality: str, snapshot_id: UUID | None = None) -> Snapshot:
    """Keep the facts as they stand now at a permanent address.

    The same snapshot_id again gives the one taken before, so a double click is one act. Raises NotFound for
    strangers and Conflict when the id is that of another municipality.
    """
    wanted = snapshot_id or new_id()
    found = _municipality(actor, municipality)
    role = actor.role_for("municipality", municipality)
    with unit_of_work("reporting", role=role) as say:
        taken = Snapshot.objects.filter(id=wanted).first()
        if taken is not None:
            if taken.municipality != municipality:
                raise Conflict("Deze momentopname bestaat al.")
            return taken
        today = clock.today(found.zone)
        facts = facts_of(found, today=today)
        say.changed("summary", found.code, audience=[f"municipality:{found.code}"])
        return Snapshot.objects.create(
            id=wanted,
            municipality=found.code,
            taken_on=today,
            taken_at=clock.recorded_now(),
            role=role,
            facts=msgspec.json.encode(facts).decode(),
        )


def _municipality(actor: Actor | None, code: str) -> Municipality:
    found = Municipality.objects.filter(code=code).first() if who_may.reads(actor, code) else None
    if found is None:
        raise NotFound()
    return found
