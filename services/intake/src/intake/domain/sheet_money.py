"""Reads the dates and amounts of a row and holds them against each other and against the programme."""

from datetime import date

from coordination.contracts.money import amount_in_sentence
from intake.domain.dates import in_words, read_date
from intake.domain.sheet_amounts import is_not_applicable, read_amount
from intake.domain.sheet_columns import Columns
from intake.domain.sheet_findings import YEAR_FIELD, Findings
from intake.domain.sheet_register import Register
from intake.domain.sheet_values import RowValues


class MoneyAndDates:
    """The part of reading a row that is about dates and money."""

    register: Register
    columns: Columns
    findings: Findings
    values: RowValues
    cells: dict[str, str]

    def cell(self, name: str) -> str:
        """The cleaned text of a field; empty when the sheet has no such column."""
        return self.cells.get(name, "")

    def read_dates(self) -> None:
        """Both dates: existing, within the programme and in order."""
        self._dates_outside: list[str] = []
        starts_on, ends_on = self._date("startsOn"), self._date("endsOn")
        self.values.starts_on, self.values.ends_on = starts_on, ends_on
        for name, day in (("startsOn", starts_on), ("endsOn", ends_on)):
            if day and not self.register.window_starts_on <= day <= self.register.window_ends_on:
                self._dates_outside.append(name)
                self._outside(name, self.cell(name))
        self._outside_columns()
        if starts_on and ends_on and ends_on < starts_on:
            self.findings.add("end-before-start", "startsOn", self.cell("startsOn"))
            self.findings.add("end-before-start", "endsOn", self.cell("endsOn"))

    def _outside_columns(self) -> None:
        """An amount in a year of another programme; beside a date outside, the message is about the date."""
        dated = [self.cell(name) for name in ("endsOn", "startsOn") if name in self._dates_outside]
        for name in sorted(self.columns.outside):
            text = self.cell(name)
            if text and not is_not_applicable(text) and read_amount(text).cents != 0:
                self._outside(name, dated[0] if dated else text)

    def _outside(self, name: str, value: str) -> None:
        window = f"{in_words(self.register.window_starts_on)} tot en met {in_words(self.register.window_ends_on)}"
        self.findings.add("year-outside-programme", name, self.cell(name), waarde=value, looptijd=window)

    def _date(self, name: str, *, required: bool = True) -> date | None:
        text = self.cell(name)
        if not text:
            if required:
                self.findings.add("date-missing", name)
            return None
        if is_not_applicable(text):
            self.findings.add("required-not-applicable" if required else "not-applicable-as-empty", name, text)
            return None
        found = read_date(text)
        if found.day is None:
            self.findings.add("date-invalid", name, text)
        elif found.note:
            self.findings.add(found.note, name, text, datum=in_words(found.day))
        return found.day

    def read_amounts(self) -> None:
        """The total and the school years; no value is corrected, only an empty total is derived."""
        values = self.values
        total, sure = self._amount("totalCents")
        for year in self.columns.years:
            cents, fine = self._amount(YEAR_FIELD + year)
            values.phasing[year] = cents
            sure = sure and fine
        if not sure:
            values.total_cents = total
            return
        known = [cents for cents in values.phasing.values() if cents is not None]
        complete = bool(known) and len(known) == len(values.phasing)
        together = sum(known)
        if total is None and is_not_applicable(self.cell("totalCents")):
            self.findings.add("required-not-applicable", "totalCents", self.cell("totalCents"))
        elif total is None and complete:
            total = together
            self.findings.add("total-derived", "totalCents", som=amount_in_sentence(together))
        elif total is None:
            self.findings.add("amount-missing", "totalCents")
        elif known and (together != total if complete else together > total):
            self._sum_mismatch(together, total)
        values.total_cents = total

    def _sum_mismatch(self, together: int, total: int) -> None:
        self.findings.add(
            "sum-mismatch",
            "totalCents",
            self.cell("totalCents"),
            also=[YEAR_FIELD + year for year in self.columns.years],
            som=amount_in_sentence(together),
            totaal=amount_in_sentence(total),
            verschil=amount_in_sentence(abs(total - together)),
        )

    def _amount(self, name: str) -> tuple[int | None, bool]:
        """Cents, or None for unknown, and whether it could be read."""
        text = self.cell(name)
        found = read_amount(text)
        if found.error:
            self.findings.add(found.error, name, text)
            return None, False
        for code in found.notes:
            if code == "not-applicable-as-zero" and not name.startswith(YEAR_FIELD):
                if name != "totalCents":
                    self.findings.add("not-applicable-as-empty", name, text)
                return None, True
            self.findings.add(code, name, text, bedrag=amount_in_sentence(found.cents))
        if found.cents is not None and found.cents < 0:
            self.findings.add("amount-negative", name, text)
        return found.cents, True

    def read_spending(self) -> None:
        """What was spent up to a date; 0 without a date says nothing."""
        values = self.values
        spent, fine = self._amount("spentUntilCents")
        reference_date = self._date("referenceDate", required=False)
        if spent is not None and reference_date is None and not self.cell("referenceDate"):
            if spent != 0:
                self.findings.add("reference-date-missing", "referenceDate")
            spent = None
        if reference_date and reference_date > self.register.today:
            self.findings.add("reference-date-in-future", "referenceDate", self.cell("referenceDate"))
        if fine and spent is not None and values.total_cents is not None and spent > values.total_cents >= 0:
            over = amount_in_sentence(spent - values.total_cents)
            self.findings.add("spent-exceeds-budget", "spentUntilCents", self.cell("spentUntilCents"), verschil=over)
        values.spent_until_cents = spent
        values.reference_date = reference_date if spent is not None else None
