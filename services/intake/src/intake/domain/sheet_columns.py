"""Recognises the columns of a sheet by their headings, however they are spaced, dashed or decorated."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from intake.domain.sheet_findings import LABELS, YEAR_FIELD, Finding, Findings

_ALIASES = {
    "number": ("nummer", "nr", "activiteitnr", "activiteit nummer", "activiteitsnummer", "projectnummer", "kenmerk"),
    "municipalityName": ("gemeentenaam", "naam gemeente"),
    "municipality": ("gemeente code", "cbs-code", "cbs code", "code gemeente", "gm-code"),
    "title": ("titel", "activiteit", "naam activiteit", "projectnaam", "omschrijving activiteit"),
    "measureType": ("maatregel", "maatregeltype", "type maatregel", "soort"),
    "interventions": ("interventie", "interventies", "menukaart", "interventies menukaart"),
    "sectors": ("sectoren", "sector", "onderwijssector"),
    "targetGroups": ("doelgroep",),
    "partners": ("partner", "uitvoerder", "uitvoerders", "samenwerkingspartners"),
    "schoolTypes": ("schooltype", "schoolsoorten"),
    "schools": ("brin", "brinnummer", "brinnummers", "brin-nummer", "brin nummers", "brin-nrs", "scholen (brin)"),
    "startsOn": ("begindatum", "start", "datum start", "startdatum activiteit"),
    "endsOn": ("eind", "datum einde", "einddatum activiteit"),
    "totalCents": ("totaal", "totaalbudget", "budget totaal", "totale budget", "budget"),
    "spentUntilCents": ("besteed", "besteed tot en met peildatum", "besteed tot peildatum", "uitgegeven"),
    "referenceDate": ("datum besteed", "stand per"),
    "goal": ("doelstelling",),
    "indicatorName": ("naam indicator",),
    "indicatorTarget": ("doelwaarde", "streefcijfer"),
    "indicatorValue": ("stand", "huidige stand", "laatste waarde"),
    "status": ("stand van zaken",),
    "continuation": ("voortzetting", "voortzetting na 2025", "vervolg na juli 2025"),
    "note": ("opmerking", "opmerkingen", "toelichtingen"),
}
_EXPECTED = {label: name for name, label in LABELS.items() if name not in ("row", "file")}
_YEAR = re.compile(r"(?:budget|begroot|begroting|schooljaar|bedrag)?\s*'?(\d{4}|\d{2})\s*[-/]\s*'?(\d{4}|\d{2})")
_REQUIRED: tuple[tuple[str, ...], ...] = (
    ("number",),
    ("municipality", "municipalityName"),
    ("title",),
    ("measureType",),
    ("startsOn",),
    ("endsOn",),
    ("totalCents", YEAR_FIELD),
    ("status",),
)


def _key(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).casefold()
    text = re.sub(r"[‐‑‒–—―−]", "-", text)
    text = re.sub(r"\(\s*(?:in\s+)?(?:€|euro'?s?|eur)\s*\)|(?:\bin\s+euro'?s?\b)|€", " ", text)
    text = re.sub(r"(?<=\d)\s*-\s*(?=\d)", "-", text)
    return " ".join(text.split()).strip(" :*.")


_BY_KEY = {_key(label): name for label, name in _EXPECTED.items()}
_BY_ALIAS = {_key(alias): name for name, aliases in _ALIASES.items() for alias in aliases}


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which field each column holds (None: not known), and what is to be said about the headings."""

    fields: tuple[str | None, ...]
    years: tuple[str, ...]
    outside: frozenset[str]
    unknown: tuple[str, ...]
    findings: tuple[Finding, ...]

    def index_of(self, name: str) -> int | None:
        """The place of a field, counted from 0, or None when the sheet has no such column."""
        return self.fields.index(name) if name in self.fields else None


def field_of(heading: str) -> str | None:
    """The field a heading names, for any school year; None when it is not known."""
    key = _key(heading)
    if name := _BY_KEY.get(key) or _BY_ALIAS.get(key):
        return name
    if (found := _YEAR.fullmatch(key)) and (year := _school_year(found[1], found[2])):
        return YEAR_FIELD + year
    return None


def recognised(headings: Sequence[str]) -> int:
    """How many of the headings name a field."""
    return len({name for heading in headings if (name := field_of(heading))})


def missing(headings: Sequence[str]) -> list[str]:
    """The headings a sheet must have and this one has not, as they are expected."""
    there = {name for heading in headings if (name := field_of(heading))}
    if any(name.startswith(YEAR_FIELD) for name in there):
        there.add(YEAR_FIELD)
    labels = {**LABELS, YEAR_FIELD: ""}
    return [labels[choices[0]] for choices in _REQUIRED if not there.intersection(choices)]


def columns_of(headings: Sequence[str], school_years: Collection[str]) -> Columns:
    """Match headings to fields; a year outside the programme's school years is a column that is not used."""
    fields: list[str | None] = []
    outside, unknown = set(), []
    said = Findings()
    for heading in headings:
        name = field_of(heading)
        if name in fields:
            name = None
        fields.append(name)
        if not heading.strip():
            continue
        if name is None or (name.startswith(YEAR_FIELD) and name.removeprefix(YEAR_FIELD) not in school_years):
            shown = " ".join(heading.split())
            unknown.append(shown)
            said.add("unknown-column", "file", shown)
            if name:
                outside.add(name)
            continue
        if _key(heading) in _BY_ALIAS:
            said.add("header-alias", name, heading)
        elif heading != _expected_heading(name):
            said.add("header-normalised", name, heading)
    years = tuple(
        name.removeprefix(YEAR_FIELD) for name in fields if name and name.startswith(YEAR_FIELD) and name not in outside
    )
    return Columns(
        fields=tuple(fields), years=years, outside=frozenset(outside), unknown=tuple(unknown), findings=said.all()
    )


def _expected_heading(name: str) -> str:
    return LABELS.get(name) or f"Budget {name.removeprefix(YEAR_FIELD)}"


def _school_year(first: str, second: str) -> str | None:
    start = int(first) + (2000 if len(first) == 2 else 0)
    end = int(second) + (2000 if len(second) == 2 else 0)
    return f"{start}-{end}" if end == start + 1 and 1990 <= start <= 2099 else None
