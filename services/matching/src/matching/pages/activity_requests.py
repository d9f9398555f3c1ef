"""One activity as its municipality sees it: its places, who asks, waits and takes part, and its partners."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from coordination.contracts.refusals import Conflict, Invalid, Outdated
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from coordination.web.shell.refusals import tell
from matching.commands.offers import set_places
from matching.commands.participations import record_for
from matching.pages.forms import PlacesForm, RecordForm
from matching.pages.requests import BoundDecisions, shown_activity, shown_request
from matching.queries.offers import offer_for
from matching.queries.participations import may_decide, requests_of
from matching.queries.register import all_schools, municipality_name, municipality_names

ACTIVITY = "matching/requests/activity.html"
PEOPLE = "matching/requests/_people.html"


@require_GET
@signed_in
def activity_page(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The page of one activity; its fragment people holds all that changes by itself."""
    if request.GET.get("fragment") == "people":
        return show(request, PEOPLE, activity_context(request, activity_id))
    return show(request, ACTIVITY, activity_page_context(request, activity_id))


@require_http_methods(["GET", "POST"])
@signed_in
def set_the_places(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The officer sets the places; empty takes the limit away."""
    offer_for(request.actor, activity_id)
    if request.method == "GET":
        return redirect("matching-activity-requests", activity_id=activity_id)
    form = PlacesForm(request.POST, auto_id="plekken-%s")
    if form.is_valid():
        places = form.cleaned_data["places"]
        try:
            set_places(
                actor=request.actor,
                activity=activity_id,
                places=places,
                expected_version=form.cleaned_data["version"],
            )
        except Outdated as refusal:
            if refusal.current != places:
                form = _outdated(request, refusal)
        except (Invalid, Conflict) as refusal:
            tell(form, refusal)
    if form.errors:
        return show(request, ACTIVITY, activity_page_context(request, activity_id, places=form), status=400)
    messages.success(request, _("De plekken zijn bewaard. Scholen zien dit meteen."))
    return redirect("matching-activity-requests", activity_id=activity_id)


@require_http_methods(["GET", "POST"])
@signed_in
def record_school(request: HttpRequest, activity_id: UUID) -> HttpResponse:
    """The officer records that a school takes part; full means waiting."""
    found = requests_of(request.actor, activity_id)
    if request.method == "GET":
        return redirect("matching-activity-requests", activity_id=activity_id)
    form = RecordForm(request.POST, schools=_schools(found.activity.municipality), auto_id="vastleggen-%s")
    if form.is_valid():
        try:
            now = record_for(
                actor=request.actor,
                activity=activity_id,
                school=form.cleaned_data["school"],
                pupils=form.cleaned_data["pupils"],
            )
        except (Invalid, Conflict) as refusal:
            tell(form, refusal)
    if form.errors:
        return show(request, ACTIVITY, activity_page_context(request, activity_id, record=form), status=400)
    if now.state == "waiting":
        messages.warning(
            request, _("Er is geen plek. %(school)s staat op de wachtlijst.") % {"school": now.school.name}
        )
    else:
        messages.success(
            request, _("%(school)s doet mee. De school kan dit bevestigen of verbeteren.") % {"school": now.school.name}
        )
    return redirect("matching-activity-requests", activity_id=activity_id)


def activity_context(request: HttpRequest, activity_id: UUID, *, bound: BoundDecisions | None = None) -> dict:
    """Who asks, waits and takes part in one activity. Raises NotFound."""
    found = requests_of(request.actor, activity_id)
    bound = bound or {}
    return {
        "activity": found.activity,
        "code": found.activity.municipality,
        "municipality": municipality_name(found.activity.municipality),
        "requests": shown_activity(found),
        "asked": [shown_request(found, one, bound) for one in found.requested],
        "waiting": [shown_request(found, one, bound) for one in found.waiting],
        "may_decide": may_decide(request.actor, found.activity.municipality) and not found.activity.withdrawn,
        "view": "activity",
    }


def activity_page_context(
    request: HttpRequest,
    activity_id: UUID,
    *,
    bound: BoundDecisions | None = None,
    places: PlacesForm | None = None,
    record: RecordForm | None = None,
) -> dict:
    """The whole page: who takes part, and beside it the forms for places and for recording a school."""
    context = activity_context(request, activity_id, bound=bound)
    _activity, offer = offer_for(request.actor, activity_id)
    fresh = PlacesForm(initial={"places": offer.places, "version": offer.version}, auto_id="plekken-%s")
    empty = RecordForm(schools=_schools(context["code"]), auto_id="vastleggen-%s")
    return context | {"places_form": places or fresh, "record_form": record or empty, "offer": offer}


def _outdated(request: HttpRequest, refusal: Outdated) -> PlacesForm:
    """Both versions: what was typed stays, what stands now is told; saving again sets it."""
    typed = request.POST.copy()
    typed["version"] = str(refusal.version)
    form = PlacesForm(typed, auto_id="plekken-%s")
    now = _("geen maximum") if refusal.current is None else refusal.current
    form.add_error(
        "places",
        _("Iemand anders was u voor. Er staat nu: %(now)s. Bewaar opnieuw als uw aantal moet gelden.") % {"now": now},
    )
    return form


def _schools(code: str) -> list:
    """Every school to choose from by municipality, one's own first."""
    names = municipality_names()
    groups: dict[str, list[tuple[str, str]]] = {}
    for school in all_schools():
        groups.setdefault(school.municipality, []).append((str(school.pk), f"{school.name} ({school.location_code})"))
    order = sorted(groups, key=lambda one: (one != code, names.get(one, one)))
    return [(names.get(one, one), groups[one]) for one in order]
