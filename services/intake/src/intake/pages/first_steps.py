"""From an empty house to a municipality that works with it, in five steps of which each says whether it was taken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coordination.contracts.refusals import NotFound
from coordination.identity.permissions import signed_in
from intake.queries.municipalities import Standing, standings


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD"])
def first_steps(request: HttpRequest) -> HttpResponse:
    """The steps of one municipality: the one asked for, else the first that is not ready."""
    found = standings(actor=request.actor)
    wanted = request.GET.get("municipality", "")
    chosen = _chosen(found, wanted)
    if wanted and chosen is None:
        raise NotFound
    if chosen is not None:
        request.theme = chosen.municipality.theme
    done = _done(chosen)
    context = {
        "standings": found,
        "chosen": chosen,
        "done": done,
        "next": next((number for number, taken in enumerate(done.values(), 1) if not taken), 0),
        "count": sum(done.values()),
    }
    return render(request, "intake/first_steps/steps.html", context)


def _chosen(found: list[Standing], wanted: str) -> Standing | None:
    if wanted:
        return next((one for one in found if one.municipality.code == wanted), None)
    return next((one for one in found if not one.is_ready), found[-1] if found else None)


def _done(chosen: Standing | None) -> dict[str, bool]:
    return {
        "municipality": chosen is not None,
        "allocation": chosen is not None and chosen.allocated_is_known,
        "accounts": chosen is not None and chosen.officers > 0,
        "schools": chosen is not None and chosen.schools > 0,
        "activities": chosen is not None and chosen.activities > 0,
    }
