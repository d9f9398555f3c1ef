"""Changing the description of an activity on a page; two people at once see both versions and lose nothing."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordination.contracts.refusals import Outdated
from intake.commands.changes import change_activity
from intake.domain import who_may
from intake.pages.acting import ActPage, Done
from intake.pages.changing_forms import ChangeForm, changes_of, plain, values_of
from intake.queries.activities import activity as fresh_activity


class ChangePage(ActPage):
    """The form that changes a description: only what somebody really changed goes to the command."""

    template = "intake/forms/change.html"
    allowed = who_may.describes
    address_name = "intake-change"
    names: ClassVar = {"totalCents": "total"}

    def form(self, data: Mapping[str, Any] | None = None) -> ChangeForm:
        """The form on the present version."""
        values = values_of(self.activity)
        hidden = {"version": self.activity.version, "base": plain(values)}
        return ChangeForm(data, initial=values | hidden, activity=self.activity)

    def act(self, form: ChangeForm) -> Done:
        """Change it."""
        changed = self._changed(form)
        if not changed:
            return Done(message=_("Er is niets veranderd."))
        change_activity(
            actor=self.actor,
            activity_id=self.activity_id,
            version=form.cleaned_data["version"],
            act_id=form.cleaned_data["key"],
            **changes_of(form.cleaned_data, changed, self.activity),
        )
        return Done(message=_("De wijziging is opgeslagen."))

    def outdated(self, form: ChangeForm, refusal: Outdated) -> tuple[ChangeForm, dict[str, Any]]:
        """The form on the newest version: what was typed stays, what was left alone shows what it is now."""
        changed = self._changed(form)
        self.activity = fresh_activity(actor=self.actor, activity_id=self.activity_id)
        now = values_of(self.activity)
        mine = {name: form.cleaned_data[name] for name in changed}
        again = self.form()
        again.initial |= mine
        rows = [
            {
                "label": again.fields[name].label,
                "yours": again.labels_of(name, form.cleaned_data[name]),
                "current": again.labels_of(name, now[name]),
            }
            for name in again.fields
            if name in changed or (name in now and plain(now)[name] != self._base(form).get(name))
        ]
        return again, {"conflict": rows}

    def context(self, form: ChangeForm) -> dict[str, Any]:
        """Title and button."""
        return {"title": gettext_lazy("Activiteit wijzigen"), "button": gettext_lazy("Wijziging opslaan")}

    def _changed(self, form: ChangeForm) -> set[str]:
        base = self._base(form)
        given = plain({name: form.cleaned_data[name] for name in values_of(self.activity)})
        return {name for name, value in given.items() if name not in base or base[name] != value}

    def _base(self, form: ChangeForm) -> dict[str, Any]:
        base = form.cleaned_data.get("base")
        return base if isinstance(base, dict) else {}
