"""The officer sets how many pupils an activity has place for."""

from uuid import UUID

from coordination.contracts.clock import NETHERLANDS, recorded_now, today
from coordination.contracts.refusals import Forbidden, NotFound, Outdated, problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from matching.domain.participations import MOST_PLACES
from matching.domain.who_may import decides_for, works_for
from matching.models import Activity, Municipality, Offer
from matching.models.queues import locked_offer, move_up, room
from matching.publications import partners_in, places_set, say_participations, schools_in


def set_places(*, actor: Actor, activity: UUID, places: int | None, expected_version: int | None = None) -> Offer:
    """Set the places of an activity for pupils; None takes the limit away. Places that come free move who waits up.

    Never fewer than the pupils that take part already. Raises NotFound, Forbidden, Invalid, or Outdated when
    somebody else set them in between.
    """
    found = Activity.objects.filter(pk=activity).exclude(status="").first()
    if found is None or not works_for(actor, found.municipality):
        raise NotFound()
    if not decides_for(actor, found.municipality):
        raise Forbidden("Alleen een beleidsmedewerker stelt het aantal plekken in.")
    if places is not None and (isinstance(places, bool) or not isinstance(places, int) or places < 0):
        raise problem("places", "places-invalid", "Vul een heel aantal plekken in, of laat het leeg voor geen maximum.")
    if places is not None and places > MOST_PLACES:
        raise problem("places", "places-too-many", "Dit aantal is te groot. Vul hoogstens 100.000 plekken in.")
    zone = Municipality.objects.filter(code=found.municipality).values_list("zone", flat=True).first()
    with unit_of_work("matching", role=actor.role_for("municipality", found.municipality)) as say:
        offer = locked_offer(activity)
        if expected_version is not None and expected_version != offer.version:
            raise Outdated(yours=places, current=offer.places, version=offer.version)
        if offer.places == places:
            return offer
        taken = room(offer).taken
        if places is not None and places < taken:
            raise problem(
                "places", "places-below-joined", f"Er doen al {taken} leerlingen mee. Vul {taken} of meer plekken in."
            )
        offer.places = places
        offer.version += 1
        offer.save()
        say(places_set(offer, found.municipality))
        moved = move_up(offer, at=recorded_now(), on=today(zone or NETHERLANDS))
        say_participations(say, moved)
        audience = [f"municipality:{found.municipality}", *partners_in(activity), *schools_in(activity)]
        say.changed("offer", activity, audience=audience)
        say.changed("requests", found.municipality, audience=[f"municipality:{found.municipality}"])
    return offer
