"""What a school does with its own participations: confirm what was recorded, stop, take a request back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coordination.contracts.refusals import Conflict, Invalid
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from matching.commands.participations import confirm, withdraw
from matching.pages.answers import first_problem, warn
from matching.pages.forms import ConfirmForm, WithdrawForm
from matching.pages.suggestions import project_context
from matching.queries.participations import participation_for

STOPPED = {
    "requested": gettext_lazy("Uw aanvraag is ingetrokken."),
    "waiting": gettext_lazy("U staat niet meer op de wachtlijst."),
    "joined": gettext_lazy("Uw school doet niet meer mee."),
}


@require_POST
@signed_in
def confirm_participation(request: HttpRequest, participation_id: UUID) -> HttpResponse:
    """The school says that what was recorded is right, or gives its number of pupils."""
    found = participation_for(request.actor, participation_id)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.warning(request, first_problem(form))
    else:
        try:
            confirm(actor=request.actor, participation=participation_id, pupils=form.cleaned_data["pupils"])
            messages.success(request, _("Bedankt. De gemeente en de partner zien dit meteen."))
        except (Conflict, Invalid) as refusal:
            warn(request, refusal)
    return _back(request, found.school_id)


@require_POST
@signed_in
def withdraw_participation(request: HttpRequest, participation_id: UUID) -> HttpResponse:
    """The school stops, leaves the waiting list or takes its request back."""
    found = participation_for(request.actor, participation_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.warning(request, first_problem(form))
    else:
        try:
            withdraw(actor=request.actor, participation=participation_id, reason=form.cleaned_data["reason"] or None)
            messages.success(request, STOPPED.get(found.state, _("Dit is ingetrokken.")))
        except (Conflict, Invalid) as refusal:
            warn(request, refusal)
    return _back(request, found.school_id)


def _back(request: HttpRequest, school_id: UUID) -> HttpResponse:
    if request.htmx:
        return show(request, "matching/suggestions/_projects.html", project_context(request, school_id))
    return redirect("matching-school", school_id=school_id)
