"""The waiting list of an activity: numbered from 1 without holes, and moved up when places come free."""

from datetime import date, datetime
from uuid import UUID

from matching.domain.participations import Room, room_of, who_moves_up
from matching.models.offers import Offer
from matching.models.participations import Participation


def locked_offer(activity_id: UUID) -> Offer:
    """The offer of an activity, locked for this unit of work; everything that takes or frees a place begins here."""
    Offer.objects.get_or_create(activity_id=activity_id)
    return Offer.objects.select_for_update().get(activity_id=activity_id)


def room(offer: Offer, *, without: UUID | None = None) -> Room:
    """The room of a locked offer, leaving one participation out of the count when asked."""
    joined = Participation.objects.filter(activity_id=offer.activity_id, state="joined").exclude(pk=without)
    return room_of(offer.places, joined.values_list("pupils", flat=True))


def queue_of(activity_id: UUID) -> list[Participation]:
    """Who waits, from first to last."""
    waiting = Participation.objects.filter(activity_id=activity_id, state="waiting")
    return list(waiting.order_by("position", "changed_at", "id"))


def move_up(offer: Offer, *, at: datetime, on: date, at_most: int | None = None) -> list[Participation]:
    """Give free places to who waits, in order, and number the rest anew. Gives every participation that changed.

    The caller holds the lock of the offer. at_most bounds how many get a place when there is no limit.
    """
    waiting = queue_of(offer.activity_id)
    moved = set(who_moves_up(room(offer), [(one.pk, one.pupils) for one in waiting], at_most=at_most))
    changed = []
    for one in waiting:
        if one.pk in moved:
            one.state, one.position = "joined", None
            one.keep(at=at, on=on)
            changed.append(one)
    for position, one in enumerate((one for one in waiting if one.pk not in moved), start=1):
        if one.position != position:
            one.position = position
            one.keep(at=at, on=on)
            changed.append(one)
    return changed
