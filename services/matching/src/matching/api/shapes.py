"""How the rows of matching look outside: lower camelCase, ids as text, times in UTC, unknown as null."""

from datetime import UTC
from typing import Any

from coordination.identity.actor import Actor
from matching.models import Offer, Participation, Partner, PartnerRole, School
from matching.queries.participations import hides_pupils
from matching.queries.suggestions import SuggestedActivity


def school_shape(school: School) -> dict[str, Any]:
    """A school location of the register."""
    return {
        "id": str(school.id),
        "brin": school.brin,
        "locationCode": school.location_code,
        "name": school.name,
        "schoolTypes": school.school_types,
        "municipality": school.municipality,
        "board": school.board.name if school.board else None,
        "validFrom": school.valid_from,
        "validTo": school.valid_to,
    }


def partner_shape(partner: Partner) -> dict[str, Any]:
    """A partner of the register."""
    return {
        "id": str(partner.id),
        "name": partner.name,
        "partnerType": partner.partner_type or None,
        "municipalities": partner.municipalities,
        "aliases": partner.aliases,
    }


def participation_shape(participation: Participation, actor: Actor) -> dict[str, Any]:
    """A participation; a count of 1 to 4 pupils is null and pupilsHidden for who is outside."""
    hidden = hides_pupils(actor, participation)
    return {
        "id": str(participation.id),
        "activity": str(participation.activity_id),
        "activityNumber": participation.activity.number,
        "activityTitle": participation.activity.title,
        "school": str(participation.school_id),
        "schoolName": participation.school.name,
        "municipality": participation.municipality,
        "state": participation.state,
        "origin": participation.origin,
        "confirmed": participation.confirmed,
        "pupils": None if hidden else participation.pupils,
        "pupilsHidden": hidden,
        "reason": participation.reason or None,
        "position": participation.position,
        "version": participation.version,
        "changedAt": participation.changed_at.astimezone(UTC),
    }


def role_shape(role: PartnerRole) -> dict[str, Any]:
    """The role of a partner in an activity."""
    return {
        "id": str(role.id),
        "activity": str(role.activity_id),
        "activityNumber": role.activity.number,
        "activityTitle": role.activity.title,
        "partner": str(role.partner_id),
        "partnerName": role.partner.name,
        "municipality": role.municipality,
        "state": role.state,
        "reason": role.reason or None,
        "version": role.version,
        "changedAt": role.changed_at.astimezone(UTC),
    }


def offer_shape(offer: Offer) -> dict[str, Any]:
    """The places of an activity; null is no limit."""
    return {"activity": str(offer.activity_id), "places": offer.places, "version": offer.version}


def suggestion_shape(one: SuggestedActivity) -> dict[str, Any]:
    """An activity judged for a school: sentences with a sign, facts in words, and no score."""
    found, own = one.suggestion, one.participation
    facts = {
        name: {"code": fact.code, "value": fact.value, "explanation": fact.explanation}
        for name, fact in (
            ("places", found.places),
            ("moneyUntil", found.money_until),
            ("afterwards", found.afterwards),
        )
    }
    return {
        "activity": str(one.activity.id),
        "number": one.activity.number,
        "title": one.activity.title,
        "municipality": one.activity.municipality,
        "status": one.activity.status,
        "endsOn": one.activity.ends_on,
        "continuation": one.activity.continuation or None,
        "fits": found.fits,
        "matchedNeeds": list(found.matched_needs),
        "reasons": [{"about": it.about, "sign": it.sign, "sentence": it.sentence} for it in found.reasons],
        **facts,
        "isFull": found.is_full,
        "participation": None
        if own is None
        else {"id": str(own.id), "state": own.state, "position": own.position, "pupils": own.pupils},
    }
