"""Where everybody begins: who is not signed in reads what this is, the administrator sees the house, others go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.contracts import clock
from coordination.web.shell.context import menu_of
from intake.queries.house import ServiceState, service_states
from intake.queries.municipalities import standings

SERVICE_NAMES = {
    "intake": (gettext_lazy("Intake"), gettext_lazy("activiteiten, geld, voortgang")),
    "matching": (gettext_lazy("Matching"), gettext_lazy("scholen, partners, deelname")),
    "reporting": (gettext_lazy("Rapportage"), gettext_lazy("raadspagina, cijfers, momentopnames")),
}


@never_cache
@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest) -> HttpResponse:
    """The first page of a role, which is the first of its menu; without a role only the profile is left."""
    actor = request.actor
    if actor is None:
        return render(request, "intake/start/welcome.html")
    if actor.is_administrator:
        return _house(request)
    menu = [item["url"] for item in menu_of(actor, request.path) if item["url"] != request.path]
    return redirect(menu[0] if menu else "/profiel")


def _house(request: HttpRequest) -> HttpResponse:
    found = standings(actor=request.actor)
    if not found:
        return redirect("intake-first-steps")
    states = service_states(actor=request.actor)
    context = {
        "standings": found,
        "services": [(*SERVICE_NAMES.get(state.name, (state.name, "")), state) for state in states],
        "parked": sum(state.parked for state in states),
        "headline": headline(states),
        "measured_at": clock.recorded_now(),
    }
    return render(request, "intake/start/house.html", context)


def headline(states: list[ServiceState]) -> str:
    """The state of the house in one sentence."""
    parked = sum(state.parked for state in states)
    if not parked:
        return _("Alles werkt")
    return ngettext("Alles werkt, op %(count)s bericht na", "Alles werkt, op %(count)s berichten na", parked) % {
        "count": parked
    }
