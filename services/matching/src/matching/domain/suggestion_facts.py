"""The three facts beside a suggestion: places, until when there is money, and what comes after."""

from dataclasses import dataclass
from datetime import date

from matching.domain.participations import FEWEST_SHOWN, Room, is_small

MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()  # noqa: SIM905
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A fact in a few words, with a small explanation; taken and total are numbers for a bar, None without one."""

    code: str
    value: str
    explanation: str = ""
    taken: int | None = None
    total: int | None = None


def dutch_day(day: date) -> str:
    """A date as written in a sentence: 31 juli 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def places_fact(room: Room, *, inside: bool = False) -> Fact:
    """The places left. Outside the own organisation a number that gives away 1 to 4 pupils is made vague."""
    if room.places is None:
        return Fact(code="no_limit", value="Geen maximum", explanation="de gemeente stelde geen grens")
    if room.is_full:
        return Fact(
            code="full", value="Vol", explanation="u komt op de wachtlijst", taken=room.places, total=room.places
        )
    if room.unknown and not room.taken:
        who = "1 school" if room.unknown == 1 else f"{room.unknown} scholen"
        return Fact(
            code="unknown",
            value="Onbekend",
            explanation=f"{room.places} plekken; van {who} is het aantal leerlingen onbekend",
        )
    hidden = is_small(room.taken) and not inside
    taken = FEWEST_SHOWN - 1 if hidden else room.taken
    free = max(room.places - taken, 0)
    value = f"{free} van {room.places}"
    explanation = ""
    if hidden:
        value = f"{free} of meer van {room.places}" if free else f"Enkele van {room.places}"
    elif room.unknown:
        value = f"Hoogstens {value}"
    if room.unknown:
        who = "1 school" if room.unknown == 1 else f"{room.unknown} scholen"
        explanation = f"van {who} is het aantal leerlingen onbekend"
    return Fact(code="free", value=value, explanation=explanation, taken=taken, total=room.places)


def money_fact(ends_on: date | None) -> Fact:
    """The last day for which there is money."""
    if ends_on is None:
        return Fact(code="unknown", value="Onbekend", explanation="niet vastgelegd")
    return Fact(code="until", value=dutch_day(ends_on))


def continuation_fact(continuation: str | None, ends_on: date | None) -> Fact:
    """What is certain about the time after the money ends."""
    if continuation == "yes_certain":
        return Fact(code="yes_certain", value="Gaat door", explanation="daarover is besloten")
    if continuation == "uncertain":
        return Fact(code="uncertain", value="Onzeker", explanation="geen besluit bekend")
    if continuation == "no":
        stops = f"stopt op {dutch_day(ends_on)}" if ends_on else "stopt"
        return Fact(code="no", value="Gaat niet door", explanation=stops)
    return Fact(code="unknown", value="Onbekend", explanation="niet vastgelegd")
