"""Where matching begins for somebody: the own school, the own partner, the requests, or the register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coordination.contracts.refusals import NotFound
from coordination.identity.permissions import signed_in


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Go on to the page of one's own role. Raises NotFound for who has nothing to do here."""
    actor = request.actor
    schools, partners = sorted(actor.keys("school")), sorted(actor.keys("partner"))
    if schools:
        return redirect("matching-school", school_id=schools[0])
    if partners:
        return redirect("matching-partner", partner_id=partners[0])
    if actor.keys("municipality", "policy_officer", "budget_holder"):
        return redirect("matching-requests")
    if actor.is_administrator:
        return redirect("matching-organisations")
    raise NotFound()


@signed_in
def own_needs(request: HttpRequest) -> HttpResponse:
    """Go on to the needs of one's own school. Raises NotFound for who has no school."""
    schools = sorted(request.actor.keys("school"))
    if not schools:
        raise NotFound()
    return redirect("matching-needs", school_id=schools[0])
