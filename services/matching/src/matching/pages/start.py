"""Where matching begins for somebody: the own school, the own partner, the requests, or the register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from coordination.contracts.refusals import NotFound
from coordination.identity.actor import Actor
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Go on to the page of one's own role; who has several chooses. Raises NotFound for who has nothing to do here."""
    places = _places(request.actor)
    if len(places) > 1:
        return show(request, "matching/start.html", {"places": places})
    if places:
        return redirect(places[0]["address"])
    if request.actor.is_administrator:
        return redirect("matching-organisations")
    raise NotFound()


@signed_in
def own_needs(request: HttpRequest) -> HttpResponse:
    """Go on to the needs of one's own school; who has several chooses a school first. Raises NotFound without one."""
    schools = sorted(request.actor.keys("school"))
    if not schools:
        raise NotFound()
    if len(schools) > 1:
        return redirect("matching-start")
    return redirect("matching-needs", school_id=schools[0])


def _places(actor: Actor) -> list[dict[str, str]]:
    """The pages of one's own organisations: name and address, schools first."""
    found = []
    for one in sorted(actor.memberships, key=lambda one: (one.kind != "school", one.kind != "partner", one.name)):
        if one.kind == "school":
            address = reverse("matching-school", kwargs={"school_id": one.key})
        elif one.kind == "partner":
            address = reverse("matching-partner", kwargs={"partner_id": one.key})
        elif one.role in ("policy_officer", "budget_holder"):
            address = f"{reverse('matching-requests')}?municipality={one.key}"
        else:
            continue
        if address not in [place["address"] for place in found]:
            found.append({"name": one.name or one.key, "address": address})
    return found
