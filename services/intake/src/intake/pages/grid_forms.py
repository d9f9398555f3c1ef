"""The filter above the grid: the same words as the API's filter, as fields to choose from."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SELECT = {"class": "utrecht-select utrecht-select--html-select vs-input"}
FILTERS = ("q", "status", "measureType", "schoolYear")


class GridFilterForm(forms.Form):
    """Search, status, measure type and school year; empty is all. What is wrong with them the query says."""

    q = forms.CharField(
        label=gettext_lazy("Zoeken"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "class": "utrecht-textbox vs-input",
                "placeholder": gettext_lazy("Titel, nummer of partner"),
                "autocomplete": "off",
            }
        ),
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False, widget=forms.Select(attrs=SELECT))
    measureType = forms.ChoiceField(
        label=gettext_lazy("Soort maatregel"), required=False, widget=forms.Select(attrs=SELECT)
    )
    schoolYear = forms.ChoiceField(label=gettext_lazy("Loopt in"), required=False, widget=forms.Select(attrs=SELECT))

    def __init__(
        self, wanted: Mapping[str, str], *, words: Mapping[str, Mapping[str, str]], school_years: Sequence[str]
    ) -> None:
        super().__init__(initial={name: wanted.get(name, "") for name in FILTERS}, auto_id="filter-%s")
        self._offer("status", words["status"].items())
        self._offer("measureType", words["measure_type"].items())
        self._offer("schoolYear", [(year, year) for year in school_years])

    def _offer(self, name: str, choices: Any) -> None:
        given = self.initial[name]
        kept = [("", _("Alle")), *choices]
        if given and given not in dict(kept):
            kept.append((given, given))
        self.fields[name].choices = kept

    @property
    def is_filled(self) -> bool:
        """Whether anything is asked for at all."""
        return any(self.initial.values())
