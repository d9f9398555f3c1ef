"""What can be said about a cell, a row or a whole sheet: codes, levels, Dutch messages, and the words for fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Level = Literal["info", "warning", "error"]

WHOLE_ROW = "row"

LABELS = {
    "number": "Activiteitnummer",
    "municipalityName": "Gemeente",
    "municipality": "Gemeentecode",
    "title": "Titel activiteit",
    "measureType": "Soort maatregel",
    "interventions": "Interventie menukaart",
    "sectors": "Onderwijssectoren",
    "targetGroups": "Doelgroepen",
    "partners": "Partners",
    "schoolTypes": "Schooltypen",
    "schools": "BRIN-nummers",
    "startsOn": "Startdatum",
    "endsOn": "Einddatum",
    "totalCents": "Totaal budget",
    "spentUntilCents": "Besteed t/m peildatum",
    "referenceDate": "Peildatum",
    "goal": "Doel",
    "indicatorName": "Indicator",
    "indicatorTarget": "Streefwaarde",
    "indicatorValue": "Laatste stand",
    "status": "Status",
    "continuation": "Voortzetting na juli 2025",
    "note": "Toelichting",
    WHOLE_ROW: "Hele rij",
    "file": "Bestand",
}
YEAR_FIELD = "phasing."

MESSAGES: dict[str, tuple[Level, str]] = {
    # A row with one of these waits.
    "amount-absurd": ("error", "{waarde} is een te groot bedrag. Controleer het aantal cijfers."),
    "amount-missing": ("error", "Vul het totale budget in. Het kan niet worden berekend uit de schooljaren."),
    "amount-negative": (
        "error",
        "Een bedrag kan niet negatief zijn. Wilt u geld naar een ander jaar schuiven? Gebruik dan Fasering wijzigen.",
    ),
    "amount-unreadable": ("error", "{waarde} is geen bedrag. Vul een bedrag in euro in, bijvoorbeeld 1250,00."),
    "brin-ambiguous": (
        "error",
        "De school met BRIN {waarde} heeft meer vestigingen. Vul zes tekens in, bijvoorbeeld {voorbeeld}.",
    ),
    "brin-unknown": ("error", "We kennen geen school met BRIN {waarde}. Controleer de code of laat deze school weg."),
    "column-count": ("error", "Deze rij heeft {n} kolommen in plaats van {m}. Staat er een puntkomma in een tekst?"),
    "currency-not-euro": (
        "error",
        "Dit bedrag staat niet in euro. Vul het bedrag in euro in; de oorspronkelijke munt kan in de toelichting.",
    ),
    "date-invalid": ("error", "{waarde} is geen bestaande datum."),
    "date-missing": ("error", "{veld} ontbreekt. Vul een datum in, bijvoorbeeld 31-12-2024."),
    "duplicate-exact": ("error", "Deze rij is gelijk aan rij {rij} en is niet nog een keer verwerkt."),
    "duplicate-near": ("error", "Deze activiteit lijkt sterk op rij {rij}. Is het dezelfde activiteit?"),
    "duplicate-registered": (
        "error",
        "Deze activiteit lijkt sterk op {nummer}, die al geregistreerd is. Is het dezelfde activiteit?",
    ),
    "end-before-start": ("error", "De einddatum ligt voor de startdatum. Zijn de datums verwisseld?"),
    "formula-in-cell": ("error", "In dit vak staat een formule. Plak het bedrag als waarde."),
    "measure-type-missing": ("error", "Kies een soort maatregel."),
    "municipality-unknown": ("error", "We kennen geen gemeente met code {waarde}. Controleer de gemeentecode."),
    "number-exists": (
        "error",
        "Activiteit {nummer} bestaat al, met andere gegevens. Neem deze rij over als wijziging of laat de rij weg.",
    ),
    "number-twice": (
        "error",
        "Nummer {nummer} staat ook op rij {rij}, met andere gegevens. Kies een ander nummer of laat deze rij weg.",
    ),
    "other-municipality": (
        "error",
        "Deze rij is van gemeente {waarde}. U kunt alleen rijen van uw eigen gemeente overnemen.",
    ),
    "reference-date-missing": ("error", "Vul de peildatum in die bij het bestede bedrag hoort."),
    "required-missing": ("error", "{veld} is verplicht. Vul het vak in."),
    "required-not-applicable": ("error", "{veld} is verplicht en kan niet n.v.t. zijn."),
    "sum-mismatch": (
        "error",
        "De bedragen per schooljaar tellen op tot {som}, het totaal is {totaal}. Verschil: {verschil}.",
    ),
    "text-too-long": ("error", "{veld} mag hooguit {n} tekens hebben en heeft er {m}. Maak de tekst korter."),
    "value-unknown": ("error", "{waarde} staat niet in de lijst bij {veld}. Kies een waarde uit de lijst."),
    "year-outside-programme": ("error", "{waarde} valt buiten de looptijd van het programma ({looptijd})."),
    # A row with only these is good; the user is asked to look.
    "amount-rounded": ("warning", "{waarde} is afgerond op {bedrag}. Klopt dat?"),
    "date-excel-serial": ("warning", "{waarde} is gelezen als {datum}. Klopt dat?"),
    "date-two-digit-year": ("warning", "{waarde} is gelezen als {datum}. Klopt dat?"),
    "decimal-dot": ("warning", "{waarde} is gelezen als {bedrag}. Klopt dat?"),
    "encoding-fallback": (
        "warning",
        "Deze rij had een andere tekencodering. Controleer leestekens en letters met accenten.",
    ),
    "mojibake-suspected": ("warning", "De tekst bevat vreemde tekens. Bedoelt u: {voorstel}?"),
    "not-applicable-as-zero": (
        "warning",
        "n.v.t. is verwerkt als 0 euro. Is het bedrag onbekend? Maak het vak dan leeg.",
    ),
    "nul-bytes": ("warning", "Onzichtbare tekens zijn uit de tekst gehaald. Controleer de tekst."),
    "reference-date-in-future": ("warning", "De peildatum {waarde} ligt na vandaag. Klopt dat?"),
    "spent-exceeds-budget": ("warning", "Er is meer besteed dan begroot: {verschil}."),
    "total-derived": ("warning", "Het totaal was leeg en is berekend uit de schooljaren: {som}."),
    "value-left-out": ("warning", "{waarde} kennen we niet bij {veld} en is niet overgenomen."),
    "value-synonym": ("warning", "{waarde} is verwerkt als {keuze}. Klopt dat?"),
    # Only in the log.
    "brin-normalised": ("info", "De schrijfwijze van een BRIN-nummer is aangepast."),
    "code-normalised": ("info", "De schrijfwijze van de gemeentecode is aangepast."),
    "currency-symbol": ("info", "Het euroteken is weggelaten."),
    "dash-as-zero": ("info", "Een streepje is gelezen als 0 euro."),
    "date-format": ("info", "Een datum stond er in een andere schrijfwijze."),
    "empty-row": ("info", "Deze rij is leeg."),
    "list-separator": ("info", "Een lijst had een ander scheidingsteken."),
    "municipality-name": ("info", "De naam van de gemeente is anders geschreven; de code telt."),
    "not-applicable-as-empty": ("info", "n.v.t. is gelezen als leeg."),
    "school-outside-municipality": ("info", "Een school ligt in een andere gemeente."),
    "thousands-separator": ("info", "Een scheidingsteken voor duizendtallen is weggelaten."),
    "total-row": ("info", "Dit is een totaalrij."),
    "whitespace-trimmed": ("info", "Overbodige spaties zijn weggelaten."),
    # About the file as a whole.
    "bom-stripped": ("info", "Het bestand begon met een onzichtbaar merkteken; dat is weggelaten."),
    "header-alias": ("info", "Een kolom heeft een andere naam en is herkend."),
    "header-normalised": ("info", "De schrijfwijze van een kolomnaam is aangepast."),
    "unknown-column": ("warning", "De kolom {waarde} kennen we niet. We gebruiken de kolom niet."),
}
_SAID_ONCE = frozenset({"decimal-dot", "amount-rounded", "thousands-separator", "amount-negative", "text-too-long"})


def label_of(name: str) -> str:
    """The Dutch name of a field for a page: the heading of its column."""
    if name.startswith(YEAR_FIELD):
        return f"Budget {name.removeprefix(YEAR_FIELD)}"
    return LABELS.get(name, name)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing said about a row or file. field is the first of fields; cells are the texts as they stood there."""

    field: str
    code: str
    level: Level
    message: str
    fields: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The finding as plain values, as it is kept and answered."""
        return {
            "field": self.field,
            "code": self.code,
            "level": self.level,
            "message": self.message,
            "fields": list(self.fields),
            "cells": list(self.cells),
        }

    @staticmethod
    def of_data(data: dict[str, Any]) -> "Finding":
        """The finding that was kept as plain values."""
        return Finding(
            field=data["field"],
            code=data["code"],
            level=data["level"],
            message=data["message"],
            fields=tuple(data.get("fields", ())),
            cells=tuple(data.get("cells", ())),
        )


@dataclass
class _Said:
    fields: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


class Findings:
    """Gathers what is said about one row: every code at most once, with all cells it is about."""

    def __init__(self) -> None:
        self._said: dict[str, _Said] = {}

    def add(self, code: str, name: str, cell: str = "", *, also: Sequence[str] = (), **filled: object) -> None:
        """Say something about a field; filled fills the places in the message (waarde is the cell unless given)."""
        template = MESSAGES[code][1]
        filled.setdefault("waarde", cell)
        filled.setdefault("veld", label_of(name))
        sentence = template.format(**filled)
        said = self._said.setdefault(code, _Said())
        for one in (name, *also):
            if one not in said.fields:
                said.fields.append(one)
        if cell and cell not in said.cells:
            said.cells.append(cell)
        if sentence not in said.sentences and not (said.sentences and code in _SAID_ONCE):
            said.sentences.append(sentence)

    def has(self, *codes: str) -> bool:
        """Whether one of the codes was said."""
        return any(code in self._said for code in codes)

    def all(self) -> tuple[Finding, ...]:
        """Everything said: errors first, then warnings, then info, each in the order it came up."""
        order = {"error": 0, "warning": 1, "info": 2}
        codes = sorted(self._said, key=lambda code: order[MESSAGES[code][0]])
        return tuple(
            Finding(
                field=self._said[code].fields[0],
                code=code,
                level=MESSAGES[code][0],
                message=" ".join(self._said[code].sentences),
                fields=tuple(self._said[code].fields),
                cells=tuple(self._said[code].cells),
            )
            for code in codes
        )


def of_level(findings: Iterable[Finding], level: Level) -> list[Finding]:
    """The findings of one level."""
    return [one for one in findings if one.level == level]
