"""The form fields of intake's pages: amounts and dates the way people type them, a one-time key, and a version."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from coordination.contracts.identifiers import new_id
from coordination.contracts.money import amount_in_column
from intake.domain.amounts import MOST_CENTS, amount_problems
from intake.domain.dates import read_date
from intake.domain.sheet_amounts import read_amount

UNCLEAR_MONEY = frozenset({"dash-as-zero", "not-applicable-as-zero"})
STALE_FORM = _("Dit formulier is verlopen. Laad de pagina opnieuw en vul het nog eens in.")


class MoneyField(forms.CharField):
    """An amount in euros as Dutch people type it (1.234,56 or € 1.234); its value is whole cents, empty is None.

    least is the smallest amount in cents that is taken; None takes negative amounts too, as corrections need.
    """

    default_error_messages = {
        "required": _("Vul een bedrag in."),
        "unreadable": _("We kunnen dit bedrag niet lezen. Schrijf het zoals 1.234,56."),
        "not_euro": _("Vul een bedrag in euro's in, zoals 1.234,56."),
        "unclear": _("Vul 0 in als er niets is. Laat het leeg als het onbekend is."),
        "thousands": _("Is dit een duizendtal of zijn het centen? Schrijf het zoals 1.234,56."),
        "cents": _("Een bedrag heeft hoogstens twee cijfers achter de komma. Rond het zelf af."),
    }

    def __init__(self, *, least: int | None = 0, **options: Any) -> None:
        self.least = least
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        """Whole cents, or None for empty and for the word onbekend. Raises ValidationError with what to do."""
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        text = super().to_python(value)
        if not text:
            return None
        found = read_amount(text)
        if found.error == "amount-absurd":
            raise ValidationError(amount_problems("", MOST_CENTS + 1)[0].message, code="amount-too-large")
        if found.error:
            raise self._refused("not_euro" if found.error == "currency-not-euro" else "unreadable")
        if UNCLEAR_MONEY.intersection(found.notes):
            raise self._refused("unclear")
        if {"thousands-separator", "decimal-dot"} <= set(found.notes) and "," in text and "." not in text:
            raise self._refused("thousands")
        if "amount-rounded" in found.notes:
            raise self._refused("cents")
        return found.cents

    def validate(self, value: int | None) -> None:
        """Refuse what is missing, too small or too large to be meant."""
        if value is None:
            if self.required:
                raise self._refused("required")
            return
        for one in amount_problems("", value, least=self.least):
            raise ValidationError(one.message, code=one.code)

    def prepare_value(self, value: Any) -> Any:
        """Cents as 1.234,56; what somebody typed stays as it was typed."""
        return typed_amount(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another amount was typed, however it is written."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _refused(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


def typed_amount(cents: int | None) -> str:
    """An amount as it stands in an input: 1.234,56, with a plain minus; empty when unknown."""
    if cents is None:
        return ""
    return f"-{amount_in_column(-cents)}" if cents < 0 else amount_in_column(cents)


class DutchDateField(forms.CharField):
    """A day as Dutch people type it (31-12-2024, 31/12/24, 31 december 2024); empty is None."""

    default_error_messages = {
        "required": _("Vul een datum in."),
        "invalid": _("Deze datum bestaat niet. Schrijf hem zoals 31-12-2024."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """The day, or None for empty. Raises ValidationError for what is no existing date."""
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        found = read_date(text) if len(text) <= 40 else None
        if found is None or found.day is None or found.note == "date-excel-serial":
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found.day

    def validate(self, value: date | None) -> None:
        """Refuse what is missing."""
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        """A day as 31-12-2024; what somebody typed stays as it was typed."""
        return f"{value.day:02d}-{value.month:02d}-{value.year}" if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another day was typed, however it is written."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class OneTimeKeyField(forms.UUIDField):
    """A hidden key made with the form and given to the command as act_id: sent twice, it is one act."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("initial", _new_key)
        options.setdefault("error_messages", {"required": STALE_FORM, "invalid": STALE_FORM})
        super().__init__(label="", widget=forms.HiddenInput, **options)


class VersionField(forms.IntegerField):
    """The hidden version that a form was made on, so that nobody overwrites what another set in between."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", dict.fromkeys(("required", "invalid", "min_value"), STALE_FORM))
        super().__init__(label="", min_value=1, max_value=2**31, widget=forms.HiddenInput, **options)


def _new_key() -> UUID:
    return new_id()
