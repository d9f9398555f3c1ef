"""The forms with which amounts are booked: dated entries, and all that was spent up to a date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intake.commands.entries import NOTE_LENGTH, REASONS
from intake.pages.fields import DutchDateField, MoneyField, OneTimeKeyField
from intake.queries import catalogues

MEANINGS = (
    ("true", _("hoort bij dat bedrag: het totaal blijft gelijk, dit deel krijgt een schooljaar")),
    ("false", _("komt erbij: het totaal wordt hoger")),
)
CHOOSE = ("", _("Kies"))


class NoteField(forms.CharField):
    """Room for a few words that stay inside the municipality."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Toelichting"))
        options.setdefault("help_text", _("Alleen zichtbaar voor collega's van uw gemeente. Noem geen namen."))
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(required=False, **options)


class EntryForm(forms.Form):
    """A spending, commitment or correction on a date; the school year follows from the date."""

    key = OneTimeKeyField()
    date = DutchDateField(label=_("Datum"))
    amount = MoneyField(label=_("Bedrag in euro's"), least=1)
    funding_source = forms.ChoiceField(
        label=_("Potje"), error_messages={"required": _("Kies uit welk potje dit geld komt.")}
    )
    divides_cumulative = forms.ChoiceField(
        label=_("Dit bedrag"),
        choices=MEANINGS,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.ChoiceField(label=_("Reden"), required=False)
    note = NoteField(max_length=NOTE_LENGTH)

    def __init__(self, *arguments: Any, kind: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["funding_source"].choices = catalogues.choices("funding_source")
        if kind == "correction":
            self.fields["reason"].choices = [CHOOSE, *catalogues.reasons(*REASONS)]
            self.fields["amount"] = MoneyField(
                label=_("Bedrag in euro's"),
                least=None,
                help_text=_("Met een min ervoor gaat het eraf, bijvoorbeeld -250,00."),
            )
        else:
            del self.fields["reason"]
        if kind == "commitment":
            del self.fields["divides_cumulative"]


class SpentUntilForm(forms.Form):
    """All that was spent up to and including a day, without school years."""

    key = OneTimeKeyField()
    reference_date = DutchDateField(label=_("Peildatum"), help_text=_("Tot en met welke dag is dit besteed?"))
    amount = MoneyField(label=_("Besteed tot en met de peildatum, in euro's"))
    funding_source = forms.ChoiceField(
        label=_("Potje"), error_messages={"required": _("Kies uit welk potje dit geld komt.")}
    )
    note = NoteField(max_length=NOTE_LENGTH)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["funding_source"].choices = catalogues.choices("funding_source")
