"""Sentences above and beside lists: what there is for a school, and the places as the municipality may know them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.domain.participations import Room
from matching.queries.suggestions import Suggestions


def summary(found: Suggestions, municipality: str) -> str:
    """What is open to a school in one or two sentences: how many there are, how many fit, how many it joins."""
    joined = sum(one.suggestion.fits for one in found.joined)
    fitting = sum(one.suggestion.fits for one in found.everything) - joined
    everything = len(found.everything)
    where = municipality
    if any(one.activity.municipality != found.school.municipality for one in found.everything):
        where = _("%(municipality)s en daarbuiten") % {"municipality": municipality}
    if not everything:
        return _("Er loopt nu geen activiteit in %(where)s.") % {"where": where}
    if everything == 1:
        sentences = [_("Er loopt nu 1 activiteit in %(where)s.") % {"where": where}]
        if fitting:
            sentences.append(_("Die past bij uw school."))
    else:
        words = {"all": everything, "where": where, "count": fitting}
        sentences = [
            ngettext(
                "Van de %(all)s lopende activiteiten in %(where)s past er %(count)s bij uw school.",
                "Van de %(all)s lopende activiteiten in %(where)s passen er %(count)s bij uw school.",
                fitting,
            )
            % words
            if fitting
            else _("Er lopen %(all)s activiteiten in %(where)s.") % words
        ]
    if found.joined:
        others = _("Aan %(count)s andere doet u al mee.") if fitting else _("Aan %(count)s doet u al mee.")
        sentences.append(others % {"count": len(found.joined)})
    return " ".join(sentences)


def room_in_words(room: Room) -> str:
    """The places that are taken: 46 van 60 bezet; geen maximum; and what is not known about them."""
    if room.places is None:
        words = _("geen maximum")
    else:
        words = _("%(taken)s van %(places)s bezet") % {"taken": room.taken, "places": room.places}
    if room.unknown and room.places is not None:
        words += ngettext(
            "; van %(count)s school is het aantal onbekend",
            "; van %(count)s scholen is het aantal onbekend",
            room.unknown,
        ) % {"count": room.unknown}
    return words


def warning_for(room: Room, pupils: int | None) -> str:
    """What stands in the way of accepting this number of pupils; empty when nothing does."""
    if room.fits(pupils):
        return ""
    if room.is_full:
        return _("Alle plekken zijn bezet. Bij accepteren komt de school op de wachtlijst.")
    return ngettext(
        "Er is nog %(free)s plek. Bij accepteren komt de school op de wachtlijst.",
        "Er zijn nog %(free)s plekken. Bij accepteren komt de school op de wachtlijst.",
        room.free or 0,
    ) % {"free": room.free}
