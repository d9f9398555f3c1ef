"""What a row is judged against: the municipalities, words, schools, partners and activities known at this moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from intake.domain.sheet_texts import key_of

OWN_WORD_CATALOGUES = frozenset({"measure_type", "status"})
"""Catalogues whose aliases are words of people, taken over with the question whether it is right.

The aliases of the other catalogues are labels of other versions of the list and need no question.
"""


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word of a catalogue; own_word when the text was somebody's own word for it."""

    slug: str
    label: str
    own_word: bool = False


@dataclass(frozen=True, kw_only=True)
class KnownMunicipality:
    """A municipality that works with this house."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class KnownSchool:
    """A school location: brin has four characters, location_code six."""

    id: UUID
    brin: str
    location_code: str
    municipality: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class KnownActivity:
    """An activity that is registered. facts are its comparable values, see sheet_values.comparable."""

    id: UUID
    number: str
    title: str
    municipality: str
    starts_on: date
    ends_on: date
    total_cents: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    loaded: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Register:
    """Everything a row is judged against. allowed are the municipality codes of the uploader; None is all."""

    window_starts_on: date
    window_ends_on: date
    school_years: tuple[str, ...]
    today: date
    municipalities: Mapping[str, KnownMunicipality]
    words: Mapping[str, Mapping[str, Word]]
    schools: Mapping[str, Sequence[KnownSchool]]
    partners: Mapping[str, UUID] = field(default_factory=dict)
    activities: Mapping[tuple[str, str], KnownActivity] = field(default_factory=dict)
    allowed: frozenset[str] | None = None

    def word(self, catalogue: str, text: str) -> Word | None:
        """The word of a catalogue a text stands for, by label, by alias or as somebody's own word."""
        return self.words.get(catalogue, {}).get(key_of(text))

    def municipality_named(self, name: str) -> KnownMunicipality | None:
        """The municipality with a name, whatever stands before it."""
        wanted = bare_name(name)
        return next((one for one in self.municipalities.values() if bare_name(one.name) == wanted), None)

    def schools_of(self, code: str) -> Sequence[KnownSchool]:
        """The locations a code names: all of an institution for four characters, one for six."""
        return self.schools.get(code, ())

    def may_load(self, municipality: str) -> bool:
        """Whether the uploader may bring in rows of a municipality."""
        return self.allowed is None or municipality in self.allowed


def bare_name(name: str) -> str:
    """The name of a municipality without what kind it is."""
    key = key_of(name)
    for before in ("gemeente ", "openbaar lichaam "):
        key = key.removeprefix(before)
    return key


def by_code(schools: Iterable[KnownSchool]) -> dict[str, list[KnownSchool]]:
    """School locations by both of their codes, as the register wants them."""
    found: dict[str, list[KnownSchool]] = {}
    for school in schools:
        found.setdefault(school.brin.upper(), []).append(school)
        if school.location_code and school.location_code.upper() != school.brin.upper():
            found.setdefault(school.location_code.upper(), []).append(school)
    return found


def words_by_text(catalogue: str, entries: Iterable[tuple[str, str, str, Sequence[str]]]) -> dict[str, Word]:
    """The words of a catalogue by every text that names them; entries are (slug, label, code, aliases).

    A label wins from another entry's code, and both from an alias.
    """
    kept = list(entries)
    found: dict[str, Word] = {}
    for slug, label, code, _ in kept:
        found.setdefault(key_of(label), Word(slug=slug, label=label))
        found.setdefault(key_of(slug), Word(slug=slug, label=label))
        if code:
            found.setdefault(key_of(code), Word(slug=slug, label=label))
    own_word = catalogue in OWN_WORD_CATALOGUES
    for slug, label, _, aliases in kept:
        for alias in aliases:
            found.setdefault(key_of(alias), Word(slug=slug, label=label, own_word=own_word))
    return found
