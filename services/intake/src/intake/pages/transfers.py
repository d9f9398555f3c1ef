"""Moving planned money to another activity on a page; shows what it does to both before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.contracts.money import amount_in_sentence
from coordination.contracts.periods import period_of
from intake.commands.transfers import transfer_budget
from intake.domain import who_may
from intake.pages.acting import ActPage, Done
from intake.pages.entry_forms import CHOOSE, NoteField
from intake.pages.fields import MoneyField, OneTimeKeyField
from intake.queries import catalogues
from intake.queries.activities import Row, rows_of, visible_activities

UNDIVIDED = "undivided"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a transfer does to one activity, in cents: its total and the place the money leaves or reaches."""

    title: str
    place: str
    total: int
    planned: int
    difference: int

    @property
    def total_after(self) -> int:
        """The total afterwards."""
        return self.total + self.difference

    @property
    def planned_after(self) -> int:
        """The plan of that place afterwards."""
        return self.planned + self.difference


class TransferForm(forms.Form):
    """From which school year here, to which school year of which other activity, how much, and why."""

    key = OneTimeKeyField()
    from_year = forms.ChoiceField(label=gettext_lazy("Uit welk schooljaar haalt u het geld?"))
    to_activity = forms.ChoiceField(
        label=gettext_lazy("Naar welke activiteit?"),
        error_messages={"required": gettext_lazy("Kies naar welke activiteit het geld gaat.")},
    )
    to_year = forms.ChoiceField(label=gettext_lazy("In welk schooljaar komt het daar?"))
    amount = MoneyField(label=gettext_lazy("Bedrag in euro's"), least=1)
    reason = forms.ChoiceField(
        label=gettext_lazy("Reden"), error_messages={"required": gettext_lazy("Kies een reden uit de lijst.")}
    )
    decision = forms.CharField(
        label=gettext_lazy("Besluit"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Het nummer of de datum van het besluit, als dat er is."),
    )
    note = NoteField(max_length=2000)

    def __init__(self, *arguments: Any, here: Row, others: Sequence[Row], **named: Any) -> None:
        super().__init__(*arguments, **named)
        years = [year for year in here.picture.by_year if year]
        self.fields["from_year"].choices = [
            (year or UNDIVIDED, f"{year or _('nog niet verdeeld')}: {amount_in_sentence(figures.planned)}")
            for year, figures in here.picture.by_year.items()
            if figures.planned
        ]
        self.fields["to_activity"].choices = [
            CHOOSE,
            *((str(row.activity.id), f"{row.activity} ({amount_in_sentence(row.total.planned)})") for row in others),
        ]
        self.fields["to_year"].choices = [*((year, year) for year in years), (UNDIVIDED, _("nog niet verdeeld"))]
        self.fields["reason"].choices = [CHOOSE, *catalogues.reasons("transfer", "rephasing")]


class TransferPage(ActPage):
    """The form of a transfer from this activity; for the budget holder."""

    template = "intake/forms/transfer.html"
    fragments: ClassVar = {"effect": "intake/forms/transfer_effect.html"}
    allowed = who_may.transfers
    address_name = "intake-transfer"
    names: ClassVar = {"from.schoolYear": "from_year", "to.schoolYear": "to_year", "to.activity": "to_activity"}

    def post(self, request: HttpRequest, activity_id: UUID) -> HttpResponse:
        """Transfer; by the button that only looks, the form as it was filled in with what it would do."""
        if not request.POST.get("look"):
            return super().post(request, activity_id)
        _ = self.activity
        effect = self._effect(self.form(request.POST))
        form = self.form()
        form.initial = request.POST.dict()
        return self._show(form, 200, _shown(effect))

    @property
    def here(self) -> Row:
        """This activity with its figures."""
        return self.picture.row

    def others(self) -> list[Row]:
        """The other activities of the same municipality and programme."""
        found = visible_activities(self.actor).filter(
            municipality=self.activity.municipality, programme=self.activity.programme
        )
        years = [period.school_year for period in self.picture.periods]
        return [row for row in rows_of(found, years) if row.activity.id != self.activity_id]

    def form(self, data: Mapping[str, Any] | None = None) -> TransferForm:
        """The form with what there is to move and where it may go."""
        self._others = self.others()
        running = period_of(self.today, self.picture.periods)
        initial = {"from_year": running.school_year, "to_year": running.school_year} if running else {}
        return TransferForm(data, initial=initial, here=self.here, others=self._others)

    def act(self, form: TransferForm) -> Done:
        """Transfer."""
        given = form.cleaned_data
        acted = transfer_budget(
            actor=self.actor,
            from_activity=self.activity_id,
            from_school_year=_year(given["from_year"]),
            to_activity=UUID(given["to_activity"]),
            to_school_year=_year(given["to_year"]),
            amount_cents=given["amount"],
            reason=given["reason"],
            note=given["note"],
            decision=given["decision"],
            act_id=given["key"],
        )
        said = _("Er is %(amount)s overgeheveld naar %(there)s.") % {
            "amount": amount_in_sentence(given["amount"]),
            "there": acted.act.other_activity,
        }
        return Done(message=said, warnings=acted.warnings)

    def context(self, form: TransferForm) -> dict[str, Any]:
        """Title, button, and what the form as it stands would do."""
        words = {"title": gettext_lazy("Bedrag overhevelen"), "button": gettext_lazy("Bedrag overhevelen")}
        return words | _shown(self._effect(form))

    def _effect(self, form: TransferForm) -> list[Effect]:
        if not form.is_bound:
            return []
        form.is_valid()
        given = form.cleaned_data
        there = next((row for row in self._others if str(row.activity.id) == given.get("to_activity")), None)
        if there is None or not given.get("amount") or not given.get("from_year") or not given.get("to_year"):
            return []
        return [
            _effect(self.here, given["from_year"], -given["amount"]),
            _effect(there, given["to_year"], given["amount"]),
        ]


def _shown(effect: Sequence[Effect]) -> dict[str, Any]:
    return {"effect": effect, "together": sum(one.total for one in effect)}


def _effect(row: Row, year: str, difference: int) -> Effect:
    return Effect(
        title=str(row.activity),
        place=_("nog niet verdeeld") if year == UNDIVIDED else year,
        total=row.total.planned or 0,
        planned=row.figures(_year(year)).planned or 0,
        difference=difference,
    )


def _year(chosen: str) -> str | None:
    return None if chosen == UNDIVIDED else chosen
