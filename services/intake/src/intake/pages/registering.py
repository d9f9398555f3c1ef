"""Registering an activity: five fields, and on to its phasing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coordination.contracts.money import amount_in_sentence
from coordination.contracts.refusals import Forbidden, NotFound, Refusal
from coordination.identity.accounts import colleagues
from coordination.identity.actor import Actor
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from intake.commands.activities import admit_registrar, register_activity
from intake.domain import who_may
from intake.domain.activities import TITLE_LENGTH
from intake.models import Municipality
from intake.pages.fields import DutchDateField, MoneyField, OneTimeKeyField
from intake.pages.grid import municipality_meant
from intake.queries import catalogues
from intake.queries.allocations import summary
from intake.queries.basis import municipalities, programme


class RegisterForm(forms.Form):
    """Title, measure type, owner, period and total; everything else may come later."""

    key = OneTimeKeyField()
    title = forms.CharField(
        label=gettext_lazy("Titel"),
        help_text=gettext_lazy("Een naam die raadsleden en scholen begrijpen."),
        max_length=TITLE_LENGTH,
        error_messages={
            "required": gettext_lazy("Vul een titel in."),
            "max_length": gettext_lazy("De titel is te lang. Gebruik hoogstens 120 tekens."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    measure_type = forms.ChoiceField(
        label=gettext_lazy("Soort maatregel"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Kies een soort maatregel.")),
    )
    owner = forms.TypedChoiceField(
        label=gettext_lazy("Eigenaar"),
        help_text=gettext_lazy("Wie er bij u over gaat."),
        coerce=str,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Kies een collega uit de lijst.")),
    )
    starts_on = DutchDateField(label=gettext_lazy("Van"))
    ends_on = DutchDateField(label=gettext_lazy("Tot en met"))
    total = MoneyField(
        label=gettext_lazy("Totaal in euro"),
        help_text=gettext_lazy("Bijvoorbeeld 118.750,00. Verdelen over de schooljaren doet u hierna."),
    )

    def __init__(self, *arguments: Any, owners: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["measure_type"].choices = [("", _("Kies een soort maatregel")), *catalogues.choices("measure_type")]
        self.fields["owner"].choices = owners
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget.attrs["placeholder"] = _("dd-mm-jjjj")


@require_http_methods(["GET", "POST"])
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """The form, and registering with it. The same form sent twice is one activity."""
    actor = request.actor
    code = _municipality(actor, request.POST.get("municipality") or request.GET.get("municipality"))
    place = admit_registrar(actor, code)
    owners = _owners(actor, place.code)
    if request.method == "GET":
        return _show(request, place, RegisterForm(owners=owners, initial={"owner": str(actor.account_id)}))
    form = RegisterForm(request.POST, owners=owners)
    if not form.is_valid():
        return _show(request, place, form, status=400)
    given = form.cleaned_data
    try:
        activity = register_activity(
            actor=actor,
            municipality=place.code,
            title=given["title"],
            measure_type=given["measure_type"],
            owner=given["owner"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            total_cents=given["total"],
            activity_id=given["key"],
        )
    except (NotFound, Forbidden):
        raise
    except Refusal as refusal:
        tell(form, refusal)
        return _show(request, place, form, status=refusal.status)
    messages.success(request, _("%(activity)s is geregistreerd.") % {"activity": activity})
    over = summary(actor=actor, municipality=place.code, programme=activity.programme).over
    if over:
        said = _("Er is nu %(amount)s meer toegewezen dan de gemeente kreeg. Dat mag, maar het geld is er niet.")
        messages.warning(request, said % {"amount": amount_in_sentence(over)})
    return redirect(f"{reverse('intake-phasing', args=[activity.id])}?new=1")


def _municipality(actor: Actor, asked: str | None) -> str:
    """The municipality to register for: the one asked for, else the first for which this actor may."""
    if asked:
        return asked
    own = [place.code for place in municipalities(actor=actor) if who_may.describes(actor, place.code)]
    return own[0] if own else municipality_meant(actor, None)


def _owners(actor: Actor, code: str) -> list[tuple[str, str]]:
    """Colleagues who keep activities, and always the actor herself."""
    own = str(actor.account_id)
    found = [(own, _("%(name)s (uzelf)") % {"name": actor.name})]
    found += [(str(one.id), one.name) for one in colleagues("municipality", code, *who_may.STAFF) if str(one.id) != own]
    return found


def _show(request: HttpRequest, place: Municipality, form: RegisterForm, *, status: int = 200) -> HttpResponse:
    request.theme = place.theme
    several = [one for one in municipalities(actor=request.actor) if who_may.describes(request.actor, one.code)]
    context = {"form": form, "place": place, "places": several, "window": programme().window}
    return show(request, "intake/register/page.html", context, status=status)
