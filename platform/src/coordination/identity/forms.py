"""The forms of signing in and of choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.identity.accounts import LONGEST_ADDRESS, LONGEST_NAME
from coordination.identity.models import Account

LONGEST_PASSWORD = 1000
WEAKNESSES = {
    "password_too_short": _("Kies een wachtwoord van ten minste 12 tekens."),
    "password_too_common": _("Dit wachtwoord is te makkelijk te raden. Kies een ander."),
}


def address_field(**attributes: Any) -> forms.EmailField:
    """The field for an e-mail address."""
    return forms.EmailField(
        label=_("E-mailadres"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "username", **attributes}),
        error_messages={
            "required": _("Vul uw e-mailadres in."),
            "invalid": _("Vul een e-mailadres in zoals naam@gemeente.nl."),
        },
    )


def _password_field(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": _("Vul een wachtwoord in.")},
    )


class SignInForm(forms.Form):
    """Address and password."""

    email = address_field(autofocus=True)
    password = _password_field(_("Wachtwoord"), "current-password")

    def clean_email(self) -> str:
        """In lower case, so that a wrong password counts for the same address however it is typed."""
        return self.cleaned_data["email"].lower()


class PasswordForm(forms.Form):
    """A new password."""

    password = _password_field(_("Kies een wachtwoord"), "new-password", _("Ten minste twaalf tekens."))

    def clean_password(self) -> str:
        """Refuse a password that is too short or too easy to guess."""
        chosen = self.cleaned_data["password"]
        try:
            password_validation.validate_password(chosen)
        except ValidationError as fault:
            raise ValidationError([WEAKNESSES.get(one.code, one) for one in fault.error_list]) from None
        return chosen


class FirstAdministratorForm(PasswordForm):
    """Who the first administrator is and the password they choose."""

    name = forms.CharField(
        label=_("Uw naam"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Vul uw naam in.")},
    )
    email = address_field()

    field_order = ["name", "email", "password"]


class PasswordChangeForm(PasswordForm):
    """The present password and a new one."""

    current = _password_field(_("Uw huidige wachtwoord"), "current-password")

    field_order = ["current", "password"]

    def __init__(self, *arguments: Any, account: Account, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.account = account

    def clean_current(self) -> str:
        """Whoever finds an open session may not take the account with it."""
        given = self.cleaned_data["current"]
        if not self.account.check_password(given):
            raise ValidationError(_("Dit is niet uw huidige wachtwoord."))
        return given
