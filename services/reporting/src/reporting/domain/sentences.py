"""What changed, as Dutch sentences: what happened to how much, for which reason, and in which role."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from coordination.contracts.money import amount_in_sentence
from reporting.domain.facts import ChangeFact, Facts

Lines = Sequence[dict[str, Any]]

ROLES = {
    "policy_officer": "Beleidsmedewerker",
    "budget_holder": "Budgethouder",
    "school_coordinator": "Coördinator van de school",
    "partner": "Partner",
    "council_member": "Raadslid",
    "administrator": "Functioneel beheerder",
}
KINDS_IN_WORDS = {"spending": "besteed", "correction": "gecorrigeerd", "commitment": "vastgelegd"}
SOME_ACTIVITY = "een activiteit"
NOT_DIVIDED = "nog niet verdeeld"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A change to read: lead is what stands out, rest completes it, notes are its reason and the role that acted."""

    change: ChangeFact
    lead: str
    rest: str
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.lead} {self.rest}".strip()


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names a sentence needs, by id, and the labels of the catalogues."""

    activities: dict[str, str] = field(default_factory=dict)
    schools: dict[str, str] = field(default_factory=dict)
    partners: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    municipality: str = ""

    def activity(self, activity_id: UUID | str | None) -> str:
        """The title of an activity; one that was withdrawn has none any more."""
        return self.activities.get(str(activity_id), SOME_ACTIVITY)

    def word(self, catalogue: str, slug: str) -> str:
        """The label of a slug in lower case, for inside a sentence."""
        label = self.words.get(catalogue, {}).get(slug, slug.replace("_", " "))
        return label[:1].lower() + label[1:] if label[1:2].islower() else label


def names_of(facts: Facts) -> Names:
    """The names that stand in the facts."""
    return Names(
        activities={str(one.id): one.title for one in facts.activities},
        schools={str(one.id): one.name for one in facts.schools},
        partners={str(other): one.name for one in facts.partners for other in (one.id, *one.other_ids)},
        words=facts.words,
        municipality=facts.name,
    )


def sentence_of(change: ChangeFact, names: Names) -> Sentence:
    """A change in words; one of a kind not known here is said in general."""
    lead, rest = _said(change, names)
    notes = [f"Reden: {names.word('reason', change.reason)}"] if change.reason else []
    if change.kind == "booked" and (source := _source(change, names)):
        notes.append(f"Bron: {source}")
    if change.role in ROLES:
        notes.append(ROLES[change.role])
    return Sentence(change=change, lead=lead, rest=rest, notes=tuple(notes))


def _said(change: ChangeFact, names: Names) -> tuple[str, str]:
    title, facts = names.activity(change.activity_id), change.facts
    if change.kind in ABOUT_LINES:
        return ABOUT_LINES[change.kind](facts.get("lines", []), title, facts)
    if change.kind == "transferred":
        return _transferred(facts.get("lines", []), names)
    if change.kind in ABOUT_OTHERS:
        catalogue, field_name, unknown, does = ABOUT_OTHERS[change.kind]
        known = names.schools if catalogue == "school" else names.partners
        return known.get(str(facts.get(field_name)), unknown), f"{does} {title}."
    return _in_general(change.kind, facts, title, names)


def _in_general(kind: str, facts: dict[str, Any], title: str, names: Names) -> tuple[str, str]:
    amount = amount_in_sentence(facts.get("cents"))
    said = {
        "status": (f"Status is nu {names.word('status', facts.get('status') or '')}", f"bij {title}."),
        "reported": ("Nieuw bericht", f"over {title}."),
        "registered": (f"{amount} toegewezen", f"aan een nieuwe activiteit: {title}."),
        "withdrawn": ("Ingetrokken:", f"{title}."),
        "allocated": (f"{amount} toegekend", f"aan {names.municipality}."),
    }
    return said.get(kind, ("Gewijzigd:", f"{title}."))


def _booked(lines: Lines, title: str, _facts: dict[str, Any]) -> tuple[str, str]:
    total = sum(line["cents"] for line in lines)
    kinds = {line["kind"] for line in lines}
    if kinds == {"spent_until"}:
        return f"{amount_in_sentence(total)} meer besteed tot een peildatum", f"bij {title}."
    kind = next((one for one in ("commitment", "correction") if one in kinds), "spending")
    if kind == "spending":
        total = sum(line["cents"] for line in lines if line["kind"] == "spending")
    return f"{amount_in_sentence(total)} {KINDS_IN_WORDS[kind]}", f"bij {title}."


def _phased(lines: Lines, title: str, facts: dict[str, Any]) -> tuple[str, str]:
    less = [line for line in lines if line["cents"] < 0]
    more = [line for line in lines if line["cents"] > 0]
    moved = amount_in_sentence(sum(line["cents"] for line in more))
    concept = "" if facts.get("state") == "final" else " Dit is een concept."
    if not less or sum(line["cents"] for line in lines):
        return "Over de schooljaren verdeeld:", f"{title}.{concept}"
    if {line["school_year"] for line in less} == {None}:
        return f"{moved} verdeeld", f"over {_years(more)} bij {title}. Totaal blijft gelijk.{concept}"
    return f"{moved} verschoven", f"van {_years(less)} naar {_years(more)} bij {title}. Totaal blijft gelijk.{concept}"


def _divided(lines: Lines, title: str, _facts: dict[str, Any]) -> tuple[str, str]:
    years = [line for line in lines if line["school_year"]]
    moved = amount_in_sentence(sum(line["cents"] for line in years))
    return f"{moved} besteed geld verdeeld", f"over {_years(years)} bij {title}. Totaal blijft gelijk."


def _transferred(lines: Lines, names: Names) -> tuple[str, str]:
    giver = next((line for line in lines if line["cents"] < 0), None)
    taker = next((line for line in lines if line["cents"] > 0), None)
    if giver is None or taker is None:
        return "Overgeheveld", "tussen twee activiteiten."
    parts = f"van {names.activity(giver['activity'])} naar {names.activity(taker['activity'])}."
    amount = amount_in_sentence(taker["cents"])
    return f"{amount} overgeheveld", f"{parts} Totaal van {names.municipality} blijft gelijk."


def _changed(_lines: Lines, title: str, facts: dict[str, Any]) -> tuple[str, str]:
    difference = facts.get("cents") or 0
    if not difference:
        return "Omschrijving gewijzigd", f"van {title}."
    more = "meer" if difference > 0 else "minder"
    return f"{amount_in_sentence(abs(difference))} {more} begroot", f"voor {title}."


def _years(lines: Lines) -> str:
    found = list(dict.fromkeys(line["school_year"] or NOT_DIVIDED for line in lines))
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} en {found[-1]}" if found else NOT_DIVIDED


def _source(change: ChangeFact, names: Names) -> str:
    found = {line.get("source", "") for line in change.facts.get("lines", [])} - {"", None}
    return ", ".join(sorted(names.words.get("funding_source", {}).get(slug, slug) for slug in found))


ABOUT_LINES = {"booked": _booked, "phased": _phased, "divided": _divided, "changed": _changed}
ABOUT_OTHERS = {
    "school-joined": ("school", "school", "Een school", "doet mee aan"),
    "school-withdrawn": ("school", "school", "Een school", "doet niet meer mee aan"),
    "partner-confirmed": ("partner", "partner", "Een partner", "bevestigt de eigen rol bij"),
    "partner-declined": ("partner", "partner", "Een partner", "doet niet mee aan"),
}
