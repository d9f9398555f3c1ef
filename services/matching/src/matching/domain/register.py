"""Rules of the register: codes of schools, names that mean the same partner, and reading a pasted list."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from matching.domain.school_types import SCHOOL_TYPES

BRIN = re.compile(r"^[0-9]{2}[A-Z]{2}$")
LOCATION_CODE = re.compile(r"^[0-9]{2}[A-Z]{2}[0-9]{2}$")
MUNICIPALITY_CODE = re.compile(r"^[0-9]{4}$")
LONGEST_NAME = 200
MOST_SCHOOLS_AT_ONCE = 1_000
LONG_ENOUGH_FOR_A_SLIP = 12
_LEGAL_FORMS = {"stichting": "", "st": "", "bv": "", "nv": "", "vereniging": ""}

PARTNER_TYPES = {
    "schools": "Scholen",
    "school_boards": "Schoolbesturen",
    "youth_work": "Jongerenwerk",
    "childcare": "Kinderopvang en buitenschoolse opvang",
    "youth_care_providers": "Jeugdhulpaanbieders",
    "social_work": "Sociaal werk",
    "neighbourhood_teams": "Wijk- of gebiedsteams",
    "youth_health_care": "Jeugdgezondheidszorg",
    "ggd": "GGD",
    "equal_opportunity_orgs": "Organisaties gericht op kansengelijkheid",
    "digital_education_services": "Digitale of educatieve dienstverleners",
    "volunteer_orgs": "Vrijwilligersorganisaties",
    "labour_market_partners": "Arbeidsmarktpartners",
    "childcare_training": "Kinderopvangopleidingen",
    "mbo_hbo": "Mbo- of hbo-instellingen",
    "library": "Bibliotheek",
    "sports_provider": "Sportaanbieder",
    "culture_provider": "Cultuuraanbieder",
    "welfare_org": "Welzijnsorganisatie",
    "school_social_work_provider": "Aanbieder van schoolmaatschappelijk werk",
    "ve_vve_provider": "Aanbieder van voorschoolse educatie",
    "swv": "Samenwerkingsverband",
    "school_advisory_service": "Schooladviesdienst",
    "local_team": "Lokaal team",
    "cjg": "Centrum voor Jeugd en Gezin",
    "neighbouring_municipality": "Buurgemeente of regio",
    "kindcentrum": "Kindcentrum",
    "freelancer": "Zelfstandige",
    "training_bureau": "Trainingsbureau",
    "public_body": "Openbaar lichaam",
}


def clean_text(text: str) -> str:
    """Text without control characters (NUL, direction marks) and with single spaces; the rest stays as written."""
    kept = "".join(
        " " if letter in "\t\n\r\u00a0" else letter
        for letter in text
        if letter in "\t\n\r" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"} or letter == "\u200d"
    )
    return " ".join(kept.split())


def search_name(name: str) -> str:
    """A name as it is compared: small letters, no accents, no punctuation, no legal form."""
    plain = unicodedata.normalize("NFKD", clean_text(name)).casefold()
    letters = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    words = [word for word in letters.split() if word not in _LEGAL_FORMS]
    return " ".join(words or letters.split())[:LONGEST_NAME]


def same_name(name: str, known: Iterable[str]) -> str | None:
    """Which known search name is meant by a name: equal, or one slip of the pen in a long name; None when none is.

    Two candidates at the same distance mean nothing is certain, so none.
    """
    wanted = search_name(name)
    candidates = set(known)
    if wanted in candidates:
        return wanted
    if len(wanted) < LONG_ENOUGH_FOR_A_SLIP or any(letter.isdigit() for letter in wanted):
        return None
    near = [one for one in candidates if _is_slip(wanted, one)]
    return near[0] if len(near) == 1 else None


def _is_slip(one: str, other: str) -> bool:
    """A letter too many or too few, or two that changed places; another letter may well be another organisation."""
    same_letters = sorted(one) == sorted(other)
    return (len(one) != len(other) or same_letters) and DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1


def location_code_of(code: str) -> str:
    """The six characters of a location; four characters name the first location, 00."""
    code = clean_text(code).upper().replace(" ", "")
    return f"{code}00" if BRIN.match(code) else code


@dataclass(frozen=True, kw_only=True)
class PastedSchool:
    """One line of a pasted list: its number, and what it says."""

    line: int
    code: str
    name: str
    school_types: tuple[str, ...]
    municipality: str = ""


def read_pasted_schools(text: str) -> list[PastedSchool]:
    """Read lines of code, name, types and perhaps a municipality code, separated by tab, semicolon or bar.

    Types inside their cell are separated by comma or slash. Empty lines and a heading that starts with BRIN are
    skipped. Nothing is judged here.
    """
    found = []
    for number, line in enumerate(text.replace("\x00", "").splitlines(), start=1):
        cells = [clean_text(cell) for cell in re.split(r"[\t;|]", line)]
        if not any(cells) or cells[0].casefold().startswith("brin"):
            continue
        cells += [""] * (4 - len(cells))
        types = tuple(one.strip().casefold() for one in re.split(r"[,/]", cells[2]) if one.strip())
        found.append(PastedSchool(line=number, code=cells[0], name=cells[1], school_types=types, municipality=cells[3]))
    return found


def unknown_types(school_types: Iterable[str]) -> list[str]:
    """The school types that are not in the list."""
    return [one for one in school_types if one not in SCHOOL_TYPES]
