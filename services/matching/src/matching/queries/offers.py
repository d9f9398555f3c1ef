"""Reading the places of activities."""

from uuid import UUID

from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from matching.domain.who_may import works_for
from matching.models import Activity, Offer


def offer_for(actor: Actor, activity_id: UUID) -> tuple[Activity, Offer]:
    """The places of an activity of the actor's municipality; version 1 and no limit when nobody set them.

    Raises NotFound for who is not of that municipality's staff.
    """
    activity = Activity.objects.filter(pk=activity_id).exclude(status="").first()
    if activity is None or not works_for(actor, activity.municipality):
        raise NotFound()
    return activity, Offer.objects.filter(pk=activity_id).first() or Offer(activity_id=activity_id)
