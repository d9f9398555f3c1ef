"""What fits a school and why, in sentences; what nobody recorded is said as not known and never counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from matching.domain.participations import Room
from matching.domain.school_types import in_a_row, sectors_in_sentence, sectors_of, types_in_sentence
from matching.domain.suggestion_facts import Fact, continuation_fact, dutch_day, money_fact, places_fact

Sign = Literal["fits", "attention", "unknown"]
ALL_PUPILS = "all_pupils"
_ORDER_OF_SIGNS: tuple[Sign, ...] = ("fits", "unknown", "attention")


@dataclass(frozen=True, kw_only=True)
class SchoolSide:
    """What is known of a school: its types, the target groups it ticked (None: it never said), and its partners.

    partners maps the id of a partner that works at the school to the activity in which it does.
    """

    school_types: tuple[str, ...]
    needs: frozenset[str] | None = None
    needs_stated_on: date | None = None
    partners: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ActivitySide:
    """What is known of an activity; an empty tuple or None is: nobody recorded it."""

    activity_id: str
    number: str
    status: str
    status_reason: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    sectors: tuple[str, ...] = ()
    school_types: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    partners: Mapping[str, str] = field(default_factory=dict)
    continuation: str | None = None
    room: Room = field(default_factory=lambda: Room(places=None))
    schools_waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason: its kind, its sign, and the Dutch sentence."""

    about: str
    sign: Sign
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An activity for a school: whether it fits, why, and the three facts. There is no score to show.

    matched_needs are the target groups that the school ticked and the activity is for.
    """

    activity_id: str
    number: str
    fits: bool
    matched_needs: tuple[str, ...]
    known_partner: bool
    reasons: tuple[Reason, ...]
    places: Fact
    money_until: Fact
    afterwards: Fact
    is_full: bool


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Words for slugs of the catalogues, as intake says them; a slug without label is shown as it is."""

    target_groups: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def group(self, slug: str) -> str:
        """A target group as words inside a sentence."""
        return lowered(self.target_groups.get(slug, slug))

    def reason(self, slug: str) -> str:
        """A reason as words inside a sentence."""
        return lowered(self.reasons.get(slug, slug)).rstrip(".")


def lowered(label: str) -> str:
    """A label for inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def suggest(school: SchoolSide, activity: ActivitySide, *, today: date, labels: Labels) -> Suggestion:
    """Judge one activity for one school. Only sector and school type decide whether it fits; the rest explains."""
    fits, reasons = _about_school(school, activity, labels)
    matched = tuple(slug for slug in activity.target_groups if school.needs and slug in school.needs)
    reasons += _about_needs(school, activity, matched, labels)
    known = [partner for partner in activity.partners if partner in school.partners]
    if known:
        reasons.append(
            Reason(
                about="partner",
                sign="fits",
                sentence=f"Dezelfde partner werkt al op uw school: {school.partners[known[0]]}.",
            )
        )
    reasons += _about_room(activity) + _about_course(activity, today, labels)
    return Suggestion(
        activity_id=activity.activity_id,
        number=activity.number,
        fits=fits,
        matched_needs=matched,
        known_partner=bool(known),
        reasons=(reasons[0], *sorted(reasons[1:], key=lambda one: _ORDER_OF_SIGNS.index(one.sign))),
        places=places_fact(activity.room),
        money_until=money_fact(activity.ends_on),
        afterwards=continuation_fact(activity.continuation, activity.ends_on),
        is_full=activity.room.is_full or activity.schools_waiting > 0,
    )


def in_order(suggestions: list[Suggestion]) -> list[Suggestion]:
    """Suggestions as shown: needs the school named first, then a partner it knows, then by number."""
    return sorted(suggestions, key=lambda one: (not one.matched_needs, not one.known_partner, one.number))


def _for_whom(activity: ActivitySide, labels: Labels) -> str:
    groups = [labels.group(slug) for slug in activity.target_groups if slug != ALL_PUPILS]
    if ALL_PUPILS in activity.target_groups:
        return "alle leerlingen"
    return in_a_row(groups)


def _about_school(school: SchoolSide, activity: ActivitySide, labels: Labels) -> tuple[bool, list[Reason]]:
    own_sectors = sectors_of(school.school_types)
    shared = own_sectors & set(activity.sectors)
    same_types = set(school.school_types) & set(activity.school_types)
    own = types_in_sentence(school.school_types)
    if not activity.sectors and not activity.school_types:
        sentence = "Voor welke scholen dit is, is niet vastgelegd."
        return True, [Reason(about="sector", sign="unknown", sentence=sentence)]
    if activity.sectors and not shared and not same_types:
        sentence = f"Dit is voor {sectors_in_sentence(activity.sectors)}. Uw school geeft {own}."
        return False, [Reason(about="sector", sign="attention", sentence=sentence)]
    special_primary = "sbo" in school.school_types and "po" in shared and "basisschool" in activity.school_types
    if activity.school_types and not same_types and not special_primary:
        named = types_in_sentence(activity.school_types)
        sentence = f"Genoemd zijn {named}. Uw school geeft {own}."
        return False, [Reason(about="school_type", sign="attention", sentence=sentence)]
    return True, _fitting(activity, shared, same_types, labels)


def _fitting(activity: ActivitySide, shared: frozenset[str], same_types: set[str], labels: Labels) -> list[Reason]:
    where = sectors_in_sentence(shared) if shared else types_in_sentence(sorted(same_types))
    whom = _for_whom(activity, labels)
    sentence = f"Voor {where}"
    if not same_types and activity.school_types:
        sentence += "; uw sbo telt daarin mee."
    elif whom:
        sentence += f"; voor {whom}."
    else:
        sentence += "."
    reasons = [Reason(about="sector", sign="fits", sentence=sentence)]
    if not activity.school_types:
        sentence = "Voor welke schooltypen dit is, is niet vastgelegd."
        reasons.append(Reason(about="school_type", sign="unknown", sentence=sentence))
    return reasons


def _about_needs(school: SchoolSide, activity: ActivitySide, matched: tuple[str, ...], labels: Labels) -> list[Reason]:
    if not activity.target_groups:
        sentence = "Voor welke leerlingen dit is, is niet vastgelegd."
        return [Reason(about="target_group", sign="unknown", sentence=sentence)]
    if matched:
        groups = in_a_row([labels.group(slug) for slug in matched])
        when = f" op {dutch_day(school.needs_stated_on)}" if school.needs_stated_on else ""
        sentence = f"Voor {groups}. U noemde dat als behoefte{when}."
        return [Reason(about="target_group", sign="fits", sentence=sentence)]
    if ALL_PUPILS in activity.target_groups and school.needs:
        return []
    if school.needs is None or not school.needs:
        sentence = "U noemde hierover nog geen behoefte."
    else:
        sentence = f"Voor {_for_whom(activity, labels)}. Daarover noemde u geen behoefte."
    return [Reason(about="target_group", sign="unknown", sentence=sentence)]


def _about_room(activity: ActivitySide) -> list[Reason]:
    if not activity.room.is_full and not activity.schools_waiting:
        return []
    first = "Alle plekken zijn bezet." if activity.room.is_full else "Er is een wachtlijst."
    if activity.schools_waiting == 0:
        second = "Er wacht nog geen andere school."
    elif activity.schools_waiting == 1:
        second = "Eén school wacht vóór u."
    else:
        second = f"{activity.schools_waiting} scholen wachten vóór u."
    return [Reason(about="places", sign="attention", sentence=f"{first} {second}")]


def _about_course(activity: ActivitySide, today: date, labels: Labels) -> list[Reason]:
    reasons = []
    if activity.status == "delayed":
        why = labels.reason(activity.status_reason) if activity.status_reason else ""
        sentence = f"De activiteit is vertraagd: {why}." if why else "De activiteit is vertraagd. De reden is onbekend."
        reasons.append(Reason(about="status", sign="attention", sentence=sentence))
    if activity.starts_on and activity.starts_on > today:
        sentence = f"De activiteit begint op {dutch_day(activity.starts_on)}."
        reasons.append(Reason(about="starts_on", sign="attention", sentence=sentence))
    return reasons
