"""Booking on a page: a spending, a commitment, a correction, or all that was spent up to a date."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.contracts.money import amount_in_sentence
from coordination.contracts.periods import Period, period_of
from intake.commands.entries import KINDS, record_entry, record_spent_until
from intake.domain import who_may
from intake.domain.dates import in_words
from intake.pages.acting import ActPage, Done
from intake.pages.entry_forms import EntryForm, SpentUntilForm
from intake.pages.fields import DutchDateField
from intake.queries.basis import programme

SPENT_UNTIL = "spent_until"
TITLES = {
    "spending": gettext_lazy("Besteding toevoegen"),
    "commitment": gettext_lazy("Verplichting toevoegen"),
    "correction": gettext_lazy("Correctie boeken"),
    SPENT_UNTIL: gettext_lazy("Besteed tot een peildatum invullen"),
}
BUTTONS = {
    "spending": gettext_lazy("Besteding opslaan"),
    "commitment": gettext_lazy("Verplichting opslaan"),
    "correction": gettext_lazy("Correctie opslaan"),
    SPENT_UNTIL: gettext_lazy("Bedrag opslaan"),
}
DONE = {
    "spending": gettext_lazy("De besteding van %(amount)s is geboekt in schooljaar %(year)s."),
    "commitment": gettext_lazy("De verplichting van %(amount)s is vastgelegd in schooljaar %(year)s."),
    "correction": gettext_lazy("De correctie van %(amount)s is geboekt in schooljaar %(year)s."),
}


class EntryPage(ActPage):
    """The form of one kind of entry; ?kind= says which, ?schoolYear= from which column somebody came."""

    template = "intake/forms/entry.html"
    fragments: ClassVar = {"meaning": "intake/forms/entry_meaning.html"}
    allowed = who_may.keeps_money
    address_name = "intake-entry"
    names: ClassVar = {"amountCents": "amount", "referenceDate": "reference_date"}

    @property
    def kind(self) -> str:
        """Which kind of entry is asked for; spending when nothing that fits is said."""
        wanted = self.request.GET.get("kind", "")
        return wanted if wanted in (*KINDS, SPENT_UNTIL) else "spending"

    @property
    def address(self) -> str:
        """Where this kind of form is sent."""
        return f"{super().address}?kind={self.kind}"

    @property
    def period(self) -> Period | None:
        """The school year somebody came from."""
        wanted = self.request.GET.get("schoolYear", "")
        return next((one for one in self.picture.periods if one.school_year == wanted), None)

    def form(self, data: Mapping[str, Any] | None = None) -> forms.Form:
        """The form of this kind; today is filled in where it fits."""
        until = self.picture.row.until
        initial: dict[str, Any] = {"funding_source": until.funding_source}
        if self.kind == SPENT_UNTIL:
            return SpentUntilForm(data, initial=initial | {"reference_date": self.today})
        inside = self.period is None or period_of(self.today, [self.period]) is not None
        if inside and programme(self.activity.programme).window.holds(self.today):
            initial["date"] = self.today
        return EntryForm(data, initial=initial, kind=self.kind)

    def act(self, form: forms.Form) -> Done:
        """Book it."""
        given = form.cleaned_data
        if self.kind == SPENT_UNTIL:
            return self._book_until(given)
        meant = given.get("divides_cumulative") or None
        acted = record_entry(
            actor=self.actor,
            activity_id=self.activity_id,
            kind=self.kind,
            dated_on=given["date"],
            amount_cents=given["amount"],
            funding_source=given["funding_source"],
            divides_cumulative=None if meant is None else meant == "true",
            reason=given.get("reason") or None,
            note=given["note"],
            act_id=given["key"],
        )
        line = acted.lines[0]
        said = DONE[self.kind] % {"amount": amount_in_sentence(line.amount_cents), "year": line.school_year}
        figure = "committed" if self.kind == "commitment" else "realised"
        return Done(message=said, warnings=acted.warnings, figure=figure)

    def _book_until(self, given: Mapping[str, Any]) -> Done:
        acted = record_spent_until(
            actor=self.actor,
            activity_id=self.activity_id,
            amount_cents=given["amount"],
            reference_date=given["reference_date"],
            funding_source=given["funding_source"],
            note=given["note"],
            act_id=given["key"],
        )
        said = _("Er staat nu dat er %(amount)s is besteed tot en met %(day)s.") % {
            "amount": amount_in_sentence(given["amount"]),
            "day": in_words(given["reference_date"]),
        }
        return Done(message=said, warnings=acted.warnings, figure="realised")

    def context(self, form: forms.Form) -> dict[str, Any]:
        """The title, and what the date means: its school year, and whether one must ask."""
        day = _day_in(form)
        until = self.picture.row.until
        asks = "divides_cumulative" in form.fields and day is not None and until.asks_about(day)
        return {
            "title": TITLES[self.kind],
            "button": BUTTONS[self.kind],
            "kind": self.kind,
            "kinds": [(kind, title) for kind, title in TITLES.items() if kind != self.kind],
            "period": self.period,
            "day": day,
            "in_year": period_of(day, self.picture.periods) if day else None,
            "window": programme(self.activity.programme).window,
            "in_future": day is not None and day > self.today,
            "until": until,
            "asks": asks,
        }


def _day_in(form: forms.Form) -> date | None:
    if "date" not in form.fields:
        return None
    try:
        return DutchDateField(required=False).clean(form["date"].value())
    except ValidationError:
        return None
