"""Every ledger line and every act as a Dutch sentence: when, who, from where to where, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coordination.contracts.money import amount_in_sentence
from intake.domain.dates import in_words

FUNCTIONS = {
    "policy_officer": "een beleidsmedewerker",
    "budget_holder": "een budgethouder",
    "administrator": "de functioneel beheerder",
}
NOWHERE = "nog niet verdeeld"


@dataclass(frozen=True, kw_only=True)
class ActTold:
    """What a sentence says of an act: the business date, the real moment, who (already name or function), and why."""

    kind: str
    acted_on: date
    recorded_at: datetime
    zone: str
    who: str
    reason: str = ""
    sheet_row: int | None = None
    from_sheet: bool = False
    here: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, kw_only=True)
class LineTold:
    """What a sentence says of a line; source is the Dutch label of where the money comes from."""

    kind: str
    school_year: str | None
    amount_cents: int
    source: str = ""
    dated_on: date | None = None
    reference_date: date | None = None
    forgets: bool = False
    mine: bool = True


@dataclass(frozen=True, kw_only=True)
class Told:
    """A line of which the other lines of its act are known."""

    line: LineTold
    act: ActTold
    others: Sequence[LineTold] = field(default_factory=tuple)


def who_did_it(name: str, role: str, *, by_name: bool) -> str:
    """A person by name inside their own organisation, by function outside it."""
    return name if by_name and name else FUNCTIONS.get(role, "iemand van de gemeente")


def moment(act: ActTold) -> str:
    """When it was done: Op 14 januari 2025 om 20.43 uur, in the time of the municipality."""
    at = act.recorded_at.astimezone(ZoneInfo(act.zone))
    return f"Op {in_words(act.acted_on)} om {at:%H.%M} uur"


def beside_its_date(sentence: str, act: ActTold) -> str:
    """A sentence as it reads beside its date: without the moment, and beginning with who did it."""
    verb, _, rest = sentence.removeprefix(f"{moment(act)} ").partition(f" {act.who} ")
    return f"{act.who[:1].upper()}{act.who[1:]} {verb} {rest}" if rest else sentence


def why(act: ActTold) -> str:
    """The reason as a sentence of its own with a space before it, or nothing."""
    return f" Reden: {_lowered(act.reason)}." if act.reason else ""


def line_in_words(told: Told) -> str:
    """The sentence of one ledger line."""
    return f"{moment(told.act)} {_WRITERS.get(told.act.kind, _entered)(told)}{why(told.act)}"


def _registered(told: Told) -> str:
    line, act = told.line, told.act
    if line.kind == "spent_until":
        spent = f"dat er tot en met {_day(line.reference_date)} {_amount(line)} is besteed"
        return f"las {act.who} {spent}, {_sheet(act)}." if act.from_sheet else f"vulde {act.who} in {spent}."
    if act.from_sheet:
        return f"las {act.who} dit bedrag in {_sheet(act)}."
    if line.school_year is None:
        return f"registreerde {act.who} deze activiteit: {_amount(line)}, {NOWHERE} over de schooljaren."
    return f"registreerde {act.who} deze activiteit met {_amount(line)} in {line.school_year}."


def _sheet(act: ActTold) -> str:
    return f"uit het overzicht, rij {act.sheet_row}" if act.sheet_row else "uit een overzicht"


def _phased(told: Told) -> str:
    line, who = told.line, told.act.who
    if line.forgets:
        return f"maakte {who} het bedrag van {line.school_year} weer onbekend. Er stond {_positive(line)}."
    pair = _other_side(told)
    if pair is not None:
        return _shifted(*((line, pair) if line.amount_cents < 0 else (pair, line)), who)
    givers = [one.school_year for one in told.others if one.amount_cents < 0]
    if line.amount_cents > 0 and givers == [None]:
        return f"verdeelde {who} {_positive(line)} naar {line.school_year}."
    return _one_sided(line, who)


def _shifted(giver: LineTold, taker: LineTold, who: str) -> str:
    amount = _positive(giver)
    if giver.school_year is None:
        return f"verdeelde {who} {amount} naar {taker.school_year}."
    if taker.school_year is None:
        return f"haalde {who} {amount} uit {giver.school_year}. Dat is {NOWHERE}."
    return f"verschoof {who} {amount} van {giver.school_year} naar {taker.school_year}."


def _one_sided(line: LineTold, who: str) -> str:
    if line.school_year is None:
        if line.amount_cents < 0:
            return f"verdeelde {who} {_positive(line)} over de schooljaren."
        return f"haalde {who} {_positive(line)} uit de schooljaren. Dat is {NOWHERE}."
    if line.amount_cents == 0:
        return f"vulde {who} in dat er in {line.school_year} niets gepland is."
    word = "verhoogde" if line.amount_cents > 0 else "verlaagde"
    return f"{word} {who} {line.school_year} met {_positive(line)}."


def _other_side(told: Told) -> LineTold | None:
    if len(told.others) == 1 and told.others[0].amount_cents == -told.line.amount_cents != 0:
        return told.others[0]
    return None


def _entered(told: Told) -> str:
    line, who = told.line, told.act.who
    source = f" Potje: {line.source}." if line.source else ""
    if line.kind == "spent_until":
        return _until(told)
    day = _day(line.dated_on)
    if line.kind == "commitment":
        return f"legde {who} een verplichting vast van {_amount(line)} op {day}, schooljaar {line.school_year}.{source}"
    what = "een correctie" if line.kind == "correction" else "een besteding"
    return f"boekte {who} {what} van {_amount(line)} op {day}, schooljaar {line.school_year}.{source}"


def _until(told: Told) -> str:
    line, who = told.line, told.act.who
    day = _day(line.reference_date)
    if line.amount_cents == 0:
        return f"zette {who} de peildatum op {day}. Het bedrag bleef gelijk."
    more = "meer" if line.amount_cents > 0 else "minder"
    return f"vulde {who} in dat er tot en met {day} {_positive(line)} {more} is besteed dan hier stond."


def _divided(told: Told) -> str:
    line, who = told.line, told.act.who
    if line.kind != "spent_until":
        day = _day(line.dated_on)
        until = next((_day(one.reference_date) for one in told.others if one.reference_date), "de peildatum")
        return (
            f"boekte {who} {_amount(line)} op {day}, schooljaar {line.school_year}. "
            f"Dat hoorde al bij het bedrag tot en met {until}."
        )
    day = _day(line.reference_date)
    year = line.school_year or _year_of_pair(told)
    if (line.school_year is None and line.amount_cents > 0) or (line.school_year is not None and line.amount_cents < 0):
        return f"haalde {who} {_positive(line)} terug uit {year}. Dat is weer {NOWHERE}."
    return f"verdeelde {who} {_positive(line)} van het bedrag tot en met {day} naar {year}."


def _year_of_pair(told: Told) -> str:
    years = [one.school_year for one in told.others if one.amount_cents == -told.line.amount_cents and one.school_year]
    return years[0] if years else "de schooljaren"


def _transferred(told: Told) -> str:
    line, act = told.line, told.act
    other = next((one for one in told.others if not one.mine), None)
    here = f"{act.here} ({line.school_year or NOWHERE})"
    there = f"{act.elsewhere} ({(other.school_year if other else None) or NOWHERE})"
    giver, taker = (here, there) if line.amount_cents < 0 else (there, here)
    return f"hevelde {act.who} {_positive(line)} over van {giver} naar {taker}."


def _changed(told: Told) -> str:
    line, who = told.line, told.act.who
    word = "verhoogde" if line.amount_cents > 0 else "verlaagde"
    return f"{word} {who} het totaal met {_positive(line)}. Dat is {NOWHERE} over de schooljaren."


def _withdrawn(told: Told) -> str:
    return f"trok {told.act.who} deze activiteit in. {_positive(told.line)} is teruggeboekt."


_WRITERS = {
    "register": _registered,
    "phase": _phased,
    "rephase": _phased,
    "entry": _entered,
    "spent_until": _until,
    "divide": _divided,
    "transfer": _transferred,
    "change": _changed,
    "withdraw": _withdrawn,
}


def _amount(line: LineTold) -> str:
    return amount_in_sentence(line.amount_cents)


def _positive(line: LineTold) -> str:
    return amount_in_sentence(abs(line.amount_cents))


def _day(day: date | None) -> str:
    return in_words(day) if day else "een onbekende datum"


def _lowered(text: str) -> str:
    first, *_ = text.split(" ", 1)
    text = text.rstrip(".")
    return text if first.isupper() else text[:1].lower() + text[1:]


FIELDS_IN_WORDS: Mapping[str, str] = {
    "title": "de titel",
    "number": "het nummer",
    "measure_type": "de soort maatregel",
    "starts_on": "de startdatum",
    "ends_on": "de einddatum",
    "total_cents": "het totaal",
    "owner": "de eigenaar",
    "goal": "het doel",
    "interventions": "de interventies",
    "sectors": "de sectoren",
    "target_groups": "de doelgroepen",
    "school_types": "de schooltypen",
    "schools": "de scholen",
    "partners": "de partners",
    "continuation": "de voortzetting",
    "note": "de toelichting",
}


def act_in_words(act: ActTold, *, amount_cents: int | None = None, fields: Sequence[str] = (), status: str = "") -> str:
    """The sentence of an act as a whole, for the history of an activity; fields are those that changed."""
    amount = amount_in_sentence(amount_cents)
    changed = _in_a_row([FIELDS_IN_WORDS.get(name, name) for name in fields])
    says = {
        "register": f"las {act.who} deze activiteit in {_sheet(act)}."
        if act.from_sheet
        else f"registreerde {act.who} deze activiteit.",
        "change": f"wijzigde {act.who} {changed or 'de beschrijving'}.",
        "phase": f"verdeelde {act.who} het budget over de schooljaren.",
        "rephase": f"wijzigde {act.who} de fasering.",
        "divide": f"verdeelde {act.who} {amount} over de schooljaren.",
        "report": f"meldde {act.who} de voortgang." + (f" Status: {status.lower()}." if status else ""),
        "transfer": f"hevelde {act.who} {amount} over van {act.here} naar {act.elsewhere}.",
        "withdraw": f"trok {act.who} deze activiteit in.",
    }
    return f"{moment(act)} {says.get(act.kind, f'boekte {act.who} {amount}.')}{why(act)}"


def _in_a_row(words: Sequence[str]) -> str:
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
