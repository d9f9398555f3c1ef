"""The forms with which the administrator lays the basis: a municipality, and what it received."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.contracts.clock import NETHERLANDS
from intake.commands.basis import MOST_COUNTED
from intake.pages.fields import DutchDateField, MoneyField, OneTimeKeyField, VersionField

KINDS = (("municipality", _("Gemeente")), ("public_body", _("Openbaar lichaam (Caribisch Nederland)")))
ZONES = (
    (NETHERLANDS, _("Nederland")),
    ("America/Kralendijk", _("Bonaire, Saba en Sint Eustatius")),
)
THEMES = (
    ("petrol", _("Petrol")),
    ("blue", _("Blauw")),
    ("heather", _("Heide")),
    ("sea", _("Zee")),
)
COMPONENTS = (
    ("pupils", _("Bedrag per leerling")),
    ("disadvantage", _("Achterstandsdeel")),
    ("lump_sum", _("Vast bedrag")),
)
FROM_THE_LIST = {"required": _("Kies er een uit de lijst."), "invalid_choice": _("Kies er een uit de lijst.")}
WHOLE = _("Vul een heel getal in, zonder punt of komma.")


class MunicipalityDataForm(forms.Form):
    """What can change about a municipality."""

    name = forms.CharField(
        label=_("Naam"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Vul de naam in.")},
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=KINDS, error_messages=FROM_THE_LIST)
    zone = forms.ChoiceField(
        label=_("Tijdzone"),
        help_text=_("Bepaalt welke dag het is als u iets boekt."),
        choices=ZONES,
        error_messages=FROM_THE_LIST,
    )
    number_prefix = forms.CharField(
        label=_("Voorvoegsel van activiteitnummers"),
        help_text=_("Letters of cijfers, zoals MRS. De eerste activiteit wordt dan MRS-001."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Vul het voorvoegsel in.")},
    )
    theme = forms.ChoiceField(label=_("Kleuren"), choices=THEMES, error_messages=FROM_THE_LIST)


class NewMunicipalityForm(MunicipalityDataForm):
    """A municipality that starts to work with this house."""

    code = forms.CharField(
        label=_("Gemeentecode"),
        help_text=_("De vier cijfers van het CBS, zoals 0363."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Vul de gemeentecode in.")},
    )
    municipality_id = OneTimeKeyField()

    field_order = ["code", "name", "kind", "zone", "number_prefix", "theme", "municipality_id"]


class MunicipalityForm(MunicipalityDataForm):
    """A change of a municipality, on the version that was read."""

    version = VersionField()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["number_prefix"].help_text = _(
            "Geldt voor nieuwe activiteiten. Nummers die er zijn, veranderen niet."
        )


class AllocationForm(forms.Form):
    """One component of what a municipality received, or an adjustment of it."""

    component = forms.ChoiceField(
        label=_("Waar bestaat het uit?"),
        choices=[("", _("Kies een onderdeel")), *COMPONENTS],
        error_messages={"required": _("Kies een onderdeel."), "invalid_choice": _("Kies een onderdeel uit de lijst.")},
    )
    amount = MoneyField(
        label=_("Bedrag"),
        help_text=_("In euro's, zoals 2.870.073,00. Een verlaging krijgt een min ervoor."),
        least=None,
    )
    granted_on = DutchDateField(label=_("Datum van de toekenning"), help_text=_("Zoals 1-7-2021."))
    pupils = forms.IntegerField(
        label=_("Aantal leerlingen"),
        help_text=_("Alleen bij een bedrag per leerling. Leeg is: onbekend."),
        required=False,
        min_value=0,
        max_value=MOST_COUNTED,
        error_messages={
            "invalid": WHOLE,
            "min_value": _("Vul 0 of meer in."),
            "max_value": _("Dit aantal is te groot."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    allocation_id = OneTimeKeyField()
