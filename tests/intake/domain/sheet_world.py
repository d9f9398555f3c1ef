"""The register of the example world as plain values, for tests of sheets."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from intake.domain.sheet_register import KnownMunicipality, KnownSchool, Register, by_code, words_by_text

INTAKE = Path(__file__).parents[3] / "services/intake/src/intake/domain"
MESSY = Path(__file__).parents[1] / "sheets/example-activities-messy.csv"
CLEAN = INTAKE / "example/example-activities.csv"
YEARS = ("2021-2022", "2022-2023", "2023-2024", "2024-2025")
PLACES = {"90": "9901", "91": "9902", "92": "9903", "93": "9904"}
BRIN = [
    "90AA",
    "90AB",
    "90AC",
    "90AD",
    "90AE",
    "90AF",
    "90AG",
    "90AH",
    "91BA",
    "91BB",
    "91BC",
    "91BD",
    "91BE",
    "92CA",
    "92CB",
    "92CC",
    "93DA",
    "93DB",
    "93DC",
]


def schools() -> list[KnownSchool]:
    """The 19 schools, each with one location."""
    return [
        KnownSchool(id=UUID(int=index), brin=brin, location_code=f"{brin}00", municipality=PLACES[brin[:2]])
        for index, brin in enumerate(BRIN, start=1)
    ]


def register(**other) -> Register:
    """The register; other replaces parts of it."""
    words = {}
    for path in (INTAKE / "catalogues").glob("*.json"):
        data = json.loads(path.read_text())
        entries = [
            (one["slug"], one["label_nl"], one.get("code", ""), one.get("aliases", ())) for one in data["entries"]
        ]
        words[data["name"]] = words_by_text(data["name"], entries)
    municipalities = json.loads((INTAKE / "example/municipalities.json").read_text())
    facts = {
        "window_starts_on": date(2021, 7, 1),
        "window_ends_on": date(2025, 7, 31),
        "school_years": YEARS,
        "today": date(2025, 1, 14),
        "municipalities": {
            one["code"]: KnownMunicipality(code=one["code"], name=one["name"]) for one in municipalities
        },
        "words": words,
        "schools": by_code(schools()),
    }
    return Register(**(facts | other))
