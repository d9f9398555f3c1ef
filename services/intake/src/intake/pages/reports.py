"""Reporting progress on a page: status with its reason, reach as counts, one indicator with its kind of evidence."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.contracts.intake import Indicator
from intake.commands.progress import report_progress
from intake.domain import who_may
from intake.domain.dates import in_words
from intake.domain.statuses import NEEDS_REASON, next_statuses
from intake.models import Activity
from intake.pages.acting import ActPage, Done
from intake.pages.entry_forms import CHOOSE, NoteField
from intake.pages.fields import DutchDateField, OneTimeKeyField
from intake.queries import catalogues

ANOTHER = "__another__"


class CountField(forms.IntegerField):
    """A count of people; empty is unknown."""

    def __init__(self, **options: Any) -> None:
        wrong = {"invalid": gettext_lazy("Vul een heel getal in.")}
        super().__init__(required=False, error_messages=wrong, widget=forms.TextInput(attrs=_NUMERIC), **options)


class NumberField(forms.CharField):
    """The number of an indicator, with a comma or a point; kept as text with a point."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=40, widget=forms.TextInput(attrs=_DECIMAL), **options)

    def clean(self, value: Any) -> str | None:
        """The number as it is kept; whether it is one is for the command to say."""
        return super().clean(value).replace(",", ".") or None


_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
_DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}


class ReportForm(forms.Form):
    """One report; what is left empty is not spoken of."""

    key = OneTimeKeyField()
    date = DutchDateField(label=gettext_lazy("Datum"), help_text=gettext_lazy("De dag waarop dit gold."))
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    status_reason = forms.ChoiceField(
        label=gettext_lazy("Reden"),
        required=False,
        help_text=gettext_lazy("Alleen als de activiteit vertraagd of gestopt is."),
    )
    participants = CountField(label=gettext_lazy("Deelnemers"))
    waiting = CountField(label=gettext_lazy("Wachtlijst"))
    places = CountField(label=gettext_lazy("Plekken"))
    indicator = forms.ChoiceField(label=gettext_lazy("Indicator"), required=False)
    new_indicator = forms.CharField(label=gettext_lazy("Naam van een nieuwe indicator"), required=False, max_length=200)
    value = NumberField(label=gettext_lazy("Stand"))
    target = NumberField(label=gettext_lazy("Doel"))
    evidence = forms.ChoiceField(label=gettext_lazy("Soort bewijs"), required=False)
    note = NoteField(max_length=4000)

    def __init__(self, *arguments: Any, activity: Activity, labels: Mapping[str, Mapping[str, str]], **named: Any):
        super().__init__(*arguments, **named)
        self.fields["status"].choices = [
            (slug, labels["status"].get(slug, slug)) for slug in next_statuses(activity.status)
        ]
        self.fields["status_reason"].choices = [
            CHOOSE,
            (labels["status"]["delayed"], catalogues.reasons("delay")),
            (labels["status"]["stopped"], catalogues.reasons("stop")),
        ]
        self.fields["evidence"].choices = [CHOOSE, *labels["evidence"].items()]
        known = [one["name"] for one in activity.indicators]
        if known:
            self.fields["indicator"].choices = [*((name, name) for name in known), (ANOTHER, _("Een nieuwe indicator"))]
            self.initial.setdefault("indicator", known[0])
            self.fields["new_indicator"].help_text = _("Alleen als u een nieuwe indicator kiest.")
        else:
            del self.fields["indicator"]
            self.fields["new_indicator"].label = _("Indicator")
            self.fields["new_indicator"].help_text = _("Wat telt of meet u? Bijvoorbeeld: aantal bereikte gezinnen.")

    def clean(self) -> dict[str, Any]:
        """A new indicator needs its name; a measured number needs an indicator."""
        given = super().clean()
        if given.get("indicator") == ANOTHER and not given.get("new_indicator"):
            self.add_error("new_indicator", _("Vul de naam van de nieuwe indicator in."))
        elif not self.named() and (given.get("value") or given.get("target") or given.get("evidence")):
            self.add_error("new_indicator", _("Vul in welke indicator dit is."))
        return given

    def named(self) -> str:
        """The name of the indicator that is meant; empty for none."""
        given = self.cleaned_data
        chosen = given.get("indicator", "")
        return given.get("new_indicator", "") if chosen in ("", ANOTHER) else chosen

    def measured(self) -> Indicator | None:
        """What was said of the indicator; None when no number or kind of evidence was."""
        given = self.cleaned_data
        said = {name: given.get(name) or None for name in ("value", "target", "evidence")}
        if not self.named() or not (any(said.values()) or given.get("new_indicator")):
            return None
        return Indicator(name=self.named(), **said)


class ReportPage(ActPage):
    """The form with which progress is reported."""

    template = "intake/forms/report.html"
    allowed = who_may.describes
    address_name = "intake-report"
    names: ClassVar = {
        "reach.participants": "participants",
        "reach.waiting": "waiting",
        "reach.places": "places",
        "indicator.value": "value",
        "indicator.target": "target",
        "indicator.evidence": "evidence",
        "indicator.name": "new_indicator",
    }

    def form(self, data: Mapping[str, Any] | None = None) -> ReportForm:
        """The form for today, with the present status and those that may follow on it."""
        initial = {"date": self.today, "status": self.activity.status, "status_reason": self.activity.status_reason}
        return ReportForm(data, activity=self.activity, labels=self.picture.words, initial=initial)

    def act(self, form: ReportForm) -> Done:
        """Report."""
        given = form.cleaned_data
        acted = report_progress(
            actor=self.actor,
            activity_id=self.activity_id,
            reported_on=given["date"],
            status=given["status"] or None,
            status_reason=given["status_reason"] or None if given["status"] in NEEDS_REASON else None,
            participants=given["participants"],
            waiting=given["waiting"],
            places=given["places"],
            indicator=form.measured(),
            note=given["note"],
            act_id=given["key"],
        )
        said = _("De voortgang van %(day)s is opgeslagen.") % {"day": in_words(given["date"])}
        return Done(message=said, warnings=acted.warnings)

    def context(self, form: ReportForm) -> dict[str, Any]:
        """Title and button."""
        return {"title": gettext_lazy("Voortgang melden"), "button": gettext_lazy("Voortgang opslaan")}
