"""The requests of a municipality: what waits for an answer first, and how each activity is taken up."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from coordination.contracts.refusals import NotFound
from coordination.identity.permissions import signed_in
from coordination.web.shell.page import show
from matching.domain.reasons import reason_in_words
from matching.models import Participation
from matching.pages.forms import DecisionForm
from matching.pages.sentences import room_in_words, warning_for
from matching.queries.catalogues import labels_of
from matching.queries.needs import needs_in
from matching.queries.participations import ActivityRequests, may_decide, requests_in
from matching.queries.register import municipality_name, own_municipalities

PAGE = "matching/requests/requests.html"
FRAGMENTS = {"requests": "matching/requests/_requests.html"}
BoundDecisions = dict[UUID, DecisionForm]


@require_GET
@signed_in
def requests_page(request: HttpRequest) -> HttpResponse:
    """What waits for an answer and how activities are taken up, of ?municipality= or one's own.

    In a house without municipalities its administrator goes on to the register, which says what to do first.
    """
    if request.actor.is_administrator and not own_municipalities(request.actor):
        return redirect("matching-organisations")
    code = chosen_municipality(request)
    return show(request, PAGE, requests_context(request, code), fragments=FRAGMENTS)


def chosen_municipality(request: HttpRequest) -> str:
    """The municipality asked for, or the first of one's own. Raises NotFound for another's."""
    own = own_municipalities(request.actor)
    asked = request.GET.get("municipality", "") or (own[0] if own else "")
    if asked not in own:
        raise NotFound()
    return asked


def requests_context(request: HttpRequest, code: str, *, bound: BoundDecisions | None = None) -> dict:
    """Everything the overview shows. Raises NotFound."""
    found = requests_in(request.actor, code)
    labels = labels_of("target_group")
    asked = [(one, row) for one in found for row in one.requested]
    asked.sort(key=lambda pair: (pair[1].asked_on is None, pair[1].asked_on, pair[1].changed_at))
    return {
        "code": code,
        "municipality": municipality_name(code),
        "own": [(one, municipality_name(one)) for one in own_municipalities(request.actor)],
        "asked": [shown_request(one, row, bound or {}) for one, row in asked],
        "waiting_count": sum(len(one.waiting) for one in found),
        "activities": [shown_activity(one) for one in sorted(found, key=lambda one: one.activity.number)],
        "needs": [(labels.get(slug, slug), count) for slug, count in needs_in(code).items()],
        "may_decide": may_decide(request.actor, code),
        "view": "overview",
    }


def shown_request(activity: ActivityRequests, one: Participation, bound: BoundDecisions) -> dict:
    """A request with its form, and what its number of pupils means for the places."""
    return {
        "participation": one,
        "activity": activity.activity,
        "room": room_in_words(activity.room),
        "warning": warning_for(activity.room, one.pupils) if one.state == "requested" else "",
        "fits": activity.room.fits(one.pupils),
        "form": bound.get(one.pk) or DecisionForm(auto_id=f"besluit-{one.pk}-%s"),
        "is_wrong": one.pk in bound,
    }


def shown_activity(one: ActivityRequests) -> dict:
    """An activity with its places in words and how many of its partners confirmed."""
    return {
        "activity": one.activity,
        "room": one.room,
        "room_words": room_in_words(one.room),
        "joined": sorted(one.joined, key=lambda row: row.school.name),
        "waiting": one.waiting,
        "requested": one.requested,
        "declined": [{"school": row.school, "reason_words": reason_in_words(row.reason)} for row in one.declined],
        "roles": [
            {
                "name": role.name,
                "state": role.state,
                "reason": role.reason,
                "reason_words": reason_in_words(role.reason),
            }
            for role in one.roles
        ],
        "confirmed_roles": sum(role.state == "confirmed" for role in one.roles),
    }
