"""The form with which the description of an activity is changed, and how its values stand in it."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.domain.activities import TEXT_LENGTH, TITLE_LENGTH
from intake.models import Activity
from intake.pages.entry_forms import NoteField
from intake.pages.fields import STALE_FORM, DutchDateField, MoneyField, OneTimeKeyField, VersionField
from intake.pages.owners import owner_choices
from intake.queries import catalogues
from intake.queries.choices import partners_to_choose, schools_to_choose

PLAIN = ("title", "number", "measure_type", "starts_on", "ends_on", "goal", "note", "continuation")
LISTS = {
    "sectors": "sector",
    "school_types": "school_type",
    "target_groups": "target_group",
    "interventions": "menu_intervention",
}
UNKNOWN = ("", gettext_lazy("Onbekend"))


class ManyField(forms.MultipleChoiceField):
    """Several of a list, each with a box to tick."""

    def __init__(self, **options: Any) -> None:
        wrong = {"invalid_choice": gettext_lazy("Kies uit de lijst. Een van de keuzes bestaat niet meer.")}
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, error_messages=wrong, **options)


class ChangeForm(forms.Form):
    """Everything with which an activity is described; base holds the values on which the form was made."""

    key = OneTimeKeyField()
    version = VersionField()
    base = forms.JSONField(widget=forms.HiddenInput, required=False, error_messages={"invalid": STALE_FORM})
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=TITLE_LENGTH,
        error_messages={
            "required": gettext_lazy("Vul een titel in."),
            "max_length": gettext_lazy("De titel is te lang. Gebruik hoogstens 120 tekens."),
        },
    )
    number = forms.CharField(
        label=gettext_lazy("Nummer"), error_messages={"required": gettext_lazy("Vul een nummer in.")}
    )
    measure_type = forms.ChoiceField(label=gettext_lazy("Soort maatregel"))
    owner = forms.ChoiceField(label=gettext_lazy("Eigenaar"), required=False)
    starts_on = DutchDateField(label=gettext_lazy("Van"))
    ends_on = DutchDateField(label=gettext_lazy("Tot en met"))
    total = MoneyField(
        label=gettext_lazy("Totaal in euro's"),
        help_text=gettext_lazy("Wat u erbij of eraf doet, staat daarna onder nog niet verdeeld."),
    )
    goal = forms.CharField(
        label=gettext_lazy("Doel"), required=False, max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    continuation = forms.ChoiceField(
        label=gettext_lazy("Gaat de activiteit door na het programma?"), required=False, widget=forms.RadioSelect
    )
    sectors = ManyField(label=gettext_lazy("Onderwijs"))
    school_types = ManyField(label=gettext_lazy("Schooltypen"))
    target_groups = ManyField(label=gettext_lazy("Doelgroepen"))
    interventions = ManyField(label=gettext_lazy("Interventies"))
    schools = ManyField(label=gettext_lazy("Scholen"))
    partners = ManyField(label=gettext_lazy("Partners"))
    new_partners = forms.CharField(
        label=gettext_lazy("Andere partners"),
        required=False,
        help_text=gettext_lazy("Een naam per regel. Een nieuwe partner komt ook in het register."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = NoteField(max_length=TEXT_LENGTH)

    def __init__(self, *arguments: Any, activity: Activity, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["measure_type"].choices = catalogues.choices("measure_type")
        self.fields["owner"].choices = [UNKNOWN, *_owners(activity)]
        self.fields["continuation"].choices = [*catalogues.choices("continuation"), ("", _("Nog niet ingevuld"))]
        for name, catalogue in LISTS.items():
            self.fields[name].choices = catalogues.choices(catalogue)
        self.fields["schools"].choices = schools_to_choose(activity)
        self.fields["partners"].choices = partners_to_choose(activity)

    def labels_of(self, name: str, value: Any) -> str:
        """A value of a field as a person reads it."""
        choices = dict(getattr(self.fields[name], "choices", None) or {})
        if isinstance(value, list):
            return ", ".join(str(choices.get(one, one)) for one in value) or _("geen")
        shown = choices.get(value, value) if choices else self.fields[name].prepare_value(value)
        return str(shown) if shown not in (None, "") else _("niet ingevuld")


def _owners(activity: Activity) -> list[tuple[str, str]]:
    found = owner_choices(activity.municipality)
    if activity.owner and str(activity.owner) not in dict(found):
        found.append((str(activity.owner), _("iemand die hier niet meer werkt")))
    return found


def values_of(activity: Activity) -> dict[str, Any]:
    """The values of an activity as the fields have them."""
    return {
        **{name: getattr(activity, name) for name in PLAIN},
        **{name: list(getattr(activity, name)) for name in LISTS},
        "owner": str(activity.owner) if activity.owner else "",
        "total": activity.total_cents,
        "schools": list(activity.schools),
        "partners": [one["partner_id"] for one in activity.partners],
        "new_partners": "",
    }


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """The same values as JSON has them, lists in a fixed order, so that two forms can be compared."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    return "\n".join(value.split("\r\n")).strip() if isinstance(value, str) else value


def changes_of(given: dict[str, Any], changed: set[str], activity: Activity) -> dict[str, Any]:
    """What a command is told: only the fields that somebody changed."""
    found = {name: given[name] for name in changed if name in PLAIN or name in LISTS or name == "schools"}
    if "owner" in changed:
        found["owner"] = UUID(given["owner"]) if given["owner"] else None
    if "total" in changed:
        found["total_cents"] = given["total"]
    if {"partners", "new_partners"} & changed:
        names = dict(partners_to_choose(activity))
        named = [{"partner_id": one, "name": names[one]} for one in given["partners"]]
        found["partners"] = [*named, *filter(None, (line.strip() for line in given["new_partners"].splitlines()))]
    return found
