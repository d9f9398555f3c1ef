"""Where everybody begins: who is not signed in reads what this is, the administrator sees the house, others go on."""

from django.conf import settings
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
    elsewhere = services_elsewhere()
    context = {
        "standings": found,
        "services": [(*SERVICE_NAMES.get(state.name, (state.name, "")), state) for state in states],
        "elsewhere": [(*SERVICE_NAMES[name], name) for name in elsewhere],
        "parked": sum(state.parked for state in states),
        "headline": headline(states, of_all=not elsewhere),
        "measured_at": clock.recorded_now(),
    }
    return render(request, "intake/start/house.html", context)


def services_elsewhere() -> list[str]:
    """The services of this house that run in other processes, and tell on a page of their own how they are."""
    told = {address for item in settings.VIERSPAN_MENU for address in item.get("also", ())}
    return [name for name in SERVICE_NAMES if name not in settings.SERVICES and f"/{name}/-/messages" in told]


def headline(states: list[ServiceState], *, of_all: bool) -> str:
    """The state of the house in one sentence; of intake alone where the others are elsewhere."""
    parked = sum(state.parked for state in states)
    if not parked:
        return _("Alles werkt") if of_all else _("Intake werkt")
    if of_all:
        words = ngettext("Alles werkt, op %(count)s bericht na", "Alles werkt, op %(count)s berichten na", parked)
    else:
        words = ngettext("Intake werkt, op %(count)s bericht na", "Intake werkt, op %(count)s berichten na", parked)
    return words % {"count": parked}
