"""A school asks to join, confirms or stops; the officer accepts, declines, puts on the waiting list or records."""

from datetime import date
from uuid import UUID

from coordination.contracts.clock import NETHERLANDS, recorded_now, today
from coordination.contracts.identifiers import new_id
from coordination.contracts.refusals import Conflict, Forbidden, NotFound, problem
from coordination.events.unit_of_work import unit_of_work
from coordination.identity.actor import Actor
from matching.domain import participations as rules
from matching.domain.activities import status_in_sentence
from matching.domain.reasons import DECLINE_REASONS, WITHDRAW_REASONS
from matching.domain.register import clean_text
from matching.domain.who_may import acts_for_school, decides_for, sees_participation, works_for
from matching.models import Activity, Municipality, Participation, PartnerRole, School
from matching.models.queues import locked_offer, move_up, queue_of, room
from matching.publications import say_participation, say_participations

_IMPOSSIBLE = {
    "accept": "Over deze aanvraag valt nu niets te beslissen. Ververs de pagina.",
    "decline": "Deze aanvraag kan nu niet worden afgewezen. Ververs de pagina.",
    "wait": "Deze school kan nu niet op de wachtlijst. Ververs de pagina.",
    "confirm": "Er is niets te bevestigen: uw school doet nu niet mee.",
    "withdraw": "Er is niets in te trekken. Ververs de pagina.",
    "request": "Uw school heeft hiervoor al een aanvraag. Zie Mijn projecten.",
    "record": "Deze school heeft al een aanvraag of doet al mee. Beslis over de aanvraag.",
}


def request_participation(*, actor: Actor, activity: UUID, school: UUID, pupils: int, note: str = "") -> Participation:
    """A school asks to join an activity with a number of pupils; when it is full it comes on the waiting list.

    Asking the same again changes nothing; another number in an open request replaces the first. Raises NotFound for
    what is not the school's to see, Forbidden for who does not speak for the school, Invalid for the number or the
    note, Conflict when the activity is not open or the school takes part already.
    """
    the_school = _school_of(actor, school)
    the_activity = Activity.objects.filter(pk=activity).first()
    if the_activity is None or not the_activity.shows_to(the_school):
        raise NotFound()
    count = _pupils(pupils)
    words = _note(note)
    day = _business_day(the_activity.municipality)
    _must_be_open(the_activity, day)
    with unit_of_work("matching", role=actor.role_for("school", str(school))) as say:
        offer = locked_offer(activity)
        found = Participation.objects.filter(activity_id=activity, school_id=school).first()
        if found is not None and _is_same_request(found, count, words):
            return found
        if found is not None and found.state == "requested":
            found.pupils, found.note = count, words
        else:
            found = found or _new(the_activity, the_school)
            waiting = queue_of(activity)
            found.state = _step(found.state or None, "request", fits=room(offer).fits(count) and not waiting)
            found.pupils, found.note, found.origin, found.confirmed = count, words, "school", True
            found.reason, found.asked_on = "", day
            found.position = len(waiting) + 1 if found.state == "waiting" else None
        _keep(found, actor, day)
        say_participation(say, found)
    return found


def record_for(*, actor: Actor, activity: UUID, school: UUID, pupils: int | None = None) -> Participation:
    """The officer records that a school takes part, from any municipality; the school may confirm or correct it.

    Full means waiting, also here. Raises NotFound, Forbidden, Invalid or Conflict as a request does.
    """
    the_activity = _activity_to_decide(actor, activity)
    the_school = School.objects.filter(pk=school).first()
    if the_school is None:
        raise NotFound()
    count = None if pupils is None else _pupils(pupils)
    day = _business_day(the_activity.municipality)
    with unit_of_work("matching", role=actor.role_for("municipality", the_activity.municipality)) as say:
        offer = locked_offer(activity)
        found = Participation.objects.filter(activity_id=activity, school_id=school).first()
        if found is not None and _is_recorded_already(found, count):
            return found
        waiting = queue_of(activity)
        found = found or _new(the_activity, the_school)
        found.state = _step(found.state or None, "record", fits=room(offer).fits(count) and not waiting)
        found.pupils, found.origin, found.confirmed, found.reason = count, "municipality", False, ""
        found.asked_on = day
        found.position = len(waiting) + 1 if found.state == "waiting" else None
        _keep(found, actor, day)
        say_participation(say, found)
    return found


def decide(*, actor: Actor, participation: UUID, decision: str, reason: str | None = None) -> Participation:
    """The officer of the activity's municipality accepts, declines with a reason code, or makes a school wait.

    Accepting what no longer fits puts the school on the waiting list. The same decision twice changes nothing. Raises
    NotFound, Forbidden, Invalid (decision or reason) or Conflict.
    """
    before = _seen(actor, participation)
    if not decides_for(actor, before.municipality):
        raise Forbidden("Alleen de gemeente van de activiteit beslist hierover.")
    if decision not in ("accept", "decline", "wait"):
        raise problem("decision", "unknown-decision", "Kies accepteren, afwijzen of wachtlijst.")
    if decision == "decline" and reason not in DECLINE_REASONS:
        raise problem("reason", "reason-missing", "Kies een reden uit de lijst.")
    day = _business_day(before.municipality)
    with unit_of_work("matching", role=actor.role_for("municipality", before.municipality)) as say:
        offer = locked_offer(before.activity_id)
        found = Participation.objects.get(pk=participation)
        if _is_decided_already(found, decision, reason):
            return found
        was = found.state
        found.state = _step(was, decision, fits=room(offer).fits(found.pupils))
        if found.state == "waiting" == was:
            raise Conflict("Er is niet genoeg plek vrij. De school blijft op de wachtlijst.")
        found.reason = reason or "" if decision == "decline" else ""
        found.position = len(queue_of(found.activity_id)) + 1 if found.state == "waiting" else None
        _keep(found, actor, day)
        say_participation(say, found)
        if was == "waiting":
            say_participations(say, move_up(offer, at=recorded_now(), on=day, at_most=0))
            if offer.places is not None:
                say_participations(say, _moved(offer, day))
        found.refresh_from_db()
    return found


def confirm(*, actor: Actor, participation: UUID, pupils: int | None = None) -> Participation:
    """The school confirms what the municipality recorded, and gives or corrects the number of pupils.

    A number never takes more places than there are. Raises NotFound, Forbidden, Invalid or Conflict.
    """
    before = _own(actor, participation)
    count = before.pupils if pupils is None else _pupils(pupils)
    day = _business_day(before.municipality)
    with unit_of_work("matching", role=actor.role_for("school", str(before.school_id))) as say:
        offer = locked_offer(before.activity_id)
        found = Participation.objects.get(pk=participation)
        _step(found.state, "confirm")
        if found.confirmed and found.pupils == count:
            return found
        left = room(offer, without=found.pk)
        if count is not None and count > (found.pupils or 0) and not left.fits(count):
            raise Conflict(f"Er zijn {left.free} plekken. Geef een lager aantal op of vraag om meer plekken.")
        fewer = found.pupils is not None and count is not None and count < found.pupils
        found.pupils, found.confirmed = count, True
        _keep(found, actor, day)
        say_participation(say, found)
        if fewer and offer.places is not None:
            say_participations(say, _moved(offer, day))
    return found


def withdraw(*, actor: Actor, participation: UUID, reason: str | None = None) -> Participation:
    """The school stops, leaves the waiting list or takes its request back; a place that comes free moves the next up.

    Doing it twice changes nothing. Raises NotFound, Forbidden, Invalid (reason) or Conflict.
    """
    before = _own(actor, participation)
    if reason and reason not in WITHDRAW_REASONS:
        raise problem("reason", "unknown-reason", "Kies een reden uit de lijst.")
    day = _business_day(before.municipality)
    with unit_of_work("matching", role=actor.role_for("school", str(before.school_id))) as say:
        offer = locked_offer(before.activity_id)
        found = Participation.objects.get(pk=participation)
        if found.state == "withdrawn":
            return found
        was = found.state
        found.state = _step(was, "withdraw")
        found.reason, found.position = reason or "", None
        _keep(found, actor, day)
        say_participation(say, found)
        if was == "joined" or offer.places is not None:
            say_participations(say, _moved(offer, day))
        elif was == "waiting":
            say_participations(say, move_up(offer, at=recorded_now(), on=day, at_most=0))
    return found


def _moved(offer, day: date) -> list[Participation]:
    return move_up(offer, at=recorded_now(), on=day, at_most=1 if offer.places is None else None)


def _new(activity: Activity, school: School) -> Participation:
    return Participation(id=new_id(), activity=activity, school=school, municipality=activity.municipality, state="")


def _keep(found: Participation, actor: Actor, day: date) -> None:
    key = str(found.school_id)
    role = actor.role_for("school", key) if key in actor.keys("school") else ""
    role = role or actor.role_for("municipality", found.municipality)
    found.keep(at=recorded_now(), on=day, role=role, account=actor.account_id)


def _step(before: str | None, action: rules.Action, *, fits: bool = True) -> str:
    try:
        return rules.next_state(before, action, fits=fits)
    except rules.NoSuchStep:
        raise Conflict(_IMPOSSIBLE[action]) from None


def _is_same_request(found: Participation, pupils: int, note: str) -> bool:
    return found.state in ("requested", "waiting") and (found.pupils, found.note) == (pupils, note)


def _is_recorded_already(found: Participation, pupils: int | None) -> bool:
    waits = found.state == "waiting" and found.origin == "municipality"
    return (found.state == "joined" or waits) and found.pupils == pupils


def _is_decided_already(found: Participation, decision: str, reason: str | None) -> bool:
    if decision == "decline":
        return found.state == "declined" and found.reason == reason
    return found.state == {"accept": "joined", "wait": "waiting"}[decision]


def _business_day(municipality: str) -> date:
    zone = Municipality.objects.filter(code=municipality).values_list("zone", flat=True).first()
    return today(zone or NETHERLANDS)


def _must_be_open(activity: Activity, day: date) -> None:
    if not activity.is_open:
        word = status_in_sentence("withdrawn" if activity.withdrawn else activity.status)
        raise Conflict(f"Deze activiteit is {word}. Meedoen kan niet meer.")
    if activity.ends_on and activity.ends_on < day:
        raise Conflict("Deze activiteit is voorbij. Meedoen kan niet meer.")


def _pupils(number: object) -> int:
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise problem("pupils", "pupils-invalid", "Vul een heel aantal leerlingen in, 1 of meer.")
    if number > rules.MOST_PUPILS:
        raise problem("pupils", "pupils-too-many", "Dit aantal is te groot. Vul hoogstens 5.000 leerlingen in.")
    return number


def _note(text: object) -> str:
    if not isinstance(text, str):
        raise problem("note", "note-invalid", "Schrijf uw opmerking als tekst.")
    words = clean_text(text)
    if len(words) > rules.LONGEST_NOTE:
        raise problem("note", "note-too-long", "Uw opmerking is te lang. Gebruik hoogstens 500 tekens.")
    return words


def _school_of(actor: Actor, school_id: UUID) -> School:
    school = School.objects.filter(pk=school_id).first()
    if school is not None and acts_for_school(actor, school_id):
        return school
    if school is not None and works_for(actor, school.municipality):
        raise Forbidden("Alleen de school zelf kan dit vragen. U kunt een deelname wel vastleggen.")
    raise NotFound()


def _activity_to_decide(actor: Actor, activity_id: UUID) -> Activity:
    activity = Activity.objects.filter(pk=activity_id).exclude(status="").first()
    if activity is None or not works_for(actor, activity.municipality):
        raise NotFound()
    if not decides_for(actor, activity.municipality):
        raise Forbidden("Alleen een beleidsmedewerker kan dit doen.")
    return activity


def _seen(actor: Actor, participation_id: UUID) -> Participation:
    found = Participation.objects.select_related("school").filter(pk=participation_id).first()
    if found is None:
        raise NotFound()
    partners = PartnerRole.objects.filter(activity_id=found.activity_id, still_named=True).exclude(state="declined")
    inside = sees_participation(
        actor,
        municipality=found.municipality,
        school_id=found.school_id,
        school_municipality=found.school.municipality,
        partner_ids=list(partners.values_list("partner_id", flat=True)),
    )
    if not inside:
        raise NotFound()
    return found


def _own(actor: Actor, participation_id: UUID) -> Participation:
    found = _seen(actor, participation_id)
    if not acts_for_school(actor, found.school_id):
        raise Forbidden("Alleen de school zelf kan dit doen.")
    return found
