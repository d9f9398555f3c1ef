"""What a school does with its own participations: confirm what was recorded, stop, take a request back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from coordination.contracts.refusals import Conflict, Invalid
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from matching.commands.participations import confirm, withdraw
from matching.models import Participation
from matching.pages.forms import ConfirmForm, WithdrawForm
from matching.pages.projects import project_context
from matching.pages.suggestions import PROJECTS, SCHOOL, school_context
from matching.queries.participations import participation_for

STOPPED = {
    "requested": gettext_lazy("Uw aanvraag is ingetrokken."),
    "waiting": gettext_lazy("U staat niet meer op de wachtlijst."),
    "joined": gettext_lazy("Uw school doet niet meer mee."),
}


@require_http_methods(["GET", "POST"])
@signed_in
def confirm_participation(request: HttpRequest, participation_id: UUID) -> HttpResponse:
    """The school says that what was recorded is right, or gives its number of pupils."""
    found = participation_for(request.actor, participation_id)
    if request.method == "GET":
        return redirect("matching-school", school_id=found.school_id)
    form = ConfirmForm(request.POST, auto_id=f"bevestig-{found.pk}-%s")
    if form.is_valid():
        try:
            confirm(actor=request.actor, participation=participation_id, pupils=form.cleaned_data["pupils"])
        except (Conflict, Invalid) as refusal:
            tell(form, refusal)
    return _answer(request, found, form, _("Bedankt. De gemeente en de partner zien dit meteen."))


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw_participation(request: HttpRequest, participation_id: UUID) -> HttpResponse:
    """The school stops, leaves the waiting list or takes its request back."""
    found = participation_for(request.actor, participation_id)
    if request.method == "GET":
        return redirect("matching-school", school_id=found.school_id)
    form = WithdrawForm(request.POST, auto_id=f"stop-{found.pk}-%s")
    if form.is_valid():
        try:
            withdraw(actor=request.actor, participation=participation_id, reason=form.cleaned_data["reason"] or None)
        except (Conflict, Invalid) as refusal:
            tell(form, refusal)
    return _answer(request, found, form, STOPPED.get(found.state, _("Dit is ingetrokken.")))


def _answer(request: HttpRequest, found: Participation, form: forms.Form, done: str) -> HttpResponse:
    """The list of projects again: with what is wrong beside the field, or with what was done."""
    if not form.errors and not request.htmx:
        messages.success(request, done)
        return redirect("matching-school", school_id=found.school_id)
    bound = {found.pk: form} if form.errors else {}
    if request.htmx:
        context = project_context(request, found.school_id, bound=bound) | {"done": "" if form.errors else done}
        return show(request, PROJECTS, context)
    return show(request, SCHOOL, school_context(request, found.school_id, bound=bound), status=400)
