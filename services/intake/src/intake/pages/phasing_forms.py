"""The form of a phasing: one amount per school year of the programme, and a reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.pages.fields import MoneyField, OneTimeKeyField, VersionField

STATES = ("final", "draft")
AMOUNT = "utrecht-textbox vs-input vs-input--amount"


class PhasingForm(forms.Form):
    """What is planned by school year: empty is unknown, 0 is nothing."""

    key = OneTimeKeyField()
    version = VersionField()
    reason = forms.ChoiceField(
        label=_("Reden van de wijziging"),
        required=False,
        error_messages={"invalid_choice": _("Deze reden kennen we niet. Kies een reden uit de lijst.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        school_years: Sequence[str],
        reasons: Sequence[tuple[str, str]],
        chosen_year: str = "",
        prefix_id: str = "",
        **options: Any,
    ) -> None:
        super().__init__(data, auto_id=f"{prefix_id}%s", **options)
        self.school_years = tuple(school_years)
        self.fields["reason"].choices = [("", _("Kies een reden")), *reasons]
        for year in self.school_years:
            self.fields[name_of(year)] = MoneyField(label=year, required=False)
            extra = {"autofocus": True} if year == chosen_year else {}
            self.fields[name_of(year)].widget.attrs |= {"class": AMOUNT, "data-addup-part": ""} | extra
        self.fields["reason"].widget.attrs["class"] = "utrecht-select utrecht-select--html-select vs-input"

    @property
    def amounts(self) -> list[forms.BoundField]:
        """The fields of the school years in order, each tied to what it was and to what is wrong with it."""
        found = [self[name_of(year)] for year in self.school_years]
        for bound in found:
            wrong = f" {bound.auto_id}-error" if bound.errors else ""
            bound.field.widget.attrs["aria-describedby"] = f"{bound.auto_id}-was{wrong}"
        return found

    @property
    def phasing(self) -> dict[str, int | None]:
        """Cents by school year as they were typed; what cannot be read is left out."""
        given = self.cleaned_data if self.is_bound and hasattr(self, "cleaned_data") else self.initial
        return {year: given.get(name_of(year)) for year in self.school_years}


def name_of(school_year: str) -> str:
    """The name of the field of a school year."""
    return f"year-{school_year}"
