"""The forms with which the administrator invites people and gives them roles."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.contracts.identifiers import new_id
from coordination.identity.accounts import LONGEST_NAME
from coordination.identity.forms import address_field
from coordination.identity.organisations import Organisation, found_organisation, known_organisations

ROLES = (
    ("policy_officer", _("Beleidsmedewerker")),
    ("budget_holder", _("Budgethouder")),
    ("council_member", _("Raadslid")),
    ("school_coordinator", _("Coördinator van een school")),
    ("partner", _("Contactpersoon van een partner")),
    ("administrator", _("Functioneel beheerder")),
)
KINDS = {
    "municipality": _("Gemeenten"),
    "school": _("Scholen"),
    "partner": _("Partners"),
    "house": _("Het huis"),
}
STALE = _("Dit formulier is verlopen. Laad de pagina opnieuw en vul het nog eens in.")


class RoleForm(forms.Form):
    """A role in an organisation."""

    role = forms.ChoiceField(
        label=_("Rol"),
        choices=[("", _("Kies een rol")), *ROLES],
        error_messages={"required": _("Kies een rol."), "invalid_choice": _("Kies een rol uit de lijst.")},
    )
    organisation = forms.ChoiceField(
        label=_("Organisatie"),
        error_messages={
            "required": _("Kies een organisatie."),
            "invalid_choice": _("Deze organisatie kennen we niet. Kies er een uit de lijst."),
        },
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["organisation"].choices = _choices()

    def clean_organisation(self) -> Organisation:
        """The organisation itself."""
        found = found_organisation(self.cleaned_data["organisation"])
        if found is None:
            raise ValidationError(self.fields["organisation"].error_messages["invalid_choice"])
        return found


class InvitationForm(RoleForm):
    """Who is invited, as what. account_id is made with the form: sent twice, it is one account."""

    name = forms.CharField(
        label=_("Naam"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Vul een naam in."),
            "max_length": _("Kort de naam in tot 120 tekens."),
        },
    )
    email = address_field(autocomplete="off")
    account_id = forms.UUIDField(
        widget=forms.HiddenInput, initial=new_id, error_messages={"required": STALE, "invalid": STALE}
    )

    field_order = ["name", "email", "role", "organisation", "account_id"]


def _choices() -> list[Any]:
    known = known_organisations()
    groups = [(label, [(one.value, _named(one)) for one in known if one.kind == kind]) for kind, label in KINDS.items()]
    return [("", _("Kies een organisatie")), *[group for group in groups if group[1]]]


def _named(organisation: Organisation) -> str:
    return f"{organisation.name} ({organisation.place})" if organisation.place else organisation.name
