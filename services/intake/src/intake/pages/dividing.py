"""Dividing on a page: which parts of an amount known up to a date belong to which school year."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.contracts.money import amount_in_sentence
from coordination.contracts.refusals import Conflict
from intake.commands.entries import NOTE_LENGTH, divide_spending
from intake.domain import who_may
from intake.pages.acting import ActPage, Done
from intake.pages.entry_forms import NoteField
from intake.pages.fields import MoneyField, OneTimeKeyField

NOTHING = "Er is geen bedrag tot een peildatum om te verdelen. Vul dat eerst in, of boek losse bestedingen."


class DivisionForm(forms.Form):
    """An amount for each school year; what stays empty gets nothing, a minus takes back what was divided before."""

    key = OneTimeKeyField()

    def __init__(self, *arguments: Any, school_years: Sequence[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        for number, year in enumerate(school_years):
            self.fields[f"part_{number}"] = MoneyField(label=year, least=None, required=False)
            self.fields[f"part_{number}"].widget.attrs["data-addup-part"] = ""
        self.fields["note"] = NoteField(max_length=NOTE_LENGTH)
        self.school_years = list(school_years)

    def parts(self) -> dict[str, int]:
        """Cents by school year, without the years that were left empty."""
        typed = {year: self.cleaned_data.get(f"part_{number}") for number, year in enumerate(self.school_years)}
        return {year: cents for year, cents in typed.items() if cents is not None}


class DivisionPage(ActPage):
    """The form that divides."""

    template = "intake/forms/divide.html"
    allowed = who_may.keeps_money
    address_name = "intake-divide"

    @property
    def names(self) -> dict[str, str]:
        """The field of each school year."""
        return {f"parts.{year}": f"part_{number}" for number, year in enumerate(self._years)}

    @property
    def _years(self) -> list[str]:
        return [period.school_year for period in self.picture.periods]

    def form(self, data: Mapping[str, Any] | None = None) -> DivisionForm:
        """An empty field per school year. Raises Conflict when there is nothing to divide."""
        if self.picture.row.until.reference_date is None:
            raise Conflict(NOTHING)
        return DivisionForm(data, school_years=self._years)

    def act(self, form: DivisionForm) -> Done:
        """Divide."""
        acted = divide_spending(
            actor=self.actor,
            activity_id=self.activity_id,
            parts=form.parts(),
            note=form.cleaned_data["note"],
            act_id=form.cleaned_data["key"],
        )
        divided = sum(line.amount_cents for line in acted.lines if line.school_year)
        said = _("Er is %(amount)s verdeeld over de schooljaren.") % {"amount": amount_in_sentence(divided)}
        return Done(message=said, warnings=acted.warnings, figure="realised")

    def context(self, form: DivisionForm) -> dict[str, Any]:
        """The fields with what each year already has, and what is left to divide."""
        until = self.picture.row.until
        typed = sum(form.parts().values()) if form.is_bound and form.is_valid() else 0
        return {
            "title": self.title,
            "button": gettext_lazy("Verdeling opslaan"),
            "until": until,
            "left": until.undivided - typed,
            "parts": [
                {"bound": form[f"part_{number}"], "already": until.by_year.get(year, 0)}
                for number, year in enumerate(form.school_years)
            ],
        }

    title: ClassVar = gettext_lazy("Besteed bedrag verdelen over schooljaren")
