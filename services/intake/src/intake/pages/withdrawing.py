"""Taking an activity back on a page, with a reason."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.contracts.refusals import Outdated
from intake.commands.changes import withdraw_activity
from intake.domain import who_may
from intake.pages.acting import ActPage, Done
from intake.pages.entry_forms import CHOOSE, NoteField
from intake.pages.fields import OneTimeKeyField, VersionField
from intake.queries import catalogues


class WithdrawalForm(forms.Form):
    """Why an activity should not be here."""

    key = OneTimeKeyField()
    version = VersionField()
    reason = forms.ChoiceField(
        label=gettext_lazy("Waarom trekt u deze activiteit in?"),
        error_messages={"required": gettext_lazy("Kies een reden uit de lijst.")},
    )
    note = NoteField(max_length=2000)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["reason"].choices = [CHOOSE, *catalogues.reasons("withdraw")]


class WithdrawalPage(ActPage):
    """The form that takes an activity back."""

    template = "intake/forms/withdraw.html"
    allowed = who_may.describes
    address_name = "intake-withdraw"

    def form(self, data: Mapping[str, Any] | None = None) -> WithdrawalForm:
        """The form on the present version."""
        return WithdrawalForm(data, initial={"version": self.activity.version})

    def act(self, form: WithdrawalForm) -> Done:
        """Withdraw."""
        given = form.cleaned_data
        withdraw_activity(
            actor=self.actor,
            activity_id=self.activity_id,
            reason=given["reason"],
            version=given["version"],
            note=given["note"],
            act_id=given["key"],
        )
        return Done(message=_("De activiteit is ingetrokken."))

    def outdated(self, form: WithdrawalForm, refusal: Outdated) -> tuple[WithdrawalForm, dict[str, Any]]:
        """The form again on the present version, with what was typed; the page shows how the activity now stands."""
        form, more = super().outdated(form, refusal)
        form.data = form.data.copy()
        form.data["version"] = refusal.version
        return form, more

    def context(self, form: WithdrawalForm) -> dict[str, Any]:
        """Title and button."""
        return {"title": gettext_lazy("Activiteit intrekken"), "button": gettext_lazy("Activiteit intrekken")}
