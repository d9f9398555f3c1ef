"""What the officer decides about a request, from the overview or from the page of the activity."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coordination.contracts.refusals import Conflict, Forbidden, Invalid
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from matching.commands.participations import decide
from matching.models import Participation
from matching.pages.activity_requests import ACTIVITY, PEOPLE, activity_context, activity_page_context
from matching.pages.forms import DecisionForm
from matching.pages.requests import FRAGMENTS, PAGE, requests_context
from matching.queries.participations import may_decide, participation_for


@require_http_methods(["GET", "POST"])
@signed_in
def decide_request(request: HttpRequest, participation_id: UUID) -> HttpResponse:
    """The officer accepts, declines with a reason, or puts on the waiting list; from the overview or the activity."""
    found = participation_for(request.actor, participation_id)
    if request.method == "GET":
        return redirect("matching-activity-requests", activity_id=found.activity_id)
    if not may_decide(request.actor, found.municipality):
        raise Forbidden(_("Alleen de gemeente van de activiteit beslist hierover."))
    form = DecisionForm(request.POST, auto_id=f"besluit-{found.pk}-%s")
    done = ""
    if form.is_valid():
        try:
            now = decide(
                actor=request.actor,
                participation=participation_id,
                decision=form.cleaned_data["decision"],
                reason=form.cleaned_data["reason"] or None,
            )
            done = _said(found, now, form.cleaned_data["decision"])
        except (Invalid, Conflict) as refusal:
            tell(form, refusal)
    return _answer(request, found, form, done)


def _said(before: Participation, now: Participation, decision: str) -> str:
    name = before.school.name
    if decision == "accept" and now.state == "waiting":
        return _("Er is niet genoeg plek. %(school)s staat nu op de wachtlijst.") % {"school": name}
    return {
        "joined": _("%(school)s doet nu mee."),
        "waiting": _("%(school)s staat op de wachtlijst."),
        "declined": _("De aanvraag van %(school)s is afgewezen."),
    }.get(now.state, _("Dit is verwerkt.")) % {"school": name}


def _answer(request: HttpRequest, found: Participation, form: DecisionForm, done: str) -> HttpResponse:
    on_activity = request.POST.get("view") == "activity"
    if not form.errors and not request.htmx:
        messages.success(request, done)
        if on_activity:
            return redirect("matching-activity-requests", activity_id=found.activity_id)
        return redirect(f"/matching/requests?municipality={found.municipality}")
    bound = {found.pk: form} if form.errors else {}
    status = 400 if form.errors and not request.htmx else 200
    if on_activity:
        if request.htmx:
            context = activity_context(request, found.activity_id, bound=bound)
        else:
            context = activity_page_context(request, found.activity_id, bound=bound)
        return show(request, PEOPLE if request.htmx else ACTIVITY, context | {"done": done}, status=status)
    context = requests_context(request, found.municipality, bound=bound) | {"done": done}
    return show(request, FRAGMENTS["requests"] if request.htmx else PAGE, context, status=status)
