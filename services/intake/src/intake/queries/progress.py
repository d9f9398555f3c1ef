"""Reports of progress."""

from uuid import UUID

from coordination.identity.actor import Actor
from intake.models import Report
from intake.queries.activities import activity


def reports(*, actor: Actor, activity_id: UUID | str) -> list[Report]:
    """The reports of an activity, newest first. Raises NotFound when it is not this actor's to see."""
    found = activity(actor=actor, activity_id=activity_id)
    return list(found.reports.select_related("act").order_by("-reported_on", "-id"))
