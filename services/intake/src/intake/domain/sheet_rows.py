"""Reads one row into values and says, in order, what is wrong with it or had to be assumed."""

import re
from collections.abc import Mapping
from uuid import UUID

from intake.domain.sheet_amounts import is_not_applicable
from intake.domain.sheet_columns import Columns
from intake.domain.sheet_findings import Findings
from intake.domain.sheet_lists import is_brin, split_brin, split_codes, split_names
from intake.domain.sheet_money import MoneyAndDates
from intake.domain.sheet_register import Register, bare_name
from intake.domain.sheet_texts import clean, key_of, mended
from intake.domain.sheet_values import RowValues

_LENGTHS = {"number": 40, "title": 120, "goal": 4000, "note": 4000, "indicatorName": 200}
_PARTNER_LENGTH = 200
_CONTINUATION = {"ja": "yes_certain", "onzeker": "uncertain", "misschien": "uncertain", "nee": "no"}


class RowReader(MoneyAndDates):
    """Reads the cells of one row; values and findings hold what came of it."""

    def __init__(self, cells: Mapping[str, str], columns: Columns, register: Register) -> None:
        self.register = register
        self.columns = columns
        self.findings = Findings()
        self.values = RowValues()
        self.cells = {name: self._cleaned(name, raw) for name, raw in cells.items()}

    def read_municipality(self) -> bool:
        """Find out whose row it is; False when it is not the uploader's, and then nothing more may be said of it."""
        code, name = self.cell("municipality"), self.cell("municipalityName")
        if is_not_applicable(code) or (not code and is_not_applicable(name)):
            self.findings.add("required-not-applicable", "municipality", code or name)
            return True
        bare = re.sub(r"^gm\s*", "", code.casefold()).removesuffix(",0")
        if bare.isdigit() and len(bare) < 4:
            bare = bare.zfill(4)
        if bare != code:
            self.findings.add("code-normalised", "municipality", code)
        known = self.register.municipalities.get(bare) if bare else self.register.municipality_named(name)
        if known is None:
            if code or name:
                self.findings.add("municipality-unknown", "municipality", code or name)
            else:
                self.findings.add("required-missing", "municipality")
            return True
        if not self.register.may_load(known.code):
            self.findings = Findings()
            self.findings.add("other-municipality", "municipality", code or name, waarde=known.name)
            self.values.municipality = known.code
            return False
        if name and bare_name(name) != bare_name(known.name):
            self.findings.add("municipality-name", "municipalityName", name)
        self.values.municipality = known.code
        return True

    def read(self) -> None:
        """Read everything else."""
        values = self.values
        values.number = self._required_text("number")
        values.title = self._required_text("title")
        values.measure_type = self._measure_type()
        values.interventions = self._words("interventions", "menu_intervention")
        values.sectors = self._words("sectors", "sector", codes=True, strict=True)
        values.target_groups = self._words("targetGroups", "target_group")
        values.school_types = self._words("schoolTypes", "school_type", codes=True)
        values.partners = self._partners()
        values.schools = self._schools()
        self.read_dates()
        self.read_amounts()
        self.read_spending()
        values.goal = self._text("goal")
        values.note = self._text("note")
        values.indicator_name = self._text("indicatorName") or None
        values.indicator_target = self._number("indicatorTarget")
        values.indicator_value = self._number("indicatorValue")
        values.status = self._status()
        values.continuation = self._continuation()

    # Cells

    def _cleaned(self, name: str, raw: str) -> str:
        found = clean(raw)
        for code in found.notes:
            self.findings.add(code, name, raw)
        if better := mended(found.text):
            self.findings.add("mojibake-suspected", name, found.text, voorstel=better)
        return found.text

    def _optional(self, name: str) -> str:
        """The text of a field that may be empty; n.v.t. is empty."""
        text = self.cell(name)
        if is_not_applicable(text):
            self.findings.add("not-applicable-as-empty", name, text)
            return ""
        return text

    def _text(self, name: str) -> str:
        return self._limited(name, self._optional(name))

    def _required_text(self, name: str) -> str | None:
        text = " ".join(self.cell(name).split("\n"))
        if not text:
            self.findings.add("required-missing", name)
        elif is_not_applicable(text):
            self.findings.add("required-not-applicable", name, text)
        else:
            return self._limited(name, text)
        return None

    def _limited(self, name: str, text: str) -> str:
        if len(text) > (limit := _LENGTHS.get(name, 4000)):
            self.findings.add("text-too-long", name, text[:40] + "…", n=limit, m=len(text))
        return text

    def _number(self, name: str) -> str | None:
        """A number with a decimal comma, as decimal text."""
        text = self._optional(name)
        bare = text.removesuffix("%").strip().replace("\u2212", "-")
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", bare):
            bare = bare.replace(".", "")
        bare = bare.replace(",", ".")
        if re.fullmatch(r"-?\d{1,12}(\.\d{1,4})?", bare):
            return bare
        if text and text not in ("-", "?"):
            self.findings.add("value-left-out", name, text)
        return None

    # Words of catalogues

    def _measure_type(self) -> str | None:
        text = self.cell("measureType").replace("\n", " ")
        if not text:
            self.findings.add("measure-type-missing", "measureType")
            return None
        return self._one_word("measureType", "measure_type", text)

    def _status(self) -> str:
        text = self.cell("status")
        if not text:
            self.findings.add("required-missing", "status")
            return "draft"
        return self._one_word("status", "status", text) or "draft"

    def _one_word(self, name: str, catalogue: str, text: str) -> str | None:
        if is_not_applicable(text):
            self.findings.add("required-not-applicable", name, text)
            return None
        word = self.register.word(catalogue, text)
        if word is None:
            self.findings.add("value-unknown", name, text)
            return None
        if word.own_word:
            self.findings.add("value-synonym", name, text, keuze=word.label)
        return word.slug

    def _words(self, name: str, catalogue: str, *, codes: bool = False, strict: bool = False) -> tuple[str, ...]:
        text = self._optional(name)
        if not text:
            return ()
        if whole := self.register.word(catalogue, text):
            return (whole.slug,)
        if codes:
            parts, notes = split_codes(text, lambda part: self.register.word(catalogue, part) is not None)
        else:
            parts, notes = split_names(text)
        self._note(notes, name, text)
        found: list[str] = []
        for part in parts:
            if is_not_applicable(part):
                continue
            word = self.register.word(catalogue, part)
            if word is None:
                self.findings.add("value-unknown" if strict else "value-left-out", name, part)
            else:
                found.append(word.slug)
        return tuple(dict.fromkeys(found))

    def _continuation(self) -> str | None:
        text = self._optional("continuation")
        if not text:
            return None
        if (found := _CONTINUATION.get(key_of(text))) is None:
            self.findings.add("value-left-out", "continuation", text)
        return found

    def _note(self, codes: list[str], name: str, text: str) -> None:
        for code in codes:
            self.findings.add(code, name, text)

    # Schools and partners

    def _partners(self) -> tuple[str, ...]:
        parts, notes = split_names(self._optional("partners"))
        self._note(notes, "partners", self.cell("partners"))
        for part in parts:
            if len(part) > _PARTNER_LENGTH:
                self.findings.add("text-too-long", "partners", part[:40] + "…", n=_PARTNER_LENGTH, m=len(part))
        return tuple(part for part in parts if not is_not_applicable(part))

    def _schools(self) -> tuple[UUID, ...]:
        cell = self._optional("schools")
        pairs, notes = split_brin(cell)
        self._note(notes, "schools", cell)
        found: list[UUID] = []
        unknown = []
        for written, code in pairs:
            locations = self.register.schools_of(code)
            if not locations:
                unknown.append(written)
            elif len(locations) > 1:
                self.findings.add("brin-ambiguous", "schools", written, voorbeeld=locations[0].location_code)
            else:
                found.append(locations[0].id)
                if self.values.municipality and locations[0].municipality != self.values.municipality:
                    self.findings.add("school-outside-municipality", "schools", written)
        if unknown:
            self.findings.add("brin-unknown", "schools", cell, waarde=", ".join(unknown))
        return tuple(dict.fromkeys(found))


def unknown_codes(cell: str, register: Register) -> list[str]:
    """The school codes of a cell that are written as such and no school of the register has; each may be proposed."""
    pairs, _ = split_brin(clean(cell).text)
    return list(dict.fromkeys(code for _, code in pairs if is_brin(code) and not register.schools_of(code)))
